// The fleet as a grid: only the rows in view are in the page, and only changed cells are redrawn.
// Which rows there are, their order and their words come from the server.
import { cellFrom, drawCell } from "/static/cells.js";

const ROW = 36; // pixels, as in console.css
const CHARACTER = 8.4; // pixels of an average character, to turn widths in characters into pixels
const BEYOND = 8; // rows drawn above and below the view
const SHORTEST_NAME = 14;
const PHONE = 560; // pixels below which only what matters most is shown, and smaller
const ON_PHONE = "minmax(0, 1fr) 128px 120px"; // name, status, support

function rowFrom([key, cells]) {
  return { key, cells: cells.map(cellFrom) };
}

export default {
  template: `
    <div class="grid" role="grid" :aria-rowcount="total + 1" aria-label="Runners" aria-multiselectable="true">
      <div class="grid-head" role="row" aria-rowindex="1" :style="{ gridTemplateColumns: template }">
        <div role="columnheader" class="select" v-if="selectable">
          <input type="checkbox" aria-label="Select all that match" :checked="allSelected" @change="selectAll">
        </div>
        <div v-for="slot in slots" :key="slot.key" role="columnheader" :aria-sort="ariaSort(slot.key)">
          <button type="button" :title="slot.explains" @click="$emit('sort', slot.key)">
            <span>{{ slot.title }}</span><span class="arrow" aria-hidden="true">{{ arrow(slot.key) }}</span>
          </button>
        </div>
      </div>
      <div class="grid-body" ref="body" tabindex="0" @scroll.passive="draw" @keydown="key"
           :aria-activedescendant="active" aria-label="Rows">
        <div class="grid-space" ref="space" @click="click" @dblclick="open"></div>
        <p class="empty" v-if="!total">{{ empty }}</p>
      </div>
    </div>`,
  props: { first: Object, columns: Array, source: String, sort: String, descending: Boolean, selectable: Boolean },
  data() {
    return { slots: [], template: "", total: 0, empty: "", active: null, allSelected: false, by: this.sort, down: this.descending };
  },
  created() {
    this.rows = []; this.index = new Map(); this.drawn = new Map(); this.selected = new Set();
    this.cursor = null; this.waiting = null; this.version = 0;
  },
  mounted() {
    this.resizing = new ResizeObserver(() => this.layOut());
    this.resizing.observe(this.$el);
    this.take(this.first, this.source);
  },
  unmounted() { this.resizing.disconnect(); },
  methods: {
    replace(table, source, sort, descending) {
      this.by = sort; this.down = descending;
      this.$refs.body.scrollTop = 0;
      this.take(table, source);
    },
    take(table, source) {
      this.from = source;
      this.set(table);
      if (table.total > table.rows.length) this.fetchAll(source);
    },
    set(table) {
      this.version = table.version; this.total = table.total; this.empty = table.empty;
      this.rows = table.rows.map(rowFrom);
      this.reorder();
      this.layOut();
    },
    async fetchAll(source) {
      if (this.waiting) return;
      this.waiting = [];
      const response = await fetch(source, { cache: "no-store" });
      const missed = this.waiting;
      this.waiting = null;
      if (!response.ok) return;
      this.set(await response.json());
      missed.filter((message) => message.v > this.version).forEach((message) => this.patch(message));
    },
    patch(message) {
      if (this.waiting) { this.waiting.push(message); return; }
      if (message.v !== this.version + 1) { this.fetchAll(this.from); return; }
      this.version = message.v;
      for (const [number, column, wire] of message.c ?? []) {
        const row = this.rows[number];
        row.cells[column] = cellFrom(wire);
        const element = this.drawn.get(row.key);
        if (element) this.drawOne(element, row, column);
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
      this.countSelected();
    },
    layOut() {
      const width = (this.$el.clientWidth - 24 - (this.selectable ? 36 : 0)) / CHARACTER;
      const ranked = [...this.columns.keys()].sort((a, b) => this.columns[a].rank - this.columns[b].rank);
      let free = width - SHORTEST_NAME;
      const chosen = new Set([ranked[0]]);
      for (const number of ranked.slice(1)) {
        const wanted = this.columns[number].width + 2;
        if (wanted <= free) { chosen.add(number); free -= wanted; }
      }
      const phone = this.$el.clientWidth < PHONE;
      if (phone) ranked.slice(0, 3).forEach((number) => chosen.add(number));
      this.slots = [...chosen].sort((a, b) => a - b).map((number) => ({ ...this.columns[number], number }));
      const widths = this.slots.map((slot) => {
        const pixels = Math.round((slot.width + 2) * CHARACTER);
        return slot.rank === 0 ? "minmax(112px, 1.2fr)" : `minmax(${pixels}px, ${slot.key === "attention" ? "1.4fr" : ".6fr"})`;
      });
      this.template = (this.selectable ? "36px " : "") + (phone ? ON_PHONE : widths.join(" "));
      this.drawn.forEach((element) => element.remove());
      this.drawn.clear();
      this.draw();
    },
    draw() {
      const body = this.$refs.body;
      if (!body) return;
      const from = Math.max(0, Math.floor(body.scrollTop / ROW) - BEYOND);
      const to = Math.min(this.rows.length, Math.ceil((body.scrollTop + body.clientHeight) / ROW) + BEYOND);
      const wanted = new Set(this.rows.slice(from, to).map((row) => row.key));
      this.drawn.forEach((element, key) => { if (!wanted.has(key)) { element.remove(); this.drawn.delete(key); } });
      for (let number = from; number < to; number++) this.place(number);
    },
    place(number) {
      const row = this.rows[number];
      let element = this.drawn.get(row.key);
      if (!element) {
        element = this.build(row);
        this.drawn.set(row.key, element);
        this.$refs.space.append(element);
      }
      element.style.transform = `translateY(${number * ROW}px)`;
      element.setAttribute("aria-rowindex", number + 2);
      this.mark(element, row.key);
    },
    build(row) {
      const element = document.createElement("div");
      element.className = "grid-row";
      element.id = `row-${row.key}`;
      element.dataset.key = row.key;
      element.setAttribute("role", "row");
      element.style.gridTemplateColumns = this.template;
      if (this.selectable) {
        const holder = document.createElement("div");
        holder.className = "select";
        holder.setAttribute("role", "gridcell");
        const box = document.createElement("input");
        box.type = "checkbox"; box.tabIndex = -1;
        box.setAttribute("aria-label", `Select ${row.cells[0].text}`);
        holder.append(box);
        element.append(holder);
      }
      for (const slot of this.slots) {
        const holder = document.createElement("div");
        holder.setAttribute("role", "gridcell");
        holder.dataset.column = slot.number;
        holder.append(document.createElement("span"));
        element.append(holder);
        drawCell(holder.firstChild, row.cells[slot.number]);
      }
      return element;
    },
    drawOne(element, row, column) {
      const holder = element.querySelector(`[data-column="${column}"]`);
      if (!holder) return;
      drawCell(holder.firstChild, row.cells[column]);
      holder.classList.remove("changed");
      void holder.offsetWidth;
      holder.classList.add("changed");
    },
    mark(element, key) {
      const is = this.selected.has(key);
      element.classList.toggle("cursor", key === this.cursor);
      element.setAttribute("aria-selected", is);
      const box = element.querySelector("input");
      if (box) box.checked = is;
    },
    remark() {
      this.drawn.forEach((element, key) => this.mark(element, key));
      this.active = this.cursor ? `row-${this.cursor}` : null;
    },
    click(event) {
      const row = event.target.closest(".grid-row");
      if (!row) return;
      this.cursor = row.dataset.key;
      if (event.target.closest(".select")) this.toggle(this.cursor);
      else this.$emit("open", this.cursor);
      this.remark();
    },
    open() { if (this.cursor) this.$emit("open", this.cursor); },
    key(event) {
      const page = Math.max(1, Math.floor(this.$refs.body.clientHeight / ROW) - 1);
      const moves = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in moves) this.move(moves[event.key]);
      else if (event.key === "Enter") this.open();
      else if (event.key === " ") { if (this.cursor) this.toggle(this.cursor); }
      else return;
      event.preventDefault();
    },
    move(by) {
      const at = this.index.get(this.cursor) ?? 0;
      const number = Math.max(0, Math.min(this.rows.length - 1, at + by));
      this.cursor = this.rows[number]?.key ?? null;
      const body = this.$refs.body;
      if (number * ROW < body.scrollTop) body.scrollTop = number * ROW;
      if ((number + 1) * ROW > body.scrollTop + body.clientHeight) body.scrollTop = (number + 1) * ROW - body.clientHeight;
      this.draw();
      this.remark();
    },
    toggle(key) {
      if (!this.selectable) return;
      if (!this.selected.delete(key)) this.selected.add(key);
      this.report();
    },
    selectAll(event) {
      this.rows.forEach((row) => (event.target.checked ? this.selected.add(row.key) : this.selected.delete(row.key)));
      this.report();
    },
    unselect() { this.selected.clear(); this.report(); },
    report() {
      this.countSelected();
      this.remark();
      this.$emit("select", [...this.selected]);
    },
    countSelected() { this.allSelected = this.total > 0 && this.rows.every((row) => this.selected.has(row.key)); },
    ariaSort(key) { return key !== this.by ? "none" : this.down ? "descending" : "ascending"; },
    arrow(key) { return key !== this.by ? "" : this.down ? "▼" : "▲"; },
  },
};
