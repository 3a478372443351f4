// The wall: draws what the stream says, counts the age of the data itself, and never shows old data as
// fresh. It keeps its last picture through anything, and tries again for ever.
import { code, filled, forgetCodes, said } from "console/draw.js";
import { fitHeader, fitHeadlines, fitPanels, fitProblems, fitVerdict, setUnit, unit } from "console/fit.js";

const { settings, first } = JSON.parse(document.body.dataset.told), words = settings.words, build = document.body.dataset.build;
const byId = (id) => document.getElementById(id);
const SILENCE = 16000; // milliseconds without a sign of life after which the server counts as lost
const AGAIN = 3000; // milliseconds before another try
const SHORT = 17, NARROW = 46; // ems of a screen that is low, or not wide enough for two columns that say enough
const TOO_NARROW = 28; // for two columns at all
const UNASKED = 20; // seconds
const RELOADED = "reloaded-for";
let picture = null, number = null, beat = null, stream = null, opened = 0, page = 0, turned = 0, shown = "", isGrey = false, isMarked = false;

// Time since then by whichever clock saw more of it: one may be set back, the other sleep.
const mark = () => ({ wall: Date.now(), steady: performance.now() });
const since = (then) => Math.max(Date.now() - then.wall, performance.now() - then.steady, 0);

function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}

const clockOf = (parts) => new Intl.DateTimeFormat("en-GB", { timeZone: settings.zone, hour12: settings.clock === "12", hour: "2-digit", minute: "2-digit", ...parts });
function clocks() {
  try { return [clockOf({}), clockOf({ second: "2-digit" })]; } catch { settings.zone = undefined; return [clockOf({}), clockOf({ second: "2-digit" })]; }
}
let clock, fullClock;

function merged(target, patch) {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (typeof value === "object" && !Array.isArray(value) && typeof target[key] === "object" && target[key] !== null) merged(target[key], value);
    else target[key] = value;
  }
}

const ageNow = () => (beat === null || beat.age === null ? null : beat.age * 1000 + since(beat.heard));
const serverTime = () => (beat === null ? Date.now() : beat.now + since(beat.heard));
const takenAt = () => serverTime() - ageNow();

function text(id, content, symbol) {
  byId(id).hidden = !content;
  if (byId(id).dataset.told === `${symbol}${content}`) return;
  byId(id).dataset.told = `${symbol}${content}`;
  byId(id).replaceChildren(content ? said("", content, symbol) : "");
}

function draw() {
  if (picture === null) return;
  const { verdict, said: told } = picture, hasProblems = picture.bands.order.length > 0;
  const isCalm = !hasProblems && verdict.tone === "good";
  document.body.classList.toggle("calm", isCalm);
  byId("verdict").className = `tone-${verdict.tone}`;
  byId("verdict").replaceChildren(said("", verdict.text, verdict.symbol));
  text("planned", told.planned, "↻");
  text("date", told.date, "");
  text("banner", [told.banner, told.old].filter(Boolean).join(" "), "!");
  text("outlook", isCalm && settings.language === "en" ? told.outlook : "", "!");
  const isShort = innerHeight / unit() < SHORT, turns = turning() > 0 && !isGrey && (hasProblems || isShort), isSecond = turns && page === 1;
  byId("top").hidden = beat === null || beat.age === null || (isShort && (isSecond || isGrey));
  byId("checked").hidden = !isCalm || (isShort && isSecond);
  byId("problems").hidden = !hasProblems || isSecond;
  byId("panels").hidden = (turns && !isSecond) || (hasProblems && !turns && innerWidth / unit() < TOO_NARROW);
  byId("pages").className = hasProblems && !byId("panels").hidden && !turns ? "both" : "";
  fitAll(hasProblems, isCalm, turns, isShort);
}

function fitAll(hasProblems, isCalm, turns, isShort) {
  tick();
  fitHeader();
  fitVerdict(isCalm);
  byId("all").hidden = !hasProblems || !settings.codes || isShort;
  if (!byId("all").hidden) byId("all").replaceChildren(code(picture.said.problems, "all")); // one for all that is wrong
  if (!byId("top").hidden) fitHeadlines(picture.headlines, isShort);
  byId("pages").hidden = false;
  if (byId("pages").clientHeight < 2.2 * unit()) { byId("pages").hidden = true; } // there is only room for the age
  if (!byId("problems").hidden && !byId("pages").hidden) fitProblems(picture, settings, isMarked && !isGrey ? filled(words.marked, { time: clock.format(takenAt()) }) : "");
  if (!byId("panels").hidden && !byId("pages").hidden) fitPanels(picture, !hasProblems || turns);
  forgetCodes();
}

function say(id, content) { if (byId(id).textContent !== content) byId(id).textContent = content; }

