// Help, in a modal dialog of the browser's own; and the keys, which it turns into commands for the
// page's other scripts. Keys that are single letters can be switched off.
import { cellFrom } from "console/cells.js";
import { later } from "console/later.js";

const TYPED_IN = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export default later({
  template: `
    <dialog class="plan help" ref="dialog" aria-labelledby="help-title" @click="leave">
      <h2 id="help-title">Help</h2>
      <div class="help-columns" tabindex="0" role="region" aria-labelledby="help-title">
        <section v-for="group in first.groups" :key="group.title">
          <h3>{{ group.title }}</h3>
          <dl><template v-for="key in group.keys" :key="key.label"><dt><kbd>{{ key.label }}</kbd></dt><dd>{{ key.does }}</dd></template></dl>
        </section>
        <section v-if="first.fields.length">
          <h3>Filter fields</h3>
          <dl><template v-for="[name, explains] in first.fields" :key="name"><dt><code>{{ name }}:</code></dt><dd>{{ explains }}</dd></template></dl>
        </section>
        <section>
          <h3>Symbols</h3>
          <ul class="symbols"><li v-for="(cell, n) in symbols" :key="n" :class="'tone-' + cell.tone"><span class="symbol" aria-hidden="true">{{ cell.symbol }}</span>{{ cell.text }}</li></ul>
        </section>
      </div>
      <footer>
        <label class="switch"><input type="checkbox" :checked="hasLetters" @change="switchLetters($event.target.checked)"> Keys of a single letter</label>
        <button type="button" ref="close" class="primary" @click="$refs.dialog.close()">Close</button>
      </footer>
    </dialog>`,
  emits: [],
  props: { first: Object },
  data() { return { hasLetters: localStorage.getItem("letters") !== "off" }; },
  computed: {
    symbols() { return this.first.symbols.map(cellFrom); },
    commands() {
      const keys = this.first.groups.flatMap((group) => group.keys).filter((key) => key.command);
      return new Map(keys.flatMap((key) => key.keys.map((name) => [name, key.command === "preset" ? `preset:${name}` : key.command])));
    },
  },
  mounted() {
    addEventListener("keydown", this.key);
    addEventListener("console-help", this.open);
    addEventListener("console-command", this.command);
  },
  unmounted() {
    removeEventListener("keydown", this.key);
    removeEventListener("console-help", this.open);
    removeEventListener("console-command", this.command);
  },
  methods: {
    open() { if (document.querySelector("dialog[open]")) return; this.$refs.dialog.showModal(); this.$refs.close.focus(); },
    leave(event) { if (event.target === this.$refs.dialog) this.$refs.dialog.close(); },
    switchLetters(are) {
      this.hasLetters = are;
      localStorage.setItem("letters", are ? "on" : "off");
    },
    key(event) {
      const isWithControl = event.ctrlKey || event.metaKey;
      const command = this.commands.get((isWithControl ? "ctrl+" : "") + event.key);
      const isTyped = !isWithControl && (!this.hasLetters || event.altKey || event.target.closest?.(TYPED_IN));
      if (!command || isTyped || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      dispatchEvent(new CustomEvent("console-command", { detail: command }));
    },
    command({ detail }) {
      if (detail === "help") this.open();
      else if (detail === "print") print();
      else if (detail.startsWith("go:")) location.href = detail.slice(3);
    },
  },
});
