// Columns, density and saved views. Views are kept in this browser, each as the address that it had.
import { h } from "vue";
import { copied } from "console/copying.js";
import { icon } from "console/marks.js";
import { ColumnMenu, ViewMenu } from "console/view_menus.js";

const VERSION = 1;
const MOST = 100; // views

export default {
  render() {
    return h("div", { class: "view-tools", onKeydown: this.escape, onFocusout: this.left }, [
      h("button", { type: "button", title: "Find a runner, a page, anything to do", onClick: this.find },
        [icon("find"), h("span", { class: "label" }, "Find"), h("kbd", { "aria-hidden": "true" }, "ctrl k")]),
      this.holder("columns", "column-menu", "Columns", this.columnMenu),
      this.holder("views", "view-menu", "Views", this.viewMenu),
    ]);
  },
  emits: ["columns", "view"],
  props: { first: Object, columns: Array, who: String },
  data() {
    return {
      value: this.first, reported: "", open: "", views: [],
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
    holder(name, id, title, menu) {
      const isOpen = this.open === name;
      const button = { type: "button", ref: name, title, "aria-expanded": isOpen, "aria-controls": id, onClick: () => this.toggle(name) };
      return h("div", { class: "menu-holder" }, [
        h("button", button, [icon(name), h("span", { class: "label" }, title)]), isOpen ? menu() : null,
      ]);
    },
    columnMenu() {
      return h(ColumnMenu, {
        columns: this.columns, shown: this.shown(), isFitting: !this.value.chosen.length, isCompact: this.isCompact,
        onFit: this.fit, onChoose: this.choose, onDense: this.setDensity,
      });
    },
    viewMenu() {
      return h(ViewMenu, { views: this.views, onShow: this.showView, onForget: this.forget, onSave: this.save, onLink: this.link });
    },
    find() { dispatchEvent(new Event("console-palette")); },
    toggle(menu) { this.open = this.open === menu ? "" : menu; },
    escape(event) {
      if (event.key !== "Escape" || !this.open) return;
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
    save(name) {
      const url = new URL(location.href);
      ["runner", "selected"].forEach((part) => url.searchParams.delete(part));
      const others = this.views.filter((view) => view.name !== name);
      this.write([...others, { name, url: url.search || "?" }].sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST));
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
      else if (detail.startsWith("view:")) this.showView(Number(detail.slice(5)));
    },
    focusIn(selector) { this.$nextTick(() => this.$el.querySelector(selector)?.focus()); },
  },
};
