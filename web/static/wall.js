// The wall: draws what the stream says, counts the age of the data itself, and never shows stale data
// as fresh. EventSource reconnects alone; each connection begins with the whole picture.
import { duration } from "./cells.js";

const SILENCE = 16000; // milliseconds without a heartbeat after which the stream counts as lost
const AGAIN = 3000; // milliseconds until a stream that was refused is asked for anew
const SIZES = ["large", "middle", "compact", "small"]; // of tiles, in wall.css
const byId = (id) => document.getElementById(id);
let taken = null, heard = Date.now(), staleAfter = 35000, version = null, last = null;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function said(className, cell) {
  const line = element("span", className);
  if (cell.symbol) line.append(element("span", "symbol", cell.symbol));
  line.append(cell.text);
  return line;
}

function headline(line) {
  const item = element("li", `tone-${line.tone}`);
  const count = element("b", "", String(line.count));
  item.append(count, said("", { symbol: line.symbol, text: line.label }));
  return item;
}

function tile(problem) {
  const item = element("li", `tone-${problem.tone}`);
  const [wrong, ...facts] = problem.cells.map((cell) => said(`tone-${cell.tone}`, cell));
  wrong.classList.add("wrong");
  const line = element("p", "facts");
  line.append(...facts);
  item.append(element("b", "", problem.name.text), wrong, line);
  return item;
}

function draw(wall) {
  const verdict = byId("verdict");
  verdict.textContent = wall.verdict;
  verdict.className = `tone-${wall.tone}`;
  byId("releases").textContent = wall.releases;
  byId("outlook").textContent = wall.outlook;
  byId("outlook").hidden = !wall.outlook;
  byId("banner").textContent = wall.banner;
  byId("banner").hidden = !wall.banner;
  byId("headlines").replaceChildren(...wall.headlines.map(headline));
  staleAfter = wall.stale_seconds * 1000;
  const tiles = byId("tiles");
  tiles.replaceChildren(...wall.tiles.map(tile));
  fit(tiles, wall);
}

function beyond(tiles) {
  const bottom = tiles.getBoundingClientRect().bottom;
  return [...tiles.children].filter((each) => each.getBoundingClientRect().bottom > bottom + 1);
}

// As large as all of them fit. Those that do not fit even small are counted, never cut off without a word.
function fit(tiles, wall) {
  for (const size of SIZES) {
    tiles.className = size;
    if (!beyond(tiles).length) break;
  }
  const hidden = beyond(tiles);
  hidden.forEach((each) => each.remove());
  const more = hidden.length ? `${hidden.length} more with problems. ` : "";
  byId("rest").textContent = more + wall.rest;
}

function tick() {
  const now = Date.now();
  byId("headlines").hidden = taken === null; // counts of what was never read are no counts
  byId("clock").textContent = new Date(now).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  if (taken === null) { byId("age").textContent = ""; return; }
  const age = now - taken;
  const lost = now - heard > SILENCE;
  const stale = lost || age > staleAfter;
  byId("age").textContent = `${duration(age)} old`;
  byId("stale").textContent = `Data is ${duration(age)} old${lost ? ": no connection to the console" : ""}`;
  if (byId("stale").hidden !== stale) return;
  document.body.classList.toggle("stale", stale);
  byId("stale").hidden = !stale;
  if (last) draw(last); // there is another height for the tiles now
}

// EventSource gives up where it was answered with an error: by a proxy for a while, or because the
// sign-in has ended, which only a new page can mend.
async function again() {
  const answer = await fetch("sign-in", { redirect: "manual" }).catch(() => null);
  if (answer?.ok) location.reload(); // who is signed in would be led away from there
  else listen();
}

function listen() {
  const stream = new EventSource("wall/events");
  stream.addEventListener("error", () => { if (stream.readyState === EventSource.CLOSED) setTimeout(again, AGAIN); });
  stream.addEventListener("hello", (event) => {
    const { version: theirs } = JSON.parse(event.data);
    if (version !== null && version !== theirs) location.reload();
    version = theirs;
  });
  stream.addEventListener("wall", (event) => { last = JSON.parse(event.data); draw(last); });
  stream.addEventListener("beat", (event) => {
    heard = Date.now();
    const seconds = JSON.parse(event.data);
    taken = seconds === null ? null : heard - seconds * 1000;
    tick();
  });
}

listen();
new ResizeObserver(() => { if (last) draw(last); }).observe(byId("tiles")); // the counts may come later
setInterval(tick, 1000);
tick();
