// One runner in full. Words, order and what can be done come from the server.
export default {
  template: `
    <aside class="drawer" v-if="value" aria-label="Runner" ref="drawer" tabindex="-1" @keydown.esc.stop="$emit('close')">
      <button type="button" class="close" aria-label="Close" @click="$emit('close')">✕</button>
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
        <button v-for="action in value.actions" :key="action.action_id" type="button" :disabled="Boolean(action.refusal)"
                :title="action.refusal || action.explains" @click="$emit('act', action.action_id)">{{ action.label }}</button>
      </div>
      <section v-if="value.operations.length">
        <h3>Done from here</h3>
        <p v-for="(cell, n) in value.operations" :key="n" :class="'tone-' + cell.tone"><span class="symbol" aria-hidden="true">{{ cell.symbol }}</span> {{ cell.text }}</p>
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
  methods: {
    show(value) { this.value = value; },
  },
};