// What the passing of time alone changes. Draws anew only when that changes what there is room for.
function tick() {
  const age = ageNow(), isLost = beat !== null && since(beat.heard) > SILENCE;
  say("clock", settings.clock === "off" ? "" : clock.format(serverTime()));
  if (settings.shift) document.body.style.transform = shifted();
  if (age === null) { say("updated", ""); return; }
  const time = fullClock.format(takenAt()), left = beat.next * 1000 - since(beat.heard), wait = duration(left);
  const isOld = picture !== null && age > picture.stale * 1000;
  const update = isOld ? `◷ ${filled(words.old, { age: duration(age) })}` : filled(left > 0 ? words.updated : words.due, { time, wait });
  say("updated", update);
  say("checked", filled(words.checked, { time }));
  if (picture === null) return;
  const isAll = age > picture.grey * 1000 || isLost;
  if (isAll) {
    byId("old").firstChild.textContent = filled(words.old, { age: duration(age) });
    byId("old").lastChild.textContent = isLost ? words.lost : picture.said.banner || words.unread;
  }
  if (isAll === isGrey && isOld === isMarked) return;
  [isGrey, isMarked] = [isAll, isOld];
  byId("old").hidden = !isGrey;
  document.body.classList.toggle("marked", isMarked);
  document.documentElement.toggleAttribute("data-grey", isGrey);
  draw();
}

const STEPS = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];
function shifted() {
  const [x, y] = STEPS[Math.floor(Date.now() / 60000) % STEPS.length];
  return `translate(${x * 0.3}em, ${y * 0.2}em)`;
}

// Seconds between pages; where beside each other they would say too little, they take turns unasked.
const turning = () => (settings.rotate >= 0 ? settings.rotate : innerWidth / unit() < NARROW ? UNASKED : 0);

function turn() {
  if (!turning() || picture === null || performance.now() - turned < turning() * 1000) return;
  turned = performance.now();
  page = 1 - page;
  draw();
}

let speaker = null;
function beep() {
  if (!settings.sound) return;
  speaker ??= new AudioContext();
  if (speaker.state === "suspended") { note([words.silent_sound]); speaker.resume(); }
  for (const [at, pitch] of [[0, 660], [0.25, 880]]) {
    const tone = speaker.createOscillator(), loudness = speaker.createGain();
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.2, speaker.currentTime + at);
    loudness.gain.exponentialRampToValueAtTime(0.001, speaker.currentTime + at + 0.22);
    tone.connect(loudness).connect(speaker.destination);
    tone.start(speaker.currentTime + at);
    tone.stop(speaker.currentTime + at + 0.24);
  }
}

let noted = 0;
function note(lines) {
  if (!lines.length) return;
  clearTimeout(noted);
  byId("notes").textContent = lines.join(" ");
  byId("notes").hidden = false;
  noted = setTimeout(() => { byId("notes").hidden = true; draw(); }, settings.noted * 1000);
}

function reload(theirs) {
  if (sessionStorage.getItem(RELOADED) === theirs) return; // once for each build, should a page be kept on the way
  sessionStorage.setItem(RELOADED, theirs);
  location.reload();
}

function notice(content) {
  const was = document.body.classList.contains("notice");
  document.body.classList.toggle("notice", content !== "");
  if (content === "" && was) { location.reload(); return; }
  picture = null;
  byId("verdict").className = "";
  byId("verdict").textContent = content;
  for (const id of ["tiles", "panels", "headlines", "all"]) byId(id).replaceChildren();
}

const HEARD = {
  hello: ({ build: theirs }) => { if (theirs !== build) reload(theirs); },
  notice,
  wall: (told) => { picture = told; shown = "anew"; },
  change: (told) => {
    if (told.alarm) beep();
    delete told.alarm;
    merged(picture, told);
    shown = "anew";
  },
  beat: (told, heard = mark()) => {
    beat = { ...told, heard };
    if (shown) { shown = ""; draw(); } else tick();
  },
};

function hear(kind, event) {
  const [, count] = event.lastEventId.split(".");
  if (kind === "change" && (picture === null || Number(count) !== number + 1)) { open(); return; } // something was missed
  if (kind === "wall" || kind === "change") number = Number(count);
  HEARD[kind](JSON.parse(event.data));
}

// A browser gives up a stream that was answered with an error, and may wait on one that died silently.
function open() {
  stream?.close();
  opened = performance.now();
  number = null;
  stream = new EventSource(`wall/events${location.search}`);
  for (const kind of Object.keys(HEARD)) stream.addEventListener(kind, (event) => hear(kind, event));
}

// A server that answers and no longer shows a wall here shows what is needed to see one again.
async function isShutOut() {
  try {
    const page = await fetch(location.href, { cache: "no-store" });
    return page.ok && !(await page.text()).includes("data-build=");
  } catch { return false; }
}

async function watch() {
  const quiet = beat === null ? Infinity : since(beat.heard), tried = performance.now() - opened;
  if (tried < AGAIN) return;
  if (stream.readyState === EventSource.CLOSED) {
    open();
    if (await isShutOut()) location.reload();
  } else if (quiet > SILENCE && tried > SILENCE) open();
}

// The page is painted as it came before anything else happens; a hidden one is never painted.
export default () => {
  if (document.hidden) begin();
  else requestAnimationFrame(() => setTimeout(begin));
};

// What came with the page is as old as the request for it.
function begin() {
  [clock, fullClock] = clocks();
  document.body.classList.toggle("no-cursor", !settings.cursor);
  setUnit(settings);
  note(settings.notes);
  if (first.notice) notice(first.notice);
  else {
    HEARD.wall(first.wall);
    HEARD.beat(first.beat, { wall: performance.timeOrigin, steady: 0 });
  }
  addEventListener("resize", () => { setUnit(settings); draw(); });
  setInterval(() => { tick(); turn(); watch(); }, 1000);
  open();
  tick();
}
