// Says on the page when the console itself does not answer, and, once it does again, what happened,
// also where the page was loaded anew meanwhile.
import { duration } from "console/cells.js";
import { say } from "console/copying.js";

const LOST = "console-lost"; // since when, for the page that is loaded after a loss
const LOOK = 200; // milliseconds until the socket is looked for again

const banner = document.createElement("div"), said = document.createElement("p"), age = document.createElement("span");
banner.className = "lost";
banner.hidden = true;
said.setAttribute("role", "alert");
age.setAttribute("aria-hidden", "true"); // a number that changes each second is not to be read out
banner.append(said, age);
let since = null, clock = null;

function lost() {
  if (since !== null) return;
  since = Date.now();
  sessionStorage.setItem(LOST, since);
  banner.hidden = false;
  said.textContent = "The console does not answer. What is shown is as it was last; it comes back by itself.";
  clock = setInterval(tell, 1000);
  tell();
}

function tell() {
  age.textContent = duration(Date.now() - since);
}

function found() {
  clearInterval(clock);
  const began = Number(sessionStorage.getItem(LOST));
  sessionStorage.removeItem(LOST);
  banner.hidden = true;
  said.textContent = "";
  since = null;
  if (began) say(`The console answers again, after ${duration(Date.now() - began)}.`);
}

function watch() {
  if (!window.socket) { setTimeout(watch, LOOK); return; }
  document.documentElement.classList.add("tells-losses");
  document.body.append(banner);
  window.socket.on("disconnect", lost);
  window.socket.on("connect_error", lost); // also where there was no connection yet
  window.socket.on("connect", found);
  if (window.socket.connected) found();
}

watch();
