// The top of the page: what it is about, how the fleet stands, and what is wrong with reading it.
import { h } from "vue";
import { symbol } from "console/marks.js";

// A text as it is, or which of its words are other ones: [number, word].
function wordsFrom(before, part) {
  if (!Array.isArray(part)) return part;
  const words = before.split(" ");
  for (const [number, word] of part) words[number] = word;
  return words.join(" ");
}

export default {
  render() {
    const { verdict, tone, outlook, banner } = this.value;
    return h("div", [
      h("div", { class: "title" }, [
        this.title ? h("h1", this.title) : null,
        h(this.title ? "p" : "h1", { class: `verdict tone-${tone}`, "aria-live": "polite" },
          this.title ? h("a", { href: "." }, verdict) : verdict),
      ]),
      outlook && !this.title ? h("p", { class: "outlook" }, [symbol("!"), outlook]) : null,
      banner ? h("p", { class: "banner", role: "alert" }, banner) : null,
    ]);
  },
  props: { first: Object, title: String },
  data() { return { value: this.first }; },
  methods: {
    show(changed) {
      const parts = Object.entries(changed).map(([name, part]) => [name, wordsFrom(this.value[name], part)]);
      this.value = { ...this.value, ...Object.fromEntries(parts) };
    },
  },
};
