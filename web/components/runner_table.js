// The fleet as a grid: only the rows in view are in the page, and only changed cells are redrawn.
// Which rows there are, their order and their words come from the server.
import { cellFrom } from "console/cells.js";
import { copied } from "console/copying.js";
import { GridRows } from "console/grid_rows.js";
import { places } from "console/grid_columns.js";
import { afterDrawing } from "console/later.js";
import { h } from "vue";

const AGAIN = 3000; // milliseconds until rows that did not come are asked for again
const TOLD = ["status", "support", "attention"]; // columns whose changes are announced
const PAUSE = 1000; // milliseconds in which changes are announced together

function rowFrom([key, cells]) {
  return { key, cells: cells.map(cellFrom) };
}

// A number in a hint is a sentence of the one before.
function hinted(cell, before) {
  if (!Array.isArray(cell.hint)) return cell;
  const had = before.split(". ");
  return { ...cell, hint: cell.hint.map((part) => typeof part === "number" ? had[part] : part).join(". ") };
}

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
          this.total ? null : h("p", { class: "empty" }, this.empty),
        ]),
      ]),
      h("p", { class: "sr-only", role: "status" }, this.news),
    ]);
  },
  emits: ["act", "open", "select", "sort"],
  props: {
    first: Object, columns: Array, source: String, sort: String, descending: Boolean,
    selectable: Boolean, chosen: Array, selection: Array,
  },
  data() {
    return {
      slots: [], template: "", minimum: null, isPhone: false, total: 0, empty: "", news: "",
      selectedCount: this.selection.length, by: this.sort, down: this.descending,
    };
  },
  created() {
    this.rows = []; this.index = new Map(); this.selected = new Set(this.selection); this.wanted = this.chosen;
    this.cursor = null; this.waiting = null; this.version = 0; this.hasAll = false; this.copies = 0; this.changes = new Map();
  },
  mounted() {
    this.grid = new GridRows(this.$refs.body, this.$refs.space, this.selectable);
    this.resizing = new ResizeObserver(() => this.sized());
    this.resizing.observe(this.$el);
    addEventListener("keydown", this.keyOfNobody);
    addEventListener("console-command", this.command);
    addEventListener("console-density", this.resized);
    addEventListener("beforeprint", this.print);
    addEventListener("afterprint", this.print);
    this.take(this.first, this.source);
  },
  unmounted() {
    this.resizing.disconnect(); clearTimeout(this.again); clearTimeout(this.telling);
    removeEventListener("keydown", this.keyOfNobody);
    removeEventListener("console-command", this.command);
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
      const { key, number, title, explains } = slot;
      return h("div", { key, role: "columnheader", "data-column": number, "aria-sort": this.ariaSort(key) },
        h("button", { type: "button", title: explains, onClick: () => this.$emit("sort", key) },
          [h("span", title), h("span", { class: "arrow", "aria-hidden": "true" }, this.arrow(key))]));
    },
    replace(table, source, sort, descending) {
      this.by = sort; this.down = descending;
      this.$refs.body.scrollTop = 0;
      this.take(table, source);
    },
    take(table, source) {
      this.from = source; this.waiting = null;
      clearTimeout(this.again);
      this.set(table);
      if (table.total > table.rows.length) this.fetchAll();
    },
    set(table) {
      this.version = table.version; this.total = table.total; this.empty = table.empty;
      this.rows = table.rows.map(rowFrom);
      if (this.hasAll) this.selected = new Set(this.rows.map((row) => row.key));
      this.reorder();
      this.layOut();
    },
    // What changes meanwhile waits for the answer. An answer that another table has overtaken is dropped.
    fetchAll() {
      const waiting = this.waiting = [];
      afterDrawing(() => this.fetchFor(waiting));
    },
    fetchFor(waiting) {
      fetch(this.from, { cache: "no-store" })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
        .then((table) => {
          if (this.waiting !== waiting) return;
          this.waiting = null;
          this.set(table);
          waiting.filter((message) => message.v > this.version).forEach((message) => this.patch(message));
          if (this.toEnd) this.move(Infinity); // asked for before there was an end
        })
        .catch(() => {
          if (this.waiting === waiting) this.again = setTimeout(() => this.fetchAll(), AGAIN);
        });
    },
    patch(message) {
      if (this.waiting) { this.waiting.push(message); return; }
      if (message.v !== this.version + 1) { this.fetchAll(); return; }
      this.version = message.v;
      this.recell(message.c ?? []);
      if ("empty" in message) this.empty = message.empty;
      if (message.x || message.m || message.r) this.rearrange(message);
    },
    // A cell is told as it is, or as it was in another row; its hint also by sentences that were here.
    recell(changed) {
      const cells = changed.map(([column, wire]) => typeof wire === "number" ? this.rows[wire].cells[column] : cellFrom(wire));
      changed.forEach(([column, , numbers], n) => {
        for (const number of numbers) {
          const row = this.rows[number];
          row.cells[column] = hinted(cells[n], row.cells[column].hint);
          this.grid.redraw(row, column);
          if (TOLD.includes(this.columns[column].key)) this.tell(row, column);
        }
      });
    },
    // Takes out what left or moved, then puts back by ascending place: all else keeps its order.
    rearrange({ x = [], m = [], r = [] }) {
      const away = new Set([...x, ...m.map(([number]) => number)]);
      const put = [...m.map(([number, place]) => [place, this.rows[number]]), ...r.map(([place, wire]) => [place, rowFrom(wire)])];
      this.rows = this.rows.filter((_, number) => !away.has(number));
      put.sort(([a], [b]) => a - b).forEach(([place, row]) => this.rows.splice(place, 0, row));
      this.total = this.rows.length;
      this.reorder();
      this.draw();
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
    reorder() {
      this.index = new Map(this.rows.map((row, number) => [row.key, number]));
      if (!this.index.has(this.cursor)) this.cursor = this.rows[0]?.key ?? null;
    },
    choose(keys) { this.wanted = keys; this.layOut(); },
    resized() { this.layOut(); this.grid.reveal(this.index.get(this.cursor) ?? 0); },
    // It is told its size once at first too, when it is laid out for it already.
    sized() {
      if (this.$el.clientWidth === this.width) this.draw();
      else this.layOut();
    },
    layOut() {
      this.width = this.$el.clientWidth;
      Object.assign(this, places(this.columns, this.width, this.selectable, this.wanted));
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
      if (this.isPrinting) this.grid.drawAll(this.rows);
      else this.grid?.draw(this.rows, this.index.get(this.cursor));
      this.remark();
    },
    remark() { this.grid?.mark(this.cursor, this.selected); },
    click(event) {
      const row = event.target.closest(".grid-row");
      if (!row || getSelection().toString()) return;
      const before = this.index.get(this.cursor);
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
      else if (event.key === "Enter" || event.key === "d") { if (this.cursor) this.$emit("open", this.cursor); }
      else if (event.key === " " && event.shiftKey) this.selectUpTo(this.lastMarked ?? 0);
      else if (event.key === " ") { if (this.cursor) this.toggle(this.cursor); }
      else return false;
      return true;
    },
    move(by) {
      this.toEnd = by === Infinity && this.waiting !== null;
      const at = this.index.get(this.cursor) ?? 0;
      const number = Math.max(0, Math.min(this.rows.length - 1, at + by));
      this.cursor = this.rows[number]?.key ?? null;
      this.copies = 0;
      this.grid.reveal(number);
      this.draw();
      this.grid.focus(this.cursor);
    },
    // What a key or the palette asks for, about the runner under the cursor.
    command({ detail }) {
      if (detail.startsWith("act:")) this.$emit("act", [detail.slice(4), this.cursor ?? ""]);
      else if (detail === "sort-next") this.sortNext();
      else if (detail.startsWith("sort:")) this.$emit("sort", detail.slice(5));
      else if (!this.cursor) return;
      else if (detail === "copy") this.copy();
      else if (detail === "json" || detail === "history") {
        dispatchEvent(new CustomEvent("console-part", { detail: { part: detail, key: this.cursor } }));
        this.$emit("open", this.cursor);
      }
    },
    sortNext() {
      const at = this.slots.findIndex((slot) => slot.key === this.by);
      this.$emit("sort", this.slots[(at + 1) % this.slots.length].key);
    },
    copy() {
      const row = this.rows[this.index.get(this.cursor)];
      const version = this.columns.findIndex((column) => column.key === "version");
      const parts = [row.cells[0].text, row.key, row.cells[version].text];
      copied(parts[this.copies++ % parts.length]);
    },
    toggle(key) {
      if (!this.selectable) return;
      if (!this.selected.delete(key)) this.selected.add(key);
      this.lastMarked = this.index.get(key);
      this.report([...this.selected]);
    },
    selectUpTo(from) {
      if (!this.selectable || !this.cursor) return;
      const at = this.index.get(this.cursor);
      this.rows.slice(Math.min(from, at), Math.max(from, at) + 1).forEach((row) => this.selected.add(row.key));
      this.report([...this.selected]);
    },
    // All that match, loaded here or not: the server knows them by one word.
    selectAll(are) {
      this.selected = new Set(are ? this.rows.map((row) => row.key) : []);
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
