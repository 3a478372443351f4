// The filter while it is typed. What it can go on to, and what is wrong with it, the server says.
import { h } from "vue";
const PAUSE = 80; // milliseconds without a key before the text is sent

export default {
  render() {
    const { value, isOpen, at, text } = this;
    return h("div", { class: ["filter", { wrong: value.error }] }, [
      h("input", {
        id: "filter", ref: "input", type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
        role: "combobox", "aria-label": "Filter", "aria-autocomplete": "list", "aria-controls": "filter-endings",
        "aria-expanded": isOpen, "aria-activedescendant": isOpen && at >= 0 ? `ending-${at}` : null,
        "aria-invalid": Boolean(value.error), "aria-describedby": "filter-error",
        placeholder: "Filter: status:running -auto:on prod", value: text,
        onInput: (event) => this.typed(event.target.value), onKeydown: this.key,
        onFocus: () => { this.isFocused = true; }, onBlur: this.left,
      }),
      text
        ? h("button", { type: "button", class: "clear", "aria-label": "Clear the filter", onClick: this.clear }, "✕")
        : h("kbd", { "aria-hidden": "true" }, "/"),
      h("ul", { id: "filter-endings", class: "endings", role: "listbox", "aria-label": "How it can go on", style: { display: isOpen ? null : "none" } },
        value.endings.map(this.ending)),
      value.error && !isOpen
        ? h("p", { id: "filter-error", class: "filter-error", role: "status" },
            [h("code", [this.before, h("mark", this.fault)]), ` ${value.error}`])
        : null,
    ]);
  },
  emits: ["filter"],
  props: { first: Object },
  data() { return { value: this.first, text: this.first.text, isFocused: false, isWanted: false, at: -1 }; },
  computed: {
    isOpen() { return this.isFocused && this.isWanted && this.value.text === this.text && this.value.endings.length > 0; },
    before() { return this.value.text.slice(0, this.value.error_at ?? 0); },
    fault() { return this.value.text.slice(this.value.error_at ?? 0) || "␣"; },
  },
  mounted() { addEventListener("console-command", this.command); },
  unmounted() { removeEventListener("console-command", this.command); clearTimeout(this.pause); },
  methods: {
    // While somebody types, an answer to an older text must not overwrite the newer one.
    show(value) {
      this.value = { ...this.value, ...value };
      this.at = -1;
      if (!this.isTyping) this.text = this.value.text;
      if (this.value.text === this.text) this.isTyping = false;
    },
    ending(text, n) {
      const take = (event) => { event.preventDefault(); this.take(text); };
      return h("li", { key: text, id: `ending-${n}`, role: "option", "aria-selected": n === this.at, onMousedown: take }, this.lastWord(text));
    },
    typed(text) {
      this.text = text; this.isTyping = true; this.isWanted = text !== "";
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.$emit("filter", this.text), PAUSE);
    },
    take(ending) {
      this.typed(ending);
      this.$refs.input.focus();
    },
    clear() { this.typed(""); this.$refs.input.focus(); },
    left() { this.isFocused = false; this.isWanted = false; },
    key(event) {
      const endings = this.value.endings;
      if (event.key === "ArrowDown" && !this.isOpen && this.text && !event.altKey) this.toRows();
      else if (event.key === "ArrowDown" && !this.isOpen) this.isWanted = true;
      else if (event.key === "ArrowDown") this.at = (this.at + 1) % endings.length;
      else if (event.key === "ArrowUp" && this.isOpen) this.at = (this.at <= 0 ? endings.length : this.at) - 1;
      else if (event.key === "Tab" && this.isOpen && !event.shiftKey) this.take(endings[Math.max(0, this.at)]);
      else if (event.key === "Enter") { if (this.isOpen && this.at >= 0) this.take(endings[this.at]); else this.toRows(); }
      else if (event.key === "Escape") this.escape();
      else return;
      event.preventDefault(); event.stopPropagation();
    },
    toRows() {
      this.isWanted = false;
      dispatchEvent(new CustomEvent("console-command", { detail: "rows" }));
    },
    escape() {
      if (this.isOpen) this.isWanted = false;
      else if (this.text) this.typed("");
      else this.$refs.input.blur();
    },
    lastWord(ending) { return ending.slice(ending.lastIndexOf(" ") + 1); },
    command({ detail }) {
      if (detail !== "filter") return;
      this.$refs.input.focus(); this.$refs.input.select();
    },
  },
};
