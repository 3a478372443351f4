// Says on the page when the console itself does not answer, and, once it does again, what happened,
// also where the page was loaded anew meanwhile.
import { duration } from "./cells.js";
import { say } from "./copying.js";

const LOST = "console-lost"; // since when, for the page that is loaded after a loss
const LOOK = 200; // milliseconds until the socket is looked for again

const banner = document.createElement("p");
banner.className = "lost";
banner.setAttribute("role", "alert");
banner.hidden = true;
let since = null, clock = null;

function lost() {
  if (since !== null) return;
  since = Date.now();
  sessionStorage.setItem(LOST, since);
  clock = setInterval(tell, 1000);
  tell();
}

function tell() {
  banner.textContent = `The console has not answered for ${duration(Date.now() - since)}. What is shown is as it was then; it comes back by itself.`;
  banner.hidden = false;
}

function found() {
  clearInterval(clock);
  const began = Number(sessionStorage.getItem(LOST));
  sessionStorage.removeItem(LOST);
  banner.hidden = true;
  since = null;
  if (began) say(`The console answers again, after ${duration(Date.now() - began)}.`);
}

function watch() {
  if (!window.socket) { setTimeout(watch, LOOK); return; }
  document.documentElement.classList.add("tells-losses");
  document.body.append(banner);
  window.socket.on("disconnect", lost);
  window.socket.on("connect", found);
  if (window.socket.connected) found();
}

watch();
