// The counts, each a switch for its filter. What they are called comes once; only numbers and tones follow.
import { TONES } from "console/cells.js";
import { h } from "vue";
import { symbol } from "console/marks.js";

export default {
  render() {
    return h("div", { class: "chips", role: "group", "aria-label": "Ready-made filters" }, this.lines.map(this.chip));
  },
  emits: ["filter"],
  props: { first: Object, lines: Array },
  data() { return { value: this.first }; },
  mounted() { addEventListener("console-command", this.command); },
  unmounted() { removeEventListener("console-command", this.command); },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    chip(line, n) {
      const [count, tone] = this.value.counts[n];
      return h("button", {
        key: line.key, type: "button", class: ["chip", `tone-${TONES[tone]}`, { none: !count }], title: line.filter,
        "aria-pressed": line.filter === this.value.filter.trim(), onClick: () => this.choose(line.filter),
      }, [symbol(line.symbol), h("b", count), ` ${line.label}`]);
    },
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
