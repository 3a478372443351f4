// Help, in a modal dialog of the browser's own.
import { cellFrom } from "/static/cells.js";

export default {
  template: `
    <dialog class="plan help" ref="dialog" aria-labelledby="help-title" @click="leave">
      <h2 id="help-title">Help</h2>
      <div class="help-columns" tabindex="0" role="region" aria-label="Keys, symbols and fields">
        <section>
          <h3>Keys</h3>
          <dl><template v-for="[key, meaning] in first.keys" :key="key"><dt><kbd>{{ key }}</kbd></dt><dd>{{ meaning }}</dd></template></dl>
          <h3>Symbols</h3>
          <ul class="symbols"><li v-for="(cell, n) in symbols" :key="n" :class="'tone-' + cell.tone"><span class="symbol" aria-hidden="true">{{ cell.symbol }}</span>{{ cell.text }}</li></ul>
        </section>
        <section>
          <h3>Filter fields</h3>
          <dl><template v-for="[name, explains] in first.fields" :key="name"><dt><code>{{ name }}:</code></dt><dd>{{ explains }}</dd></template></dl>
        </section>
      </div>
      <footer><button type="button" class="primary" @click="$refs.dialog.close()">Close</button></footer>
    </dialog>`,
  props: { first: Object },
  computed: { symbols() { return this.first.symbols.map(cellFrom); } },
  mounted() { addEventListener("keydown", this.shortcut); addEventListener("console-help", this.open); },
  unmounted() { removeEventListener("keydown", this.shortcut); removeEventListener("console-help", this.open); },
  methods: {
    open() { if (!document.querySelector("dialog[open]")) this.$refs.dialog.showModal(); },
    leave(event) { if (event.target === this.$refs.dialog) this.$refs.dialog.close(); },
    shortcut(event) {
      if (event.key === "?" && !event.target.closest?.("input, textarea, dialog")) this.open();
    },
  },
};
