// One section of the settings. Words, rows, what may be done and what is wrong come from the server.
import { written } from "console/copying.js";
import { Led } from "console/marks.js";
import Fields from "console/form_fields.js";

const empty = (form) => Object.fromEntries(form.fields.map((field) =>
  [field.name, field.kind === "several" ? field.value.split(" ").filter(Boolean) : field.value]));

export default {
  components: { Fields, Led },
  template: `
    <div class="settings">
      <nav aria-label="Settings"><a v-for="each in value.sections" :key="each.key" :href="'settings?section=' + each.key" :aria-current="each.key === value.current ? 'page' : null">{{ each.title }}</a></nav>
      <div class="section">
        <div class="section-head"><h2>{{ value.title }}</h2>
          <button v-for="(form, n) in value.forms" :key="form.id" type="button" :class="{ primary: !n }" @click="ask(form, '')">{{ form.title }}</button></div>
        <p class="said" role="status" :class="{ none: !answer.said }"><template v-if="answer.said"><span class="symbol" aria-hidden="true">✓</span>{{ answer.said }}</template></p>
        <div v-if="answer.secret && !isTaken" class="secret" role="group" aria-label="Secret, shown once">
          <p>Shown this once only. Keep it where secrets are kept.</p>
          <code ref="secret" tabindex="0">{{ answer.secret }}</code>
          <button type="button" @click="copy">{{ isCopied === null ? 'Copy' : isCopied ? 'Copied' : 'Select it and copy by hand' }}</button><button type="button" class="quiet" @click="isTaken = true">Hide</button>
        </div>
        <section class="card" v-if="value.sentences.length || value.facts.length" :aria-label="value.title">
          <p v-for="(cell, n) in value.sentences" :key="n" :class="'tone-' + cell.tone"><span v-if="cell.symbol" class="symbol" aria-hidden="true">{{ cell.symbol }}</span><template v-for="(part, at) in parted(cell.text)" :key="at"><span v-if="at % 2" class="option">{{ part }}</span><template v-else>{{ part }}</template></template></p>
          <dl v-if="value.facts.length"><template v-for="fact in value.facts" :key="fact.label"><dt>{{ fact.label }}</dt><dd :class="'tone-' + fact.cell.tone">{{ fact.cell.text }}</dd></template></dl>
        </section>
        <template v-for="list in value.listings" :key="list.title"><section v-if="list.rows.length || list.empty" class="card">
          <h3 v-if="list.title !== value.title">{{ list.title }}</h3>
          <p v-if="!list.rows.length" class="quiet">{{ list.empty }}</p>
          <div v-else class="wide" tabindex="0" role="region" :aria-label="list.title"><table class="listing" :class="{ plain: !has(list) }">
            <thead><tr><th v-for="column in list.columns" :key="column" scope="col">{{ column }}</th><th v-if="has(list)"><span class="sr-only">What can be done</span></th></tr></thead>
            <tbody><tr v-for="row in list.rows" :key="row.key">
              <component :is="n ? 'td' : 'th'" v-for="(cell, n) in row.cells" :key="n" :scope="n ? null : 'row'" :data-title="list.columns[n]" :class="['tone-' + cell.tone, { short: n && cell.text.length < 24 }]" :title="cell.hint || null"><span v-if="cell.symbol" class="symbol" aria-hidden="true">{{ cell.symbol }}</span><Led :to="n ? '' : row.leads" :text="cell.text" /></component>
              <td v-if="has(list)" class="deeds-of"><button v-for="deed in row.deeds" :key="deed.id" type="button" :aria-label="deed.label + ': ' + row.cells[0].text" @click="ask(deed.form, row.key)">{{ deed.label }}</button></td>
            </tr></tbody>
          </table></div>
        </section></template>
      </div>
      <dialog class="plan" ref="dialog" aria-labelledby="deed-title" @close="asked = null">
        <form v-if="asked" class="form" method="dialog" @submit.prevent="send(asked)">
          <h2 id="deed-title">{{ asked.form.title }}</h2>
          <p v-if="asked.form.explains">{{ asked.form.explains }}</p>
          <Fields :form="asked.form" :errors="wrong(asked)" :given="asked.given" :who="asked.key || value.who"></Fields>
          <footer><button type="button" @click="$refs.dialog.close()">Cancel</button><button type="submit" class="primary">{{ asked.form.submit }}</button></footer>
        </form>
      </dialog>
    </div>`,
  emits: ["send"],
  props: { first: Object },
  data() { return { value: this.first, answer: {}, asked: null, isTaken: false, isCopied: null }; },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    answered(answer) {
      this.answer = answer;
      this.isTaken = false; this.isCopied = null;
      if (Object.keys(answer.errors).length) return this.$nextTick(() => this.$el.querySelector("[aria-invalid='true'], .wrong input")?.focus());
      if (this.asked) this.$refs.dialog.close();
      if (answer.secret) this.$nextTick(() => this.$refs.secret?.focus());
    },
    // Every other part is an option of a command, which is not to break at its hyphens.
    parted(text) { return text.split(/(--\S+)/); },
    has(list) { return list.rows.some((row) => row.deeds.length); },
    wrong({ form, key }) { return this.answer.form === form.id && this.answer.key === key ? this.answer.errors : {}; },
    ask(form, key) {
      this.answer = { ...this.answer, form: "", said: "" };
      this.asked = { form, key, given: empty(form) };
      this.$nextTick(() => { this.$refs.dialog.showModal(); this.$refs.dialog.querySelector("input, select")?.focus(); });
    },
    send({ form, key, given }) {
      const answers = Object.fromEntries(Object.entries(given).map(([name, each]) => [name, Array.isArray(each) ? each.join(" ") : each]));
      this.$emit("send", { form: form.id, key, answers });
    },
    async copy() { this.isCopied = await written(this.answer.secret); },
  },
};
