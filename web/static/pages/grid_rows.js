// The rows of a grid that are in the page: those in view, those just beyond it, and the one that has
// the focus. They stand in the page in the order in which they are seen.
import { drawCell } from "console/cells.js";

const BEYOND = 8; // rows drawn above and below the view

export class GridRows {
  constructor(body, space, selectable) {
    this.body = body; this.space = space; this.selectable = selectable;
    this.drawn = new Map(); this.slots = []; this.template = "";
  }

  // The height of a row is the stylesheet's.
  layOut(slots, template, total) {
    this.slots = slots; this.template = template;
    this.row = parseFloat(getComputedStyle(this.body).getPropertyValue("--row"));
    this.space.style.height = `${total * this.row}px`;
    this.drawn.forEach((element) => element.remove());
    this.drawn.clear();
  }

  draw(rows, cursorAt) {
    const had = this.space.contains(document.activeElement);
    this.space.style.height = `${rows.length * this.row}px`;
    const from = Math.max(0, Math.floor(this.body.scrollTop / this.row) - BEYOND);
    const to = Math.min(rows.length, Math.ceil((this.body.scrollTop + this.body.clientHeight) / this.row) + BEYOND);
    const numbers = Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
    if (cursorAt !== undefined && cursorAt < from) numbers.unshift(cursorAt);
    if (cursorAt !== undefined && cursorAt >= to) numbers.push(cursorAt);
    const wanted = new Set(numbers.map((number) => rows[number].key));
    this.drawn.forEach((element, key) => { if (!wanted.has(key)) { element.remove(); this.drawn.delete(key); } });
    let next = null;
    for (const number of numbers.reverse()) next = this.place(rows[number], number, next);
    if (had && !this.space.contains(document.activeElement)) this.focus(rows[cursorAt]?.key);
  }

  drawAll(rows) {
    let next = null;
    for (let number = rows.length - 1; number >= 0; number--) next = this.place(rows[number], number, next);
  }

  place(row, number, next) {
    let element = this.drawn.get(row.key);
    if (!element) this.drawn.set(row.key, element = this.build(row));
    if (element.parentNode !== this.space || element.nextSibling !== next) this.space.insertBefore(element, next);
    element.style.transform = `translateY(${number * this.row}px)`;
    element.setAttribute("aria-rowindex", number + 2);
    return element;
  }

  build(row) {
    const element = document.createElement("div");
    element.className = "grid-row";
    element.dataset.key = row.key;
    element.setAttribute("role", "row");
    element.style.gridTemplateColumns = this.template;
    if (this.selectable) element.append(this.checkbox(row));
    for (const slot of this.slots) {
      const holder = document.createElement("div");
      holder.setAttribute("role", "gridcell");
      holder.dataset.column = slot.number;
      holder.style.gridArea = slot.area;
      holder.append(document.createElement("span"));
      drawCell(holder.firstChild, row.cells[slot.number]);
      element.append(holder);
    }
    return element;
  }

  checkbox(row) {
    const holder = document.createElement("div");
    holder.className = "select";
    holder.setAttribute("role", "gridcell");
    const box = document.createElement("input");
    box.type = "checkbox"; box.tabIndex = -1;
    box.setAttribute("aria-label", `Select ${row.cells[0].text}`);
    holder.append(box);
    return holder;
  }

  redraw(row, column) {
    const holder = this.drawn.get(row.key)?.querySelector(`[data-column="${column}"]`);
    if (!holder) return;
    drawCell(holder.firstChild, row.cells[column]);
    holder.classList.remove("changed");
    void holder.offsetWidth; // begins the animation again
    holder.classList.add("changed");
  }

  mark(cursor, selected) {
    this.drawn.forEach((element, key) => {
      const is = selected.has(key);
      element.classList.toggle("cursor", key === cursor);
      element.tabIndex = key === cursor ? 0 : -1;
      element.setAttribute("aria-selected", is);
      const box = element.querySelector("input");
      if (box) box.checked = is;
    });
  }

  focus(key) { this.drawn.get(key)?.focus({ preventScroll: true }); }

  // Scrolls no further than needed to show a whole row.
  reveal(number) {
    if (number * this.row < this.body.scrollTop) this.body.scrollTop = number * this.row;
    const below = (number + 1) * this.row - this.body.clientHeight;
    if (below > this.body.scrollTop) this.body.scrollTop = below;
  }
}
