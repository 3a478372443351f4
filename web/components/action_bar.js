// The foot of the page. Counts the age of the data itself, and knows when the fleet is read again, so
// that an unchanged fleet sends nothing.
import { cellFrom, duration } from "console/cells.js";
import "console/connection.js";

const SHORTEST = 600; // milliseconds for which a reading is shown at least
const SAID = 5000; // milliseconds for which something is said

export default {
  template: `
    <footer class="bar" :class="{ open: value.count }">
      <div class="reading" role="progressbar" aria-label="Reading the fleet" v-if="isReading"></div>
      <div class="plans" v-if="value.progress.length">
        <div v-for="(plan, n) in value.progress" :key="n" class="under-way">
          <span :id="'plan-' + n"><b>{{ plan.title }}</b> {{ plan.words }}</span>
          <progress :max="plan.total" :value="plan.total > 1 ? plan.ended : null" :aria-labelledby="'plan-' + n"></progress>
        </div>
      </div>
      <span class="caption" role="status">{{ value.caption }}</span>
      <div class="selection" v-if="value.count" role="toolbar" aria-label="Selected runners">
        <b>{{ value.count }} selected</b>
        <button v-for="action in value.actions" :key="action.action_id" type="button" :aria-disabled="Boolean(action.refusal)"
                :title="action.refusal || action.explains" @click="act(action)">{{ action.label }}</button>
        <button type="button" class="quiet" @click="$emit('unselect')">Clear</button>
      </div>
      <ul class="news" aria-live="polite">
        <li v-if="said" :class="'tone-' + said.tone">{{ said.text }}</li>
        <li v-for="([name, cell], n) in news" :key="n" :class="'tone-' + cell.tone"><span class="symbol" aria-hidden="true">{{ cell.symbol }}</span><b>{{ name }}</b> {{ cell.text }}</li>
      </ul>
      <span class="age" :class="{ stale: isStale }">{{ age }}</span>
    </footer>`,
  emits: ["act", "unselect"],
  props: { first: Object, firstAge: Number, firstDue: Number, staleAfter: Number },
  data() { return { value: this.first, taken: null, now: Date.now(), isReading: false, said: null }; },
  created() { this.beat(this.firstAge, this.firstDue); },
  mounted() {
    this.clock = setInterval(() => { this.now = Date.now(); }, 1000);
    addEventListener("console-say", this.say);
  },
  unmounted() {
    [this.clock, this.due, this.end, this.quiet].forEach(clearTimeout);
    removeEventListener("console-say", this.say);
  },
  computed: {
    news() { return this.value.news.map(([name, wire]) => [name, cellFrom(wire)]); },
    isStale() { return this.taken !== null && this.now - this.taken > this.staleAfter * 1000; },
    age() { return this.taken === null ? "nothing read yet" : `${duration(this.now - this.taken)} old`; },
  },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    // A reading begins when it is due, and ends when the server tells of it.
    beat(seconds, due) {
      this.now = Date.now();
      this.taken = seconds === null || seconds === undefined ? null : this.now - seconds * 1000;
      clearTimeout(this.due);
      clearTimeout(this.end);
      this.end = setTimeout(() => { this.isReading = due <= 0; }, Math.max(0, (this.shownUntil ?? 0) - this.now));
      this.due = setTimeout(() => {
        clearTimeout(this.end);
        this.isReading = true;
        this.shownUntil = Date.now() + SHORTEST;
      }, due * 1000);
    },
    say({ detail }) {
      this.said = detail;
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => { this.said = null; }, SAID);
    },
    act(action) { if (!action.refusal) this.$emit("act", action.action_id); },
  },
};
