// The foot of the page. Counts the age of the data itself, so that an unchanged fleet sends nothing.
import { cellFrom, duration } from "/static/cells.js";

export default {
  template: `
    <footer class="bar" :class="{ open: value.count }">
      <span class="caption" role="status">{{ value.caption }}</span>
      <div class="selection" v-if="value.count" role="toolbar" aria-label="Selected runners">
        <b>{{ value.count }} selected</b>
        <button v-for="action in value.actions" :key="action.action_id" type="button" :aria-disabled="Boolean(action.refusal)"
                :title="action.refusal || action.explains" @click="act(action)">{{ action.label }}</button>
        <button type="button" class="quiet" @click="$emit('unselect')">Clear</button>
      </div>
      <ul class="news" aria-live="polite">
        <li v-for="([name, cell], n) in news" :key="n" :class="'tone-' + cell.tone"><span class="symbol" aria-hidden="true">{{ cell.symbol }}</span><b>{{ name }}</b> {{ cell.text }}</li>
      </ul>
      <span class="age" :class="{ stale: isStale }">{{ age }}</span>
    </footer>`,
  props: { first: Object, firstAge: Number, staleAfter: Number },
  data() { return { value: this.first, taken: null, now: Date.now() }; },
  created() { this.beat(this.firstAge); },
  mounted() { this.clock = setInterval(() => { this.now = Date.now(); }, 1000); },
  unmounted() { clearInterval(this.clock); },
  computed: {
    news() { return this.value.news.map(([name, wire]) => [name, cellFrom(wire)]); },
    isStale() { return this.taken !== null && this.now - this.taken > this.staleAfter * 1000; },
    age() { return this.taken === null ? "nothing read yet" : `${duration(this.now - this.taken)} old`; },
  },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    beat(seconds) {
      this.now = Date.now();
      this.taken = seconds === null || seconds === undefined ? null : this.now - seconds * 1000;
    },
    act(action) { if (!action.refusal) this.$emit("act", action.action_id); },
  },
};
