// How a cell of the core is drawn: symbol, text and tone; a badge gets a tint. Text is only ever text.
export const TONES = ["neutral", "muted", "good", "info", "warning", "critical"];

export function cellFrom(wire) {
  if (typeof wire === "string") return { text: wire, tone: "neutral", symbol: "", hint: "", badge: false, isBusy: false };
  const [text, tone = 0, symbol = "", hint = "", marks = 0] = wire;
  return { text, tone: TONES[tone], symbol, hint, badge: Boolean(marks & 1), isBusy: Boolean(marks & 2) };
}

export function drawCell(element, cell) {
  element.className = `cell tone-${cell.tone}${cell.badge ? " badge" : ""}${cell.isBusy ? " busy" : ""}`;
  if (cell.hint) element.title = cell.hint;
  else element.removeAttribute("title");
  element.replaceChildren();
  if (cell.symbol) {
    const symbol = document.createElement("span");
    symbol.className = "symbol";
    symbol.setAttribute("aria-hidden", "true");
    symbol.textContent = cell.symbol;
    element.append(symbol);
  }
  const text = document.createElement("span");
  text.className = "text";
  text.textContent = cell.text;
  element.append(text);
}

export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 2 * 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}
