// The counts. What they are called comes once; only numbers and tones follow.
import { TONES } from "/static/cells.js";

export default {
  template: `
    <nav class="chips" aria-label="Counts">
      <button v-for="(line, n) in lines" :key="line.key" type="button" class="chip"
              :class="['tone-' + tones[value.counts[n][1]], { none: !value.counts[n][0] }]"
              :aria-pressed="line.filter === value.filter.trim()" @click="choose(line.filter)">
        <span v-if="line.symbol" class="symbol" aria-hidden="true">{{ line.symbol }}</span><b>{{ value.counts[n][0] }}</b> {{ line.label }}
      </button>
    </nav>`,
  props: { first: Object, lines: Array },
  data() { return { value: this.first, tones: TONES }; },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    choose(filter) { this.$emit("filter", filter === this.value.filter.trim() ? "" : filter); },
  },
};
