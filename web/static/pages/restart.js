// What becomes of a page whose server was restarted, or whose sign-in ended while it could not be told.
const KEY = "maia-console-started";
const SECONDS = 12;
const { src, dataset: { started } } = document.currentScript;

function tellOfRestart() {
  const note = document.createElement("div");
  note.className = "restarted";
  note.setAttribute("role", "status");
  document.body.append(note);
  const text = document.createElement("span");
  text.textContent = "The console was restarted. This page is up to date again.";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "✕";
  close.setAttribute("aria-label", "Close this note");
  close.addEventListener("click", () => note.remove());
  setTimeout(() => note.append(text, close), 50); // a status is read aloud when it changes
  setTimeout(() => note.remove(), SECONDS * 1000);
}

function isReload() {
  return performance.getEntriesByType("navigation")[0]?.type === "reload";
}

// A server that no longer knows this browser refuses the connection, and the toolkit would try for ever.
async function askWhetherSignedIn() {
  const answer = await fetch(new URL("../../sign-in", src), { redirect: "manual" }).catch(() => null);
  if (answer?.ok) location.reload(); // who is signed in would be led away from there
}

function watchConnection() {
  if (!window.socket) { setTimeout(watchConnection, 200); return; }
  window.socket.on("connect_error", askWhetherSignedIn);
}

const before = sessionStorage.getItem(KEY);
sessionStorage.setItem(KEY, started);
if (before !== null && before !== started && isReload()) tellOfRestart();
watchConnection();
