// Makes everything fit on one screen: the largest form of the problems that does, and beside them as
// much of the rest as there is room for. What is left out is counted, never cut off without a word.
import { band, filled, headline, inOrder, panel, remedies, said, tile, versions } from "console/draw.js";

const byId = (id) => document.getElementById(id);
const TILES = [
  { name: "tiles-large", columns: [1, 2], facts: true, does: true, codes: true },
  { name: "tiles", columns: [2, 3], facts: true, does: true, codes: true },
  { name: "tiles-plain", columns: [2, 3, 4], does: true, codes: true },
  { name: "tiles-small", columns: [2, 3, 4], does: true },
  { name: "tiles-small", columns: [2, 3, 4, 5], remedies: (kinds) => kinds.filter((each) => each.tone === "critical").length || 1 },
  { name: "tiles-small", columns: [2, 3, 4, 5], remedies: () => 1 },
  { name: "tiles-small", columns: [2, 3, 4, 5] },
];
const BANDS = [
  { name: "bands-large", columns: [1], names: 8, does: true, codes: true },
  { name: "bands", columns: [1], names: 5, does: true, codes: true },
  { name: "bands", columns: [2], names: 2, does: true, codes: true },
  { name: "bands", columns: [2], does: true, codes: true },
  { name: "bands", columns: [1], names: 3, codes: true },
  { name: "bands", columns: [2], names: 2, codes: true },
];
const COUNTS = [
  { name: "counts", columns: [2, 3], does: true, codes: true },
  { name: "counts", columns: [2, 3, 4], codes: true },
  { name: "lines", columns: [1], does: true, names: 2 },
  { name: "lines", columns: [1], does: true },
  { name: "cells", columns: [2], does: true, needs: 14 },
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

// What was found to fit last, and for what: while that is the same only the texts are new, and it is
// tried first. Looking for the best form takes a dozen layouts.
const found = {};
const same = (what, ...about) => {
  const key = JSON.stringify([...about, innerWidth, innerHeight, document.documentElement.hasAttribute("data-grey")]);
  const was = found[what];
  found[what] = { key };
  return was?.key === key ? was : null;
};
const keep = (what, chosen) => Object.assign(found[what], chosen);

export function fitVerdict(isCalm) {
  const verdict = byId("verdict"), root = document.documentElement.style, was = same("verdict", isCalm, verdict.textContent.length);
  const sizes = isCalm ? [2.6, 2.2, 1.9, 1.6, 1.35] : [1.9, 1.7, 1.5, 1.35, 1.2, 1.1, 1.02];
  const isOneLine = (size) => { root.setProperty("--verdict", `${size}em`); return verdict.clientHeight < size * unit() * 1.5; };
  const size = was && isOneLine(was.size) ? was.size : sizes.find(isOneLine);
  if (!size) root.setProperty("--verdict", "1.2em"); // on two lines, then
  keep("verdict", { size: size ?? 1.2 });
}

export function fitHeadlines(keyed, isShort) {
  const list = byId("headlines"), lines = inOrder(keyed).map(headline), count = (key) => keyed.of[key].count;
  const was = same("headlines", isShort, byId("all").hidden, lines.map((each) => String(count(each.dataset.key)).length), lines.map((each) => count(each.dataset.key) === 0));
  if (was) {
    list.replaceChildren(...lines.filter((each) => was.shown.includes(each.dataset.key)));
    keep("headlines", was);
    return;
  }
  list.className = isShort ? "flat" : "";
  list.replaceChildren(...lines);
  const isWide = () => list.scrollWidth > list.clientWidth + 1;
  if (isWide() && !isShort) list.className = "narrow";
  const nothing = lines.filter((each) => count(each.dataset.key) === 0).reverse();
  const others = GIVEN_UP.map((key) => lines.find((each) => each.dataset.key === key)).filter(Boolean);
  for (const each of [...nothing, ...others]) if (isWide()) each.remove();
  keep("headlines", { shown: [...list.children].map((each) => each.dataset.key) });
}

function drawn(picture, form, settings, mark) {
  const of = form.name.startsWith("tiles") ? picture.tiles : picture.bands, make = of === picture.tiles ? tile : band;
  return inOrder(of).map(([, each]) => make(each, form, settings, mark));
}

// As large as the form that fits can be drawn.
function grown(box, isRoomy) {
  const isGrey = document.documentElement.hasAttribute("data-grey"); // then the age is the largest
  const fits = (scale) => { box.style.setProperty("--scale", scale); return isRoomy(scale) && !isCut(box); };
  const scale = isGrey ? 1 : LARGER.find(fits) ?? 1;
  box.style.setProperty("--scale", scale);
  return scale;
}

function healthy(text, left, words) {
  const item = document.createElement("li");
  item.className = left ? "rest left-out" : "rest";
  if (left) item.append(said("tone-critical", left === 1 ? words.kind_more : filled(words.kinds_more, { count: left }), "✕"));
  if (text) item.append(said("tone-good", text, "✓"));
  return item.childNodes.length ? [item] : [];
}

// Fewer and fewer, but no fewer than that, until nothing is cut; how many there are then.
function remediesThatFit(list, least) {
  const said = list.lastElementChild;
  while (isCut(list) && said.children.length > least) said.lastElementChild.remove();
  return said.children.length;
}

export function fitProblems(picture, settings, mark) {
  const list = byId("tiles"), em = unit(), rest = picture.said.rest;
  const was = same("problems", picture.shape, picture.tiles.order.length, picture.bands.order.length, mark !== "", list.clientHeight, list.clientWidth);
  const put = (form, columns, scale) => {
    list.className = form.name;
    list.style.setProperty("--columns", columns);
    list.style.setProperty("--scale", scale);
  };
  const kinds = inOrder(picture.bands).map(([, each]) => each);
  const fill = (items, told) => {
    list.replaceChildren(...items, ...healthy(rest, 0));
    if (told > 0) list.append(remedies(kinds.slice(0, told)));
  };
  if (was?.form) {
    fill(drawn(picture, was.form, settings, mark), was.told);
    put(was.form, was.columns, was.scale);
    if (!isCut(list)) { keep("problems", was); return; }
  }
  for (const form of FORMS[picture.shape]) {
    const items = drawn(picture, form, settings, mark);
    if (!items.length) continue;
    const needed = form.needs ?? NEEDED[form.name];
    for (const most of form.columns) {
      const columns = Math.min(most, items.length), wide = list.clientWidth / em / columns;
      if (most > 1 && list.clientWidth / em / most < needed) break;
      put(form, columns, 1);
      fill(items, form.remedies ? kinds.length : 0);
      const told = form.remedies ? remediesThatFit(list, form.remedies(kinds)) : 0;
      if (isCut(list)) continue;
      keep("problems", { form, columns, told, scale: grown(list, (scale) => columns === 1 || wide >= needed * scale) });
      return;
    }
  }
  list.style.setProperty("--columns", 1);
  for (let left = 1; isCut(list) && list.children.length > 2; left += 1) {
    list.lastElementChild.remove();
    list.lastElementChild.remove();
    list.append(...healthy(rest, left, settings.words));
    if (isCut(list)) list.lastElementChild.replaceWith(...healthy("", left, settings.words)); // problems come first
  }
}

const PLANS = [{ means: true, details: true, lines: 5, bars: 9, panels: 9 }];
for (const less of [
  { means: false }, { bars: 2 }, { lines: 3 }, { details: false }, { lines: 2 }, { panels: 3 }, { lines: 1 }, { panels: 2 }, { bars: 1 }, { panels: 1 }, { bars: 0 }, { panels: 0 },
]) PLANS.push({ ...PLANS.at(-1), ...less });

export function fitPanels(picture, isWide) {
  const box = byId("panels"), em = unit(), most = isWide ? Math.max(1, Math.floor(box.clientWidth / em / 18)) : 1;
  const bars = inOrder(picture.versions), told = inOrder(picture.panels);
  const was = same("panels", isWide, box.parentElement.clientHeight, bars.map(([key, bar]) => [key, Object.keys(bar.parts).length]), told.map(([key, each]) => [key, Object.keys(each.lines).length]));
  const fits = (plan, scale = 1) => {
    const shown = told.slice(0, plan.panels).map((each) => panel(each, plan.lines, plan.details));
    const first = shown.filter((each) => each.dataset.key === "work"), others = shown.filter((each) => each.dataset.key !== "work");
    const made = [...first, ...bars.slice(0, plan.bars).map(([, bar]) => versions(bar, plan.means)), ...others];
    box.style.setProperty("--columns", Math.max(1, Math.min(most, made.length)));
    box.style.setProperty("--scale", scale);
    box.replaceChildren(...made);
    return !isCut(box);
  };
  if (was?.plan && fits(was.plan, was.scale)) { keep("panels", was); return; }
  let low = 0, high = PLANS.length - 1; // each takes less room than the one before
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(PLANS[middle])) high = middle;
    else low = middle + 1;
  }
  fits(PLANS[low]);
  const wide = box.clientWidth / em / Math.max(1, Math.min(most, box.children.length));
  keep("panels", { plan: PLANS[low], scale: grown(box, (scale) => wide >= 12 * scale) });
}
