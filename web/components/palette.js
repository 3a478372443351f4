// One field for everything. What fits the typed words the server says; what is of this browser alone,
// as its saved views are, is done here.
import { later } from "console/later.js";
const PAUSE = 60; // milliseconds without a key before the text is sent

export default later({
  template: `
    <dialog class="palette" ref="dialog" aria-label="Find and do" @click="leave" @close="closed">
      <input ref="input" type="text" role="combobox" aria-label="Find a runner, a page, anything to do" aria-autocomplete="list"
             aria-controls="palette-entries" aria-expanded="true" :aria-activedescendant="entries.length ? 'entry-' + at : null"
             autocomplete="off" spellcheck="false" placeholder="Find a runner, a page, anything to do …" @input="typed" @keydown="key">
      <ul id="palette-entries" role="listbox" aria-label="Found" ref="list">
        <template v-for="(entry, n) in entries" :key="entry.kind + entry.id">
          <li v-if="n === 0 || entry.group !== entries[n - 1].group" role="presentation" class="palette-group">{{ entry.group }}</li>
          <li role="option" :id="'entry-' + n" :aria-selected="n === at" @mousemove="at = n" @click="choose(entry)">
            <span class="palette-title">{{ entry.title }}</span><span class="quiet">{{ entry.explains }}</span><kbd v-if="entry.key">{{ entry.key }}</kbd>
          </li>
        </template>
      </ul>
      <p class="empty" role="status" v-if="isAnswered && !entries.length">Nothing fits “{{ value.text }}”.</p>
    </dialog>`,
  emits: ["choose", "find"],
  props: { first: Object },
  data() { return { value: this.first, text: "", at: 0, isAnswered: false }; },
  computed: { entries() { return this.value.entries; } },
  mounted() { addEventListener("console-command", this.command); addEventListener("console-palette", this.open); },
  unmounted() {
    removeEventListener("console-command", this.command); removeEventListener("console-palette", this.open);
    clearTimeout(this.pause);
  },
  methods: {
    show(value) {
      this.value = { ...this.value, ...value }; this.at = 0; this.isAnswered = true;
      if (this.isHurried && this.value.text === this.text && this.entries.length) this.choose(this.entries[0]);
    },
    command({ detail }) { if (detail === "palette") this.open(); },
    open() {
      if (document.querySelector("dialog[open]")) return;
      this.$refs.dialog.showModal();
      this.$refs.input.value = this.text = "";
      this.find();
    },
    closed() { this.isAnswered = this.isHurried = false; },
    leave(event) { if (event.target === this.$refs.dialog) this.$refs.dialog.close(); },
    typed(event) {
      this.text = event.target.value; this.isHurried = false;
      clearTimeout(this.pause);
      this.pause = setTimeout(this.find, PAUSE);
    },
    find() {
      const asked = { text: this.text, views: [] };
      dispatchEvent(new CustomEvent("console-views", { detail: asked }));
      this.$emit("find", asked);
    },
    key(event) {
      const last = this.entries.length - 1;
      if (event.key === "ArrowDown") this.go(this.at >= last ? 0 : this.at + 1);
      else if (event.key === "ArrowUp") this.go(this.at <= 0 ? last : this.at - 1);
      else if (event.key === "Enter") this.take();
      else return;
      event.preventDefault();
    },
    // Who types fast means what was typed, not what is still listed for an earlier text.
    take() {
      if (this.value.text !== this.text) this.isHurried = true;
      else if (this.entries[this.at]) this.choose(this.entries[this.at]);
    },
    go(at) {
      this.at = at;
      this.$nextTick(() => this.$refs.list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
    },
    choose({ kind, id }) {
      this.$refs.dialog.close();
      if (kind === "page") location.href = id;
      else if (kind === "command") dispatchEvent(new CustomEvent("console-command", { detail: id }));
      else if (kind === "view") dispatchEvent(new CustomEvent("console-command", { detail: `view:${id}` }));
      else this.$emit("choose", [kind, id]);
      if (kind === "runner") dispatchEvent(new CustomEvent("console-command", { detail: `point:${id}` }));
    },
  },
});
