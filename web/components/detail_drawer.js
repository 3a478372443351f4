// One runner in full. Words, order and what can be done come from the server.
export default {
  template: `
    <aside class="drawer" v-if="value" :aria-label="value.title" ref="drawer" tabindex="-1">
      <button type="button" class="close" aria-label="Close" title="Close (Esc)" @click="$emit('close')">✕</button>
      <h2>{{ value.title }}</h2>
      <p class="quiet">{{ value.description }}</p>
      <p class="badges"><span v-for="(badge, n) in value.badges" :key="n" class="badge" :class="'tone-' + badge.tone" :title="badge.hint"><span v-if="badge.symbol" aria-hidden="true" class="symbol">{{ badge.symbol }}</span>{{ badge.text }}</span></p>
      <ul class="findings" v-if="value.findings.length">
        <li v-for="(line, n) in value.findings" :key="n" :class="'tone-' + line.tone">
          <span class="symbol" aria-hidden="true">{{ line.symbol }}</span>
          <div><b>{{ line.sentence }}</b><p>{{ line.remedy }}</p></div>
        </li>
      </ul>
      <div class="actions" v-if="value.actions.length">
        <button v-for="action in value.actions" :key="action.action_id" type="button" :aria-disabled="Boolean(action.refusal)"
                :title="action.refusal || action.explains" @click="act(action)">{{ action.label }}</button>
      </div>
      <section v-if="value.operations.length" aria-live="polite">
        <h3>Done from here</h3>
        <p v-for="(cell, n) in value.operations" :key="n" :class="'tone-' + cell.tone"><span class="symbol" aria-hidden="true">{{ cell.symbol }}</span>{{ cell.text }}</p>
      </section>
      <section v-for="section in value.sections" :key="section.title">
        <h3>{{ section.title }}</h3>
        <dl><template v-for="fact in section.facts" :key="fact.label">
          <dt>{{ fact.label }}</dt>
          <dd :class="'tone-' + fact.cell.tone" :title="fact.cell.hint"><span v-if="fact.cell.symbol" class="symbol" aria-hidden="true">{{ fact.cell.symbol }}</span>{{ fact.cell.text }}</dd>
        </template></dl>
      </section>
    </aside>`,
  props: { first: Object },
  data() { return { value: this.first }; },
  mounted() { addEventListener("keydown", this.escape); },
  unmounted() { removeEventListener("keydown", this.escape); },
  methods: {
    show(value) {
      const opened = this.value?.runner_id, had = this.$refs.drawer?.contains(document.activeElement);
      this.value = value && { ...this.value, ...value };
      if (value && this.value.runner_id !== opened) this.$nextTick(this.opened);
      if (!value && had) document.querySelector(".grid-row[tabindex='0']")?.focus();
    },
    opened() {
      this.$refs.drawer.scrollTop = 0;
      this.$refs.drawer.focus({ preventScroll: true });
    },
    escape(event) {
      if (event.key === "Escape" && this.value && !event.target.closest?.("input[type=text], dialog")) this.$emit("close");
    },
    act(action) { if (!action.refusal) this.$emit("act", action.action_id); },
  },
};
