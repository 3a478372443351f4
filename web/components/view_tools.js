// Columns, density and saved views. Views are kept in this browser, each as the address that it had.
import { copied } from "console/copying.js";

const VERSION = 1;
const MOST = 100; // views
const LONGEST_NAME = 60;

export default {
  template: `
    <div class="view-tools" @keydown.esc="escape" @focusout="left">
      <button type="button" title="Find a runner, a page, anything to do" @click="find">Find <kbd aria-hidden="true">ctrl k</kbd></button>
      <div class="menu-holder">
        <button type="button" ref="columns" :aria-expanded="open === 'columns'" aria-controls="column-menu" @click="toggle('columns')">Columns<span aria-hidden="true"> ▾</span></button>
        <div id="column-menu" class="popup" v-if="open === 'columns'" role="group" aria-label="Columns">
          <label><input type="checkbox" :checked="!value.chosen.length" @change="fit($event.target.checked)"> As many as fit</label>
          <hr>
          <label v-for="column in columns" :key="column.key" :title="column.explains">
            <input type="checkbox" :checked="isShown(column.key)" :disabled="column.rank === 0" @change="choose(column.key, $event.target.checked)"> {{ column.title }}
          </label>
          <hr>
          <label><input type="checkbox" :checked="isCompact" @change="setDensity($event.target.checked)"> Dense rows</label>
        </div>
      </div>
      <div class="menu-holder">
        <button type="button" ref="views" :aria-expanded="open === 'views'" aria-controls="view-menu" @click="toggle('views')">Views<span aria-hidden="true"> ▾</span></button>
        <div id="view-menu" class="popup" v-if="open === 'views'" role="group" aria-label="Saved views">
          <p class="quiet" v-if="!views.length">None saved in this browser yet.</p>
          <ul><li v-for="(view, n) in views" :key="view.name">
            <button type="button" class="quiet name" @click="showView(n)">{{ view.name }}</button>
            <button type="button" class="quiet" :aria-label="'Forget ' + view.name" title="Forget it" @click="forget(n)">✕</button>
          </li></ul>
          <form @submit.prevent="save">
            <input ref="name" type="text" v-model="name" :maxlength="longest" aria-label="Name of this view" placeholder="Name of this view" autocomplete="off">
            <button type="submit" :disabled="!name.trim()">Save</button>
          </form>
          <button type="button" class="quiet" @click="link">Copy a link to this view</button>
        </div>
      </div>
    </div>`,
  emits: ["columns", "view"],
  props: { first: Object, columns: Array, who: String },
  data() {
    return {
      value: this.first, reported: "", open: "", views: [], name: "", longest: LONGEST_NAME,
      isCompact: document.documentElement.dataset.density === "compact",
    };
  },
  computed: { place() { return `maia-console.views.${VERSION}:${this.who}`; } },
  mounted() {
    this.views = this.read();
    addEventListener("storage", this.changed);
    addEventListener("console-command", this.command);
    addEventListener("console-views", this.tell);
    addEventListener("click", this.clicked);
  },
  unmounted() {
    removeEventListener("storage", this.changed);
    removeEventListener("console-command", this.command);
    removeEventListener("console-views", this.tell);
    removeEventListener("click", this.clicked);
  },
  methods: {
    // An answer to an earlier choice must not undo a later one.
    show(value) {
      const isLate = this.reported && value.chosen && String(value.chosen) !== this.reported;
      if (!isLate) this.reported = "";
      this.value = { ...this.value, ...value, ...(isLate ? { chosen: this.value.chosen } : {}) };
    },
    find() { dispatchEvent(new Event("console-palette")); },
    toggle(menu) { this.open = this.open === menu ? "" : menu; },
    escape(event) {
      if (!this.open) return;
      event.stopPropagation();
      this.$refs[this.open].focus();
      this.open = "";
    },
    left(event) { if (event.relatedTarget && !this.$el.contains(event.relatedTarget)) this.open = ""; },
    clicked(event) { if (!this.$el.contains(event.target) && event.target.isConnected) this.open = ""; },
    isShown(key) {
      if (this.value.chosen.length) return this.value.chosen.includes(key);
      return Boolean(document.querySelector(`.grid-titles [data-column="${this.columns.findIndex((column) => column.key === key)}"]`));
    },
    fit(isWanted) { this.report(isWanted ? [] : this.shown()); },
    choose(key, isWanted) {
      const others = this.shown().filter((each) => each !== key);
      this.report(isWanted ? [...others, key] : others);
    },
    shown() { return this.columns.map((column) => column.key).filter(this.isShown); },
    report(keys) {
      this.reported = String(keys);
      this.value = { ...this.value, chosen: keys };
      this.$emit("columns", keys);
    },
    setDensity(isCompact) {
      this.isCompact = isCompact;
      if (isCompact) document.documentElement.dataset.density = "compact";
      else delete document.documentElement.dataset.density;
      localStorage.setItem("density", isCompact ? "compact" : "comfortable");
      dispatchEvent(new Event("console-density"));
    },
    // What somebody else wrote there is not trusted to be a list of views.
    read() {
      try {
        const told = JSON.parse(localStorage.getItem(this.place)) ?? [];
        return told.filter(({ name, url }) => typeof name === "string" && typeof url === "string").slice(0, MOST);
      } catch { return []; }
    },
    write(views) { this.views = views; localStorage.setItem(this.place, JSON.stringify(views)); },
    changed(event) { if (event.key === this.place) this.views = this.read(); },
    save() {
      const name = this.name.trim(), url = new URL(location.href);
      ["runner", "selected"].forEach((part) => url.searchParams.delete(part));
      const others = this.views.filter((view) => view.name !== name);
      this.write([...others, { name, url: url.search || "?" }].sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST));
      this.name = "";
    },
    forget(n) { this.write(this.views.filter((_, number) => number !== n)); this.$refs.views.focus(); },
    showView(n) {
      const view = this.views[n];
      this.open = "";
      this.reported = "";
      if (view) this.$emit("view", view.url);
    },
    link() { this.open = ""; copied(location.href, "a link to this view"); },
    tell({ detail }) { detail.views = this.views.map((view) => view.name); },
    command({ detail }) {
      if (detail === "columns") { this.open = "columns"; this.focusIn("#column-menu input"); }
      else if (detail === "save-view") { this.open = "views"; this.focusIn("#view-menu input"); }
      else if (detail === "density") this.setDensity(!this.isCompact);
      else if (detail === "link") this.link();
      else if (detail === "theme") document.querySelector("[data-does=theme]")?.click();
      else if (detail.startsWith("view:")) this.showView(Number(detail.slice(5)));
    },
    focusIn(selector) { this.$nextTick(() => this.$el.querySelector(selector)?.focus()); },
  },
};
