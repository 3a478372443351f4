// Makes everything fit on one screen: the largest form of the problems that does, and beside them as
// much of the rest as there is room for. What is left out is counted, never cut off without a word.
import { band, filled, headline, inOrder, numbered, panel, said, tile, versions } from "./draw.js";

const byId = (id) => document.getElementById(id);
const TILES = [
  { name: "tiles-large", columns: [1, 2], facts: true, does: true, codes: true },
  { name: "tiles", columns: [2, 3], facts: true, does: true, codes: true },
  { name: "tiles-plain", columns: [2, 3, 4], does: true, codes: true },
  { name: "tiles-small", columns: [2, 3, 4, 5], codes: false },
];
const BANDS = [
  { name: "bands-large", columns: [1], names: 8, does: true, codes: true },
  { name: "bands", columns: [1], names: 5, does: true, codes: true },
  { name: "bands", columns: [1], names: 3, codes: true },
  { name: "bands", columns: [2], names: 2, codes: true },
];
const COUNTS = [
  { name: "counts", columns: [2, 3], does: true, codes: true },
  { name: "counts", columns: [2, 3, 4], codes: true },
  { name: "lines", columns: [1], does: true, names: 2 },
  { name: "lines", columns: [1], does: true },
  { name: "cells", columns: [2, 3] },
  { name: "lines", columns: [1, 2] },
];
const FORMS = { tiles: [...TILES, ...BANDS, ...COUNTS], bands: [...BANDS, ...COUNTS], counts: COUNTS };
const NEEDED = { "tiles-large": 15, tiles: 12, "tiles-plain": 11, "tiles-small": 8, bands: 15, "bands-large": 18, counts: 9, lines: 10, cells: 9 }; // em a column
const GIVEN_UP = ["all", "update", "paused", "ending", "running", "unknown"]; // counts that have to go first
const LARGER = [1.9, 1.6, 1.4, 1.25, 1.12];
const CAPITAL = 0.69; // height of a capital letter, of the font's size, for the flattest of the fonts
const MINUTES = 15.4; // of arc that the smallest capital has from where the wall is read

export function setUnit(settings) {
  const aspect = innerWidth / innerHeight;
  const height = settings.inches * 25.4 / Math.hypot(aspect, 1); // of the screen, in millimetres
  const capital = settings.metres * 1000 * Math.tan(MINUTES / 60 * Math.PI / 180);
  document.documentElement.style.setProperty("--u", `${capital / CAPITAL / height * innerHeight}px`);
}

export const unit = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
const isOver = (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;

function isCut(box) {
  return isOver(box) || [...box.children].some((each) => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
}

export function fitHeader() {
  const header = document.querySelector("header");
  const [product, date, profile] = [".product", "#date", ".profile"].map((each) => header.querySelector(each));
  [product, date, profile].forEach((each) => { each.hidden = false; });
  for (const each of [date, product, profile]) if (header.scrollWidth > header.clientWidth) each.hidden = true;
}

export function fitVerdict(isCalm) {
  const verdict = byId("verdict"), root = document.documentElement.style;
  for (const size of isCalm ? [2.6, 2.2, 1.9, 1.6, 1.35] : [1.9, 1.7, 1.5, 1.35, 1.2, 1.1, 1.02]) {
    root.setProperty("--verdict", `${size}em`);
    if (verdict.clientHeight < size * unit() * 1.5) return;
  }
  root.setProperty("--verdict", "1.2em"); // on two lines, then
}

export function fitHeadlines(keyed, isShort) {
  const list = byId("headlines"), lines = inOrder(keyed).map(headline);
  list.className = isShort ? "flat" : "";
  list.replaceChildren(...lines);
  const isWide = () => list.scrollWidth > list.clientWidth + 1;
  if (isWide() && !isShort) list.className = "narrow";
  const nothing = lines.filter((each) => keyed.of[each.dataset.key].count === 0).reverse();
  const others = GIVEN_UP.map((key) => lines.find((each) => each.dataset.key === key)).filter(Boolean);
  for (const each of [...nothing, ...others]) if (isWide()) each.remove();
}

function drawn(picture, form, settings, mark) {
  const of = form.name.startsWith("tiles") ? picture.tiles : picture.bands, make = of === picture.tiles ? tile : band;
  return inOrder(of).map(([, each]) => make(each, form, settings, mark));
}

// As large as the form that fits can be drawn.
function grow(box, isRoomy) {
  if (document.documentElement.hasAttribute("data-grey")) return; // where the age is the largest
  for (const scale of LARGER) {
    box.style.setProperty("--scale", scale);
    if (!isCut(box) && isRoomy(scale)) return;
  }
  box.style.setProperty("--scale", 1);
}

function healthy(text, left, words) {
  const item = document.createElement("li");
  item.className = "rest";
  if (left) item.append(said("tone-critical", filled(words.tiles_more, { count: left }), "✕"));
  if (text) item.append(said("tone-good", text, "✓"));
  return item.childNodes.length ? [item] : [];
}

export function fitProblems(picture, settings, mark) {
  const list = byId("tiles"), em = unit(), rest = picture.said.rest;
  list.style.setProperty("--scale", 1);
  for (const form of FORMS[picture.shape]) {
    const items = drawn(picture, form, settings, mark);
    if (!items.length) continue;
    list.className = form.name;
    list.replaceChildren(...items, ...healthy(rest, 0));
    for (const columns of form.columns) {
      if (columns > 1 && list.clientWidth / em / columns < NEEDED[form.name]) break;
      const used = Math.min(columns, items.length);
      list.style.setProperty("--columns", used);
      if (!isCut(list)) return grow(list, (scale) => used === 1 || list.clientWidth / em / used >= NEEDED[form.name] * scale);
    }
  }
  list.style.setProperty("--columns", 1);
  for (let left = 1; isCut(list) && list.children.length > 2; left += 1) {
    list.lastElementChild.remove();
    list.lastElementChild.remove();
    list.append(...healthy(rest, left, settings.words));
  }
}

export function fitPanels(picture, isWide) {
  const box = byId("panels"), em = unit(), columns = isWide ? Math.max(1, Math.floor(box.clientWidth / em / 18)) : 1;
  box.style.setProperty("--scale", 1);
  const bars = inOrder(picture.versions).map(([, bar]) => bar);
  const told = inOrder(picture.panels);
  const plan = { means: true, details: true, lines: 5, bars: bars.length, panels: told.length };
  const smaller = [
    () => { plan.means = false; }, () => { plan.bars = Math.min(plan.bars, 2); }, () => { plan.lines = 3; }, () => { plan.details = false; },
    () => { plan.lines = 2; }, () => { plan.panels = Math.min(plan.panels, 3); }, () => { plan.lines = 1; }, () => { plan.panels = Math.min(plan.panels, 2); },
    () => { plan.bars = Math.min(plan.bars, 1); }, () => { plan.panels = Math.min(plan.panels, 1); }, () => { plan.bars = 0; }, () => { plan.panels = 0; },
  ];
  for (const step of [() => {}, ...smaller]) {
    step();
    const shown = told.slice(0, plan.panels).map((each) => panel(each, plan.lines, plan.details));
    const first = shown.filter((each) => each.dataset.key === "work"), others = shown.filter((each) => each.dataset.key !== "work");
    const made = [...first, ...bars.slice(0, plan.bars).map((bar) => versions(bar, plan.means)), ...others];
    const used = Math.max(1, Math.min(columns, made.length));
    box.style.setProperty("--columns", used);
    box.replaceChildren(...made);
    if (!isCut(box)) return grow(box, (scale) => box.clientWidth / em / used >= 12 * scale);
  }
}
