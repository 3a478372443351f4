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
      <section v-if="value.timeline">
        <h3>Timeline</h3>
        <p>{{ value.timeline.summary }}</p>
        <div class="timeline" ref="timeline" role="img" :aria-label="value.timeline.summary"></div>
        <ul class="legend"><li v-for="(text, part) in value.timeline.legend" :key="part"><i :class="'part-' + part" aria-hidden="true"></i>{{ text }}</li></ul>
        <p class="quiet">{{ value.timeline.note }}</p>
      </section>
      <section v-for="section in value.sections" :key="section.title">
        <h3>{{ section.title }}</h3>
        <dl><template v-for="fact in section.facts" :key="fact.label">
          <dt>{{ fact.label }}</dt>
          <dd :class="'tone-' + fact.cell.tone" :title="fact.cell.hint"><span v-if="fact.cell.symbol" class="symbol" aria-hidden="true">{{ fact.cell.symbol }}</span>{{ fact.cell.text }}</dd>
        </template></dl>
      </section>
      <section v-if="value.history">
        <h3>History</h3>
        <div v-for="day in value.history.days" :key="day.title">
          <h4>{{ day.title }}</h4>
          <ol class="history"><li v-for="(line, n) in day.lines" :key="n">
            <time class="quiet">{{ line.clock }}</time>
            <span :class="'tone-' + line.cell.tone" :title="line.cell.hint"><span class="symbol" aria-hidden="true">{{ line.cell.symbol }}</span>{{ line.cell.text }}</span>
          </li></ol>
        </div>
        <p :class="'tone-' + value.history.note.tone" v-if="!value.timeline || !value.history.days.length">{{ value.history.note.text }}</p>
        <p class="quiet" v-if="value.history.more">{{ value.history.more }}</p>
      </section>
    </aside>`,
  props: { first: Object },
  data() { return { value: this.first }; },
  mounted() { addEventListener("keydown", this.escape); this.draw(); },
  updated() { this.draw(); },
  unmounted() { removeEventListener("keydown", this.escape); this.chart?.leave(); },
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
    async draw() {
      const place = this.$refs.timeline, drawn = this.value?.timeline;
      if (!place || !drawn) return;
      const { Chart } = await import("/static/timeline.js"); // half a megabyte, only for who looks at one
      if (this.$refs.timeline !== place) return;
      if (this.chart?.place !== place) { this.chart?.leave(); this.chart = new Chart(place); }
      this.chart.show(drawn);
    },
    escape(event) {
      if (event.key === "Escape" && this.value && !event.target.closest?.("input[type=text], dialog")) this.$emit("close");
    },
    act(action) { if (!action.refusal) this.$emit("act", action.action_id); },
  },
};
