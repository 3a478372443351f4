// A browser that waits to be let in as a screen: asks every few seconds how it stands, quietly.
const { ask, lost, cookies } = document.body.dataset;
const EVERY = 3000, PATIENCE = 3; // milliseconds between two questions; answers that may fail to come
const byId = (id) => document.getElementById(id), loaded = performance.now();
let ends = null, failed = 0;

function say(note) { if (byId("told").textContent !== note) byId("told").textContent = note; }

// Not reload(), with which a browser that came from another site's link would not send its cookie.
function again(seconds = 0) { if (performance.now() - loaded >= seconds * 1000) location.replace(location.href); }

function show({ code, seconds, of }) {
  ends = { at: performance.now() + seconds * 1000, of };
  const letters = document.querySelectorAll("#code b");
  if ([...letters].map((each) => each.textContent).join("") !== code) {
    letters.forEach((each, place) => { each.textContent = code[place]; });
    byId("code").setAttribute("aria-label", `The code, letter by letter: ${[...code].join(" ")}`);
  }
  tick();
}

function tick() {
  if (ends === null) return;
  const left = Math.max(0, (ends.at - performance.now()) / 1000), seconds = Math.ceil(left);
  document.querySelector("#left i i").style.width = `${100 * left / ends.of}%`;
  document.querySelector("#left span").textContent = `A new code in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

const STATES = {
  in: () => again(),
  none: ({ retry }) => again(Math.max(retry, Number(document.body.dataset.retry))),
  code: (told) => { if (byId("code") === null) { again(); return; } document.body.dataset.state = "code"; say(""); show(told); },
  out: ({ note }) => { document.body.dataset.state = "out"; say(note); },
  off: () => { if (document.body.dataset.state !== "off") again(); },
};

async function look() {
  const answer = await fetch(ask, { cache: "no-store", signal: AbortSignal.timeout(EVERY * 2) }).catch(() => null);
  const told = answer?.ok ? await answer.json().catch(() => null) : null;
  failed = told === null ? failed + 1 : 0;
  if (told !== null) STATES[told.state]?.(told);
  else if (failed >= PATIENCE) { document.body.dataset.state = "out"; say(lost); }
  setTimeout(look, EVERY);
}

if (!navigator.cookieEnabled) { document.body.dataset.state = "out"; say(cookies); } else {
  const { seconds, of } = byId("left")?.dataset ?? {};
  if (seconds !== undefined) ends = { at: performance.now() + seconds * 1000, of: Number(of) };
  setInterval(tick, 1000);
  tick();
  setTimeout(look, EVERY);
}
