// Makes elements of what the stream says. Text is only ever text.
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function said(className, text, symbol) {
  const line = element("span", className);
  if (symbol) {
    const mark = element("span", "symbol", symbol);
    mark.setAttribute("aria-hidden", "true");
    line.append(mark);
  }
  line.append(text);
  return line;
}

const block = (...parts) => { const made = said(...parts); made.style.display = "block"; return made; };
export const inOrder = (keyed) => keyed.order.map((key) => [key, keyed.of[key]]);
export const numbered = (counted) => Object.keys(counted).sort((a, b) => a - b).map((key) => counted[key]);
export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function headline([key, line]) {
  const item = element("li", `tone-${line.tone}`);
  item.dataset.key = key;
  const count = element("b");
  count.append(said("", String(line.count), line.symbol));
  item.append(count, element("span", line.label.split(" ").length > 2 ? "label long" : "label", line.label));
  return item;
}

// Drawn once for each filter, so that a picture that is drawn anew does not blink.
let codes = new Map(), used = new Map();
export function code(filter, where = "") {
  const key = where + filter;
  let drawn = used.get(key) ?? codes.get(key);
  if (!drawn) {
    drawn = element("img");
    drawn.src = `wall/code?${new URLSearchParams({ filter, at: document.body.dataset.public || new URL(".", document.baseURI).href })}`;
    drawn.alt = filter;
  }
  used.set(key, drawn);
  return drawn;
}

export function forgetCodes() {
  codes = used;
  used = new Map();
}

function marks(of, mark) {
  const found = [];
  if (of.old || mark) found.push(block("mark", of.old || mark, "◷"));
  return found;
}

export function tile(problem, form, settings, mark) {
  const item = element("li", `tone-${problem.tone}`), body = element("div", "body"), below = element("div", "below");
  const [wrong, ...facts] = numbered(problem.cells);
  body.append(block("name", problem.name), block(`wrong tone-${problem.tone}`, wrong.text, wrong.symbol));
  if (form.does && problem.do) below.append(block("do", problem.do, "→"));
  if (form.facts) {
    const line = element("div", "facts");
    line.append(...facts.map((cell) => said("", cell.text, cell.symbol)));
    below.append(line);
  }
  below.append(...marks(problem, mark));
  item.append(body, form.codes && settings.codes ? code(problem.filter) : "", below);
  return item;
}

export function band(kind, form, settings, mark) {
  const item = element("li", `tone-${kind.tone}`), body = element("div", "body");
  body.append(block(`wrong tone-${kind.tone}`, kind.title, kind.symbol));
  if (form.names) {
    const names = kind.names.slice(0, form.names).join(", "), count = kind.count - Math.min(form.names, kind.names.length);
    body.append(block("names", count ? filled(settings.words.names_more, { names, count }) : names));
  }
  if (form.does) body.append(block("do", kind.do, "→"));
  if (kind.planned) body.append(block("plan", `${kind.planned}`, "↻"));
  body.append(...marks(kind, mark));
  item.append(element("b", "count", String(kind.count)), body, form.codes && settings.codes ? code(kind.filter) : "");
  return item;
}

// What to do about each kind of problem, where the tiles have no room to say it; the worst first.
export function remedies(kinds) {
  const item = element("li", "remedies");
  for (const { title, tone, symbol, do: does } of kinds) {
    const one = element("span", "remedy");
    one.append(said(`wrong tone-${tone}`, title, symbol), said("do", does, "→"));
    item.append(one);
  }
  return item;
}

export function versions(bar, means) {
  const made = element("div", "panel"), drawn = element("div", "bar"), legend = element("ul", "legend");
  made.dataset.key = "version";
  const title = element("h2", "", bar.title);
  made.append(title);
  for (const part of numbered(bar.parts)) {
    const share = element("i", `tone-${part.tone} ${part.pattern}`);
    share.style.flexGrow = part.count;
    drawn.append(share);
    const told = element("li");
    told.append(said(`tone-${part.tone}`, `${part.count}`, part.symbol), ` ${means ? `${part.version}, ${part.means}` : part.version}`);
    legend.append(told);
  }
  made.append(drawn, legend);
  return made;
}

export function panel([key, told], lines, details) {
  const made = element("div", "panel");
  made.dataset.key = key;
  made.append(element("h2", "", told.title));
  const all = numbered(told.lines);
  for (const line of all.slice(0, lines)) {
    const row = element("div", "line");
    row.append(said(`tone-${line.tone}`, line.name, line.symbol), element("span", "text", line.text));
    if (line.share >= 0) {
      const share = element("span", "share"), done = element("i");
      done.style.width = `${100 * line.share}%`;
      share.append(done);
      row.append(share);
    }
    if (details && line.detail) row.append(said("detail", line.detail, "→"));
    made.append(row);
  }
  const hidden = all.length - Math.min(lines, all.length);
  if (told.more && !hidden) made.append(element("p", "more", told.more));
  return made;
}
