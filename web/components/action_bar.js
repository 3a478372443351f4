// The foot of the page. Counts the age of the data itself, and knows when the fleet is read again, so
// that an unchanged fleet sends nothing.
import { cellFrom, duration } from "console/cells.js";
import { h } from "vue";
import { symbol } from "console/marks.js";

const SHORTEST = 600; // milliseconds for which a reading is shown at least
const SAID = 5000; // milliseconds for which something is said
const WARNED = 12000; // the same for what is not as it should be

function underWay({ title, words, total, ended }, n) {
  return h("div", { key: n, class: "under-way" }, [
    h("span", { id: `plan-${n}` }, [h("b", title), ` ${words}`]),
    h("progress", { max: total, value: total > 1 ? ended : null, "aria-labelledby": `plan-${n}` }),
  ]);
}

export default {
  render() {
    const { value, said, news } = this;
    return h("footer", { class: ["bar", { open: value.count }] }, [
      this.isReading ? h("div", { class: "reading", role: "progressbar", "aria-label": "Reading the fleet" }) : null,
      value.progress.length ? h("div", { class: "plans" }, value.progress.map(underWay)) : null,
      h("span", { class: ["caption", { count: value.count }], role: "status" }, value.count ? `${value.count} selected` : value.caption),
      value.count ? h("button", { type: "button", class: "quiet", onClick: () => this.$emit("unselect") }, "Clear") : null,
      value.count ? this.deeds() : null,
      h("ul", { class: "news", "aria-live": "polite" }, [
        said ? h("li", { class: `tone-${said.tone}` }, said.text) : null,
        ...news.map(([name, { tone, symbol: sign, text }]) => h("li", { class: `tone-${tone}` }, [symbol(sign), h("b", name), ` ${text}`])),
      ]),
      h("span", { class: ["age", { stale: this.isStale }] }, this.age),
      this.printed ? h("span", { class: "printed" }, this.printed) : null,
    ]);
  },
  emits: ["act", "unselect"],
  props: { first: Object, firstAge: Number, firstDue: Number, staleAfter: Number, note: String },
  data() { return { value: this.first, taken: null, now: Date.now(), isReading: false, said: null, printed: "" }; },
  created() { this.beat(this.firstAge, this.firstDue); },
  mounted() {
    this.clock = setInterval(() => { this.now = Date.now(); }, 1000);
    addEventListener("console-say", this.say);
    addEventListener("beforeprint", this.print);
    if (this.note) this.tell(this.note);
  },
  unmounted() {
    [this.clock, this.due, this.end, this.quiet].forEach(clearTimeout);
    removeEventListener("console-say", this.say);
    removeEventListener("beforeprint", this.print);
  },
  computed: {
    news() { return this.value.news.map(([name, wire]) => [name, cellFrom(wire)]); },
    isStale() { return this.taken !== null && this.now - this.taken > this.staleAfter * 1000; },
    age() { return this.taken === null ? "nothing read yet" : `${duration(this.now - this.taken)} old`; },
  },
  methods: {
    deeds() {
      return h("div", { class: "selection", role: "toolbar", "aria-label": "Selected runners" }, this.value.actions.map((action) => h("button", {
        key: action.action_id, type: "button", "aria-disabled": Boolean(action.refusal),
        title: action.refusal || action.explains, onClick: () => this.act(action),
      }, action.label)));
    },
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
      this.quiet = setTimeout(() => { this.said = null; }, detail.tone === "good" ? SAID : WARNED);
    },
    // Paper has no address, and does not count on.
    print() {
      const filter = document.getElementById("filter")?.value.trim();
      this.now = Date.now();
      this.printed = `${filter ? `filter ${filter}, ` : ""}printed ${new Date().toLocaleString()}`;
    },
    tell(text) { this.say({ detail: { text, tone: "warning" } }); },
    act(action) { if (!action.refusal) this.$emit("act", action.action_id); },
  },
};
