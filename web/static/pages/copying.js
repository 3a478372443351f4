// Copies a text, says so at the foot of the page, and says how else where the browser forbids it.
export function say(text, tone = "good") {
  dispatchEvent(new CustomEvent("console-say", { detail: { text, tone } }));
}

export async function copied(text, what = text) {
  const done = await written(text);
  say(done ? `Copied ${what}` : "This browser does not let pages copy here.", done ? "good" : "warning");
}

// Only a page that came over https, or from this machine, has a clipboard; others copy what is selected.
export async function written(text) {
  const isWritten = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  return isWritten || selected(text);
}

function selected(text) {
  const field = document.createElement("textarea");
  const holder = document.querySelector("dialog[open]") ?? document.body, focused = document.activeElement;
  field.value = text;
  field.style.cssText = "position: fixed; opacity: 0";
  holder.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
