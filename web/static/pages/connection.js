// Says on the page when the console itself does not answer, and, once it does again, what happened,
// also where the page was loaded anew meanwhile. What is asked for while it is gone is not sent later:
// the fleet may be another one by then.
import { duration } from "console/cells.js";
import { say } from "console/copying.js";

const LOST = "console-lost"; // since when, for the page that is loaded after a loss
const LOST_TEXT = "The console does not answer. What is shown is as it was last, and nothing can be opened or done. The page comes back by itself.";
const REFUSED_TEXT = "Not done: the console does not answer. Try again once this line is gone.";
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
  said.textContent = LOST_TEXT;
  clock = setInterval(tell, 1000);
  tell();
}

// In the dialog that is open, if there is one, as all else is out of reach then.
function tell() {
  const holder = document.querySelector("dialog[open]") ?? document.body;
  if (banner.parentNode !== holder) holder.append(banner);
  document.documentElement.style.setProperty("--lost", holder === document.body ? `${banner.offsetHeight}px` : "0px"); // covers nothing
  age.textContent = duration(Date.now() - since);
}

export function isLost() { return since !== null; }

// Says so once more to who has just asked for something.
export function refuse() {
  said.textContent = REFUSED_TEXT;
  tell();
  banner.classList.remove("again");
  void banner.offsetWidth; // begins the animation again
  banner.classList.add("again");
}

function found() {
  clearInterval(clock);
  const began = Number(sessionStorage.getItem(LOST));
  sessionStorage.removeItem(LOST);
  banner.hidden = true;
  document.documentElement.style.removeProperty("--lost");
  said.textContent = "";
  since = null;
  dispatchEvent(new Event("console-found"));
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
