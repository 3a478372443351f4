// The fleet as a grid: only the rows in view are in the page, and only changed cells are redrawn.
// Which rows there are, their order and their words come from the server.
import { cellFrom } from "/static/cells.js";
import { GridRows, ROW } from "/static/grid_rows.js";

const CHARACTER = 8.4; // pixels of an average character, to turn widths in characters into pixels
const SHORTEST_NAME = 20; // characters
const PHONE = 560; // pixels below which only what matters most is shown, and smaller
const ON_PHONE = "minmax(0, 1fr) 128px 120px"; // name, status, support
const AGAIN = 3000; // milliseconds until rows that did not come are asked for again

function rowFrom([key, cells]) {
  return { key, cells: cells.map(cellFrom) };
}

export default {
  template: `
    <div class="grid" role="grid" :aria-rowcount="total + 1" aria-label="Runners" :aria-multiselectable="selectable">
      <div class="grid-head" role="rowgroup"><div class="grid-titles" role="row" aria-rowindex="1" :style="{ gridTemplateColumns: template }">
        <div role="columnheader" class="select" v-if="selectable">
          <input type="checkbox" aria-label="Select all that match" :checked="selectedCount > 0 && selectedCount === total"
                 :indeterminate.prop="selectedCount > 0 && selectedCount < total" @change="selectAll">
        </div>
        <div v-for="slot in slots" :key="slot.key" role="columnheader" :aria-sort="ariaSort(slot.key)">
          <button type="button" :title="slot.explains" @click="$emit('sort', slot.key)">
            <span>{{ slot.title }}</span><span class="arrow" aria-hidden="true">{{ arrow(slot.key) }}</span>
          </button>
        </div>
      </div></div>
      <div class="grid-body" role="rowgroup" ref="body" tabindex="-1" @scroll.passive="draw" @keydown="key">
        <div class="grid-space" role="presentation" ref="space" @click="click"></div>
        <p class="empty" v-if="!total">{{ empty }}</p>
      </div>
    </div>`,
  props: { first: Object, columns: Array, source: String, sort: String, descending: Boolean, selectable: Boolean },
  data() {
    return { slots: [], template: "", total: 0, empty: "", selectedCount: 0, by: this.sort, down: this.descending };
  },
  created() {
    this.rows = []; this.index = new Map(); this.selected = new Set();
    this.cursor = null; this.waiting = null; this.version = 0; this.hasAll = false;
  },
  mounted() {
    this.grid = new GridRows(this.$refs.body, this.$refs.space, this.selectable);
    this.resizing = new ResizeObserver(() => this.layOut());
    this.resizing.observe(this.$el);
    this.take(this.first, this.source);
  },
  unmounted() { this.resizing.disconnect(); clearTimeout(this.again); },
  methods: {
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
      for (const [number, column, wire] of message.c ?? []) {
        const row = this.rows[number];
        row.cells[column] = cellFrom(wire);
        this.grid.redraw(row, column);
      }
      if ("empty" in message) this.empty = message.empty;
      if (message.m) this.rearrange(message);
    },
    // Takes out what left or moved, then puts back by ascending place: all else keeps its order.
    rearrange({ x, m, r }) {
      const away = new Set([...x, ...m.map(([number]) => number)]);
      const put = [...m.map(([number, place]) => [place, this.rows[number]]), ...r.map(([place, wire]) => [place, rowFrom(wire)])];
      this.rows = this.rows.filter((_, number) => !away.has(number));
      put.sort(([a], [b]) => a - b).forEach(([place, row]) => this.rows.splice(place, 0, row));
      this.total = this.rows.length;
      this.reorder();
      this.draw();
    },
    reorder() {
      this.index = new Map(this.rows.map((row, number) => [row.key, number]));
      if (!this.index.has(this.cursor)) this.cursor = this.rows[0]?.key ?? null;
      this.$refs.space.style.height = `${this.total * ROW}px`;
    },
    layOut() {
      const width = (this.$el.clientWidth - 40 - (this.selectable ? 36 : 0)) / CHARACTER;
      const ranked = [...this.columns.keys()].sort((a, b) => this.columns[a].rank - this.columns[b].rank);
      const phone = this.$el.clientWidth < PHONE;
      let free = width - SHORTEST_NAME;
      const chosen = new Set(ranked.slice(0, phone ? 3 : 1));
      for (const number of ranked.slice(phone ? 3 : 1)) {
        const wanted = this.columns[number].width + 2;
        if (!phone && wanted <= free) { chosen.add(number); free -= wanted; }
      }
      this.slots = [...chosen].sort((a, b) => a - b).map((number) => ({ ...this.columns[number], number }));
      const widths = this.slots.map((slot) => {
        const pixels = Math.round((slot.width + 2) * CHARACTER);
        const name = Math.round(SHORTEST_NAME * CHARACTER);
        return slot.rank === 0 ? `minmax(${name}px, 1.2fr)` : `minmax(${pixels}px, ${slot.key === "attention" ? "1.4fr" : ".6fr"})`;
      });
      this.template = (this.selectable ? "36px " : "") + (phone ? ON_PHONE : widths.join(" "));
      const had = this.$refs.space.contains(document.activeElement);
      this.grid.layOut(this.slots, this.template);
      this.draw();
      if (had) this.grid.focus(this.cursor);
    },
    draw() {
      this.grid?.draw(this.rows, this.index.get(this.cursor));
      this.remark();
    },
    remark() { this.grid?.mark(this.cursor, this.selected); },
    click(event) {
      const row = event.target.closest(".grid-row");
      if (!row) return;
      const before = this.index.get(this.cursor);
      this.cursor = row.dataset.key;
      if (!event.target.closest(".select")) this.$emit("open", this.cursor);
      else if (event.shiftKey) this.selectUpTo(before ?? 0);
      else this.toggle(this.cursor);
      this.remark();
      row.focus({ preventScroll: true });
    },
    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const page = Math.max(1, Math.floor(this.$refs.body.clientHeight / ROW) - 1);
      const moves = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
      if (event.key in moves) this.move(moves[event.key]);
      else if (event.key === "Enter") { if (this.cursor) this.$emit("open", this.cursor); }
      else if (event.key === " ") { if (this.cursor) this.toggle(this.cursor); }
      else return;
      event.preventDefault();
    },
    move(by) {
      this.toEnd = by === Infinity && this.waiting !== null;
      const at = this.index.get(this.cursor) ?? 0;
      const number = Math.max(0, Math.min(this.rows.length - 1, at + by));
      this.cursor = this.rows[number]?.key ?? null;
      this.grid.reveal(number);
      this.draw();
      this.grid.focus(this.cursor);
    },
    toggle(key) {
      if (!this.selectable) return;
      if (!this.selected.delete(key)) this.selected.add(key);
      this.report([...this.selected]);
    },
    selectUpTo(from) {
      const at = this.index.get(this.cursor);
      this.rows.slice(Math.min(from, at), Math.max(from, at) + 1).forEach((row) => this.selected.add(row.key));
      this.report([...this.selected]);
    },
    // All that match, loaded here or not: the server knows them by one word.
    selectAll(event) {
      this.selected = new Set(event.target.checked ? this.rows.map((row) => row.key) : []);
      this.report(event.target.checked ? "all" : []);
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
