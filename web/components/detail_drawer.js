// One runner in full. Words, order and what can be done come from the server.
import { copied } from "console/copying.js";
import { later } from "console/later.js";

export default later({
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
      <p class="quiet note" v-if="value.note">{{ value.note }}</p>
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
      <section v-if="value.history" data-part="history">
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
      <section data-part="json">
        <h3>JSON</h3>
        <div class="actions">
          <button type="button" :aria-expanded="hasRecord" @click="toggleRecord">{{ hasRecord ? 'Hide' : 'Show' }}</button>
          <button type="button" v-if="hasRecord" @click="copyRecord">Copy</button>
          <button type="button" @click="copyLink">Copy a link to this runner</button>
        </div>
        <pre v-if="hasRecord" tabindex="0" aria-label="The runner as JSON">{{ record.text }}</pre>
      </section>
    </aside>`,
  emits: ["act", "close", "record"],
  props: { first: Object },
  data() { return { value: this.first, record: null }; },
  computed: { hasRecord() { return Boolean(this.record) && this.record.key === this.value?.runner_id; } },
  mounted() {
    addEventListener("keydown", this.escape);
    addEventListener("console-part", this.want);
    this.draw();
    if (!this.value) return;
    dispatchEvent(new CustomEvent("console-command", { detail: `point:${this.value.runner_id}` }));
    this.$nextTick(this.opened);
  },
  updated() { this.draw(); this.meet(); },
  unmounted() {
    removeEventListener("keydown", this.escape);
    removeEventListener("console-part", this.want);
    this.chart?.leave();
  },
  methods: {
    show(value) {
      const opened = this.value?.runner_id, had = this.$refs.drawer?.contains(document.activeElement);
      this.value = value && { ...this.value, ...value };
      if (value && this.value.runner_id !== opened) this.$nextTick(this.opened);
      if (!value && had) dispatchEvent(new CustomEvent("console-command", { detail: "rows" }));
    },
    // Who goes through the rows stays there; Enter leads in here.
    opened() {
      this.$refs.drawer.scrollTop = 0;
      if (!document.activeElement?.closest(".grid-row")) this.enter();
    },
    enter() { this.$refs.drawer.focus({ preventScroll: true }); },
    async draw() {
      const place = this.$refs.timeline, drawn = this.value?.timeline;
      if (!place || !drawn) return;
      const { Chart } = await import("console/timeline.js"); // half a megabyte, only for who looks at one
      if (this.$refs.timeline !== place) return;
      if (this.chart?.place !== place) { this.chart?.leave(); this.chart = new Chart(place); }
      this.chart.show(drawn);
    },
    toggleRecord() {
      if (this.hasRecord) this.record = null;
      else this.$emit("record");
    },
    tellRecord(key, text) { this.record = { key, text }; },
    copyRecord() { copied(this.record.text, "the JSON"); },
    copyLink() {
      const url = new URL(location.href);
      url.search = new URLSearchParams({ runner: this.value.runner_id });
      copied(url.href, "a link to this runner");
    },
    // A part of a runner that was asked for by a key, once it is there.
    want({ detail }) { this.wanted = detail; this.meet(); },
    meet() {
      const wanted = this.wanted;
      if (!wanted || this.value?.runner_id !== wanted.key) return;
      if (wanted.part === "all") {
        this.wanted = null;
        this.$nextTick(this.enter);
        return;
      }
      const place = this.$refs.drawer?.querySelector(`[data-part="${wanted.part}"]`);
      if (!place) return;
      if (wanted.part === "json" && !this.hasRecord) {
        if (!wanted.isAsked) this.$emit("record");
        wanted.isAsked = true;
        return;
      }
      this.wanted = null;
      this.$nextTick(() => place.scrollIntoView());
    },
    escape(event) {
      if (event.key === "Escape" && this.value && !event.target.closest?.("input[type=text], dialog, .view-tools") && !document.querySelector("dialog[open]")) this.$emit("close");
    },
    act(action) { if (!action.refusal) this.$emit("act", action.action_id); },
  },
}, ({ first }) => first !== null);
