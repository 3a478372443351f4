// The counts, each a switch for its filter. What they are called comes once; only numbers and tones follow.
import { TONES } from "console/cells.js";

export default {
  template: `
    <div class="chips" role="group" aria-label="Ready-made filters">
      <button v-for="(line, n) in lines" :key="line.key" type="button" class="chip"
              :class="['tone-' + tones[value.counts[n][1]], { none: !value.counts[n][0] }]" :title="line.filter"
              :aria-pressed="line.filter === value.filter.trim()" @click="choose(line.filter)">
        <span v-if="line.symbol" class="symbol" aria-hidden="true">{{ line.symbol }}</span><b>{{ value.counts[n][0] }}</b> {{ line.label }}
      </button>
    </div>`,
  emits: ["filter"],
  props: { first: Object, lines: Array },
  data() { return { value: this.first, tones: TONES }; },
  mounted() { addEventListener("console-command", this.command); },
  unmounted() { removeEventListener("console-command", this.command); },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    choose(filter) { this.$emit("filter", filter === this.value.filter.trim() ? "" : filter); },
    // By its number as it is seen, or by its key.
    command({ detail }) {
      if (detail === "all") this.$emit("filter", "");
      if (!detail.startsWith("preset:")) return;
      const which = detail.slice(7);
      const line = this.lines.find((each, n) => each.key === which || String(n + 1) === which);
      if (line) this.choose(line.filter);
    },
  },
};
