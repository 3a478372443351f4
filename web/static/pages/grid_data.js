// The rows of a grid as the server tells them: at first some, then all, and then only what changes.
import { cellFrom } from "console/cells.js";
import { afterDrawing } from "console/later.js";

const AGAIN = 3000; // milliseconds until rows that did not come are asked for again

function rowFrom([key, cells]) {
  return { key, cells: cells.map(cellFrom) };
}

// A number in a hint is a sentence of the one before.
function hinted(cell, before) {
  if (!Array.isArray(cell.hint)) return cell;
  const had = before.split(". ");
  return { ...cell, hint: cell.hint.map((part) => typeof part === "number" ? had[part] : part).join(". ") };
}

export class GridData {
  // `replaced` is called when all rows are others, `rearranged` when some came, left or moved,
  // `redrawn` with a row and the number of its cell that changed.
  constructor({ replaced, rearranged, redrawn }) {
    Object.assign(this, { replaced, rearranged, redrawn });
    this.rows = []; this.index = new Map(); this.version = 0; this.waiting = null; this.empty = "";
  }

  close() { clearTimeout(this.again); }

  // `from` is where all of the rows are, when there are more than these.
  take(table, from) {
    this.from = from; this.waiting = null;
    clearTimeout(this.again);
    this.set(table);
    if (table.total > table.rows.length) this.fetchAll();
  }

  set(table) {
    this.version = table.version; this.total = table.total; this.empty = table.empty;
    this.rows = table.rows.map(rowFrom);
    this.number();
    this.replaced();
  }

  number() { this.index = new Map(this.rows.map((row, number) => [row.key, number])); }

  // What changes meanwhile waits for the answer. An answer that another table has overtaken is dropped.
  fetchAll() {
    const waiting = this.waiting = [];
    afterDrawing(() => this.fetchFor(waiting));
  }

  fetchFor(waiting) {
    fetch(this.from, { cache: "no-store" })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
      .then((table) => {
        if (this.waiting !== waiting) return;
        this.waiting = null;
        this.set(table);
        waiting.filter((message) => message.v > this.version).forEach((message) => this.patch(message));
      })
      .catch(() => {
        if (this.waiting === waiting) this.again = setTimeout(() => this.fetchAll(), AGAIN);
      });
  }

  patch(message) {
    if (this.waiting) { this.waiting.push(message); return; }
    if (message.v !== this.version + 1) { this.fetchAll(); return; }
    this.version = message.v;
    this.recell(message.c ?? []);
    if ("empty" in message) this.empty = message.empty;
    if (message.x || message.m || message.r) this.rearrange(message);
  }

  // A cell is told as it is, or as it was in another row; its hint also by sentences that were here.
  recell(changed) {
    const cells = changed.map(([column, wire]) => typeof wire === "number" ? this.rows[wire].cells[column] : cellFrom(wire));
    changed.forEach(([column, , numbers], n) => {
      for (const number of numbers) {
        const row = this.rows[number];
        row.cells[column] = hinted(cells[n], row.cells[column].hint);
        this.redrawn(row, column);
      }
    });
  }

  // Takes out what left or moved, then puts back by ascending place: all else keeps its order.
  rearrange({ x = [], m = [], r = [] }) {
    const away = new Set([...x, ...m.map(([number]) => number)]);
    const put = [...m.map(([number, place]) => [place, this.rows[number]]), ...r.map(([place, wire]) => [place, rowFrom(wire)])];
    this.rows = this.rows.filter((_, number) => !away.has(number));
    put.sort(([a], [b]) => a - b).forEach(([place, row]) => this.rows.splice(place, 0, row));
    this.total = this.rows.length;
    this.number();
    this.rearranged();
  }
}
