// The fleet as a grid: only the rows in view are in the page, and only changed cells are redrawn.
// Which rows there are, their order and their words come from the server.
import { copied } from "console/copying.js";
import { places } from "console/grid_columns.js";
import { GridData } from "console/grid_data.js";
import { GridRows } from "console/grid_rows.js";
import { h } from "vue";

const TOLD = ["status", "support", "attention"]; // columns whose changes are announced
const REST = 120; // milliseconds for which a cursor rests until what it is on is opened
const PAUSE = 1000; // milliseconds in which changes are announced together

export default {
  render() {
    const grid = {
      class: ["grid", { scrolls: this.minimum }], role: "grid", "aria-rowcount": this.total + 1,
      "aria-label": "Runners", "aria-multiselectable": this.selectable,
    };
    const titles = {
      class: ["grid-titles", { phone: this.isPhone }], role: "row", "aria-rowindex": 1,
      style: { gridTemplateColumns: this.template, minWidth: this.minimum },
    };
    const body = {
      class: "grid-body", role: "rowgroup", ref: "body", tabindex: -1, onScrollPassive: this.scrolled, onKeydown: this.key,
    };
    return h("div", { class: "grid-frame" }, [
      h("div", grid, [
        h("div", { class: "grid-head", role: "rowgroup", ref: "head" },
          h("div", titles, [this.selectable ? this.boxOfAll() : null, ...this.slots.map(this.title)])),
        h("div", body, [
          h("div", { class: "grid-space", role: "presentation", ref: "space", style: { minWidth: this.minimum }, onClick: this.click }),
          this.total ? null : h("div", { class: "empty" }, [this.empty, this.isFiltered ? h("button", { type: "button", onClick: () => this.$emit("back") }, "Show all") : null]),
        ]),
      ]),
      h("p", { class: "sr-only", role: "status" }, this.news),
    ]);
  },
  emits: ["act", "back", "open", "select", "sort"],
  props: {
    first: Object, columns: Array, source: String, sort: String, descending: Boolean,
    selectable: Boolean, chosen: Array, selection: Array,
  },
  data() {
    return {
      slots: [], template: "", minimum: null, isPhone: false, total: 0, empty: "", isFiltered: false, news: "",
      selectedCount: this.selection.length, by: this.sort, down: this.descending,
    };
  },
  created() {
    this.selected = new Set(this.selection); this.wanted = this.chosen;
    this.cursor = null; this.hasAll = false; this.copies = 0; this.changes = new Map();
    this.fleet = new GridData({ replaced: this.replaced, rearranged: this.rearranged, redrawn: this.redrawn });
  },
  mounted() {
    this.grid = new GridRows(this.$refs.body, this.$refs.space, this.selectable);
    this.resizing = new ResizeObserver(() => this.sized());
    this.resizing.observe(this.$el);
    addEventListener("keydown", this.keyOfNobody);
    addEventListener("console-command", this.command);
    addEventListener("console-views", this.aim);
    addEventListener("console-density", this.resized);
    addEventListener("beforeprint", this.print);
    addEventListener("afterprint", this.print);
    this.fleet.take(this.first, this.source);
  },
  unmounted() {
    this.resizing.disconnect(); this.fleet.close(); clearTimeout(this.telling); clearTimeout(this.following);
    removeEventListener("keydown", this.keyOfNobody);
    removeEventListener("console-command", this.command);
    removeEventListener("console-views", this.aim);
    removeEventListener("console-density", this.resized);
    removeEventListener("beforeprint", this.print);
    removeEventListener("afterprint", this.print);
  },
  methods: {
    boxOfAll() {
      const count = this.selectedCount, isAll = count > 0 && count === this.total;
      return h("div", { key: "select", role: "columnheader", class: "select" }, h("input", {
        type: "checkbox", "aria-label": "Select all that match", checked: isAll, ".indeterminate": count > 0 && !isAll,
        onChange: (event) => this.selectAll(event.target.checked),
      }));
    },
    title(slot) {
      const { key, number, title, explains, area } = slot;
      return h("div", { key, role: "columnheader", "data-column": number, "aria-sort": this.ariaSort(key), style: { gridArea: area } },
        h("button", { type: "button", title: explains, onClick: () => this.$emit("sort", key) },
          [h("span", title), h("span", { class: "arrow", "aria-hidden": "true" }, this.arrow(key))]));
    },
    replace(table, source, sort, descending) {
      this.by = sort; this.down = descending;
      this.$refs.body.scrollTop = 0;
      this.toEnd = false;
      this.fleet.take(table, source);
    },
    patch(message) { this.fleet.patch(message); },
    replaced() {
      if (this.hasAll) this.selected = new Set(this.fleet.rows.map((row) => row.key));
      this.counted();
      this.layOut();
      this.meet();
      if (this.toEnd && !this.fleet.waiting) this.move(Infinity); // asked for before there was an end
    },
    rearranged() { this.counted(); this.draw(); },
    redrawn(row, column) {
      this.grid.redraw(row, column);
      if (TOLD.includes(this.columns[column].key)) this.tell(row, column);
    },
    counted() {
      this.total = this.fleet.total; this.empty = this.fleet.empty; this.isFiltered = this.fleet.from.includes("filter=");
      if (!this.fleet.index.has(this.cursor)) this.cursor = this.fleet.rows[0]?.key ?? null;
    },
    // Changes are announced together, a few by what they are, many by their number.
    tell(row, column) {
      this.changes.set(row.key, `${row.cells[0].text}: ${row.cells[column].text}`);
      this.telling ??= setTimeout(() => {
        const said = [...this.changes.values()];
        this.news = said.length > 3 ? `${said.length} runners changed.` : said.join(". ");
        this.changes.clear();
        this.telling = undefined;
      }, PAUSE);
    },
    choose(keys) { this.wanted = keys; this.layOut(); },
    resized() { this.layOut(); this.grid.reveal(this.fleet.index.get(this.cursor) ?? 0); },
    // It is told its size once at first too, when it is laid out for it already.
    sized() {
      if (this.$el.clientWidth === this.width) this.draw();
      else this.layOut();
    },
    layOut() {
      this.width = this.$el.clientWidth;
      const size = parseFloat(getComputedStyle(this.$el).fontSize);
      Object.assign(this, places(this.columns, this.width, { size, selectable: this.selectable, chosen: this.wanted, by: this.by }));
      const had = this.$refs.space.contains(document.activeElement);
      this.$refs.body.classList.toggle("phone", this.isPhone);
      this.grid.layOut(this.slots, this.template, this.total);
      this.draw();
      if (had) this.grid.focus(this.cursor);
    },
    print({ type }) { this.isPrinting = type === "beforeprint"; this.layOut(); },
    scrolled() {
      this.$refs.head.scrollLeft = this.$refs.body.scrollLeft;
      this.draw();
    },
    draw() {
      if (this.isPrinting) this.grid.drawAll(this.fleet.rows);
      else this.grid?.draw(this.fleet.rows, this.fleet.index.get(this.cursor));
      this.remark();
    },
    remark() { this.grid?.mark(this.cursor, this.selected); },
    click(event) {
      const row = event.target.closest(".grid-row");
      if (!row || getSelection().toString()) return;
      const before = this.fleet.index.get(this.cursor);
      this.cursor = row.dataset.key;
      if (!event.target.closest(".select")) this.$emit("open", this.cursor);
      else if (event.shiftKey) this.selectUpTo(before ?? 0);
      else this.toggle(this.cursor);
      this.remark();
      row.focus({ preventScroll: true });
    },
    // Where nothing has the focus, as on a page that was just opened, the table has the keys.
    keyOfNobody(event) {
      const isOff = event.key.length === 1 && localStorage.getItem("letters") === "off";
      if (event.target === document.body && !isOff && !document.querySelector("dialog[open]")) this.key(event);
    },
    key(event) {
      const isWithControl = event.ctrlKey || event.metaKey;
      if (isWithControl && event.key === "a" && this.selectable) this.selectAll(true);
      else if (isWithControl || event.altKey || !this.act(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    act(event) {
      const page = Math.max(1, Math.floor(this.$refs.body.clientHeight / this.grid.row) - 1);
      const moves = {
        ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: page, PageUp: -page,
        Home: -Infinity, End: Infinity, g: -Infinity, G: Infinity,
      };
      if (event.key in moves) this.move(moves[event.key]);
      else if (event.key === "Enter" || event.key === "d") this.enter("all");
      else if (event.key === " " && event.shiftKey) this.selectUpTo(this.lastMarked ?? 0);
      else if (event.key === " ") { if (this.cursor) this.toggle(this.cursor); }
      else if (event.key === "Escape" && !document.querySelector(".drawer")) this.$emit("back");
      else return false;
      return true;
    },
    move(by) {
      this.toEnd = by === Infinity && this.fleet.waiting !== null;
      const at = this.fleet.index.get(this.cursor) ?? 0;
      const number = Math.max(0, Math.min(this.fleet.rows.length - 1, at + by));
      this.awaited = null;
      this.point(this.fleet.rows[number]?.key ?? null);
      this.grid.focus(this.cursor);
      this.follow();
    },
    // What is open beside the table is the runner under the cursor, once the cursor rests.
    follow() {
      clearTimeout(this.following);
      if (!document.querySelector(".drawer")) return;
      this.following = setTimeout(() => { if (this.cursor) this.$emit("open", this.cursor); }, REST);
    },
    point(key) {
      this.cursor = key;
      this.copies = 0;
      this.grid.reveal(this.fleet.index.get(key) ?? 0);
      this.draw();
    },
    // A runner that is opened from elsewhere is the one that the keys are about, once its row has come.
    meet() {
      const key = this.awaited, had = this.$refs.space.contains(document.activeElement);
      if (!this.fleet.index.has(key)) return;
      this.awaited = null;
      if (key !== this.cursor) this.point(key);
      if (had) this.grid.focus(key);
    },
    // What the palette offers is about the runner under the cursor where none is selected or open.
    aim({ detail }) { detail.cursor = this.cursor ?? ""; },
    // What a key or the palette asks for, about the runner under the cursor.
    command({ detail }) {
      if (detail.startsWith("act:")) this.$emit("act", [detail.slice(4), this.cursor ?? ""]);
      else if (detail === "sort-next") this.sortNext();
      else if (detail.startsWith("sort:")) this.$emit("sort", detail.slice(5));
      else if (detail.startsWith("point:")) { this.awaited = detail.slice(6); this.meet(); }
      else if (!this.cursor) return;
      else if (detail === "rows") this.grid.focus(this.cursor);
      else if (detail === "copy") this.copy();
      else if (detail === "json" || detail === "history") this.enter(detail);
    },
    // Opens the runner under the cursor, and goes on to a part of it.
    enter(part) {
      if (!this.cursor) return;
      dispatchEvent(new CustomEvent("console-part", { detail: { part, key: this.cursor } }));
      this.$emit("open", this.cursor);
    },
    sortNext() {
      const at = this.slots.findIndex((slot) => slot.key === this.by);
      this.$emit("sort", this.slots[(at + 1) % this.slots.length].key);
    },
    copy() {
      const row = this.fleet.rows[this.fleet.index.get(this.cursor)];
      const version = this.columns.findIndex((column) => column.key === "version");
      const parts = [row.cells[0].text, row.key, row.cells[version].text];
      copied(parts[this.copies++ % parts.length]);
    },
    toggle(key) {
      if (!this.selectable) return;
      if (!this.selected.delete(key)) this.selected.add(key);
      this.lastMarked = this.fleet.index.get(key);
      this.report([...this.selected]);
    },
    selectUpTo(from) {
      if (!this.selectable || !this.cursor) return;
      const at = this.fleet.index.get(this.cursor);
      this.fleet.rows.slice(Math.min(from, at), Math.max(from, at) + 1).forEach((row) => this.selected.add(row.key));
      this.report([...this.selected]);
    },
    // All that match, loaded here or not: the server knows them by one word.
    selectAll(are) {
      this.selected = new Set(are ? this.fleet.rows.map((row) => row.key) : []);
      this.report(are ? "all" : []);
    },
    select(keys) {
      this.hasAll = false;
      this.selected = new Set(keys);
      this.selectedCount = this.selected.size;
      this.remark();
    },
    report(selected) {
      this.hasAll = selected === "all";
      this.selectedCount = selected === "all" ? this.total : this.selected.size;
      this.remark();
      this.$emit("select", selected);
    },
    ariaSort(key) { return key !== this.by ? "none" : this.down ? "descending" : "ascending"; },
    arrow(key) { return key !== this.by ? "" : this.down ? "▼" : "▲"; },
  },
};
