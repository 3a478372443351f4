// Which columns of a grid are shown in a width, where, and how wide: the chosen ones, else as many as fit.
const CHARACTER = 8.4; // pixels of an average character, to turn widths in characters into pixels
const SHORTEST_NAME = 20; // characters
const COMFORTABLE_NAME = 28; // characters that the name keeps once the first columns are there
const FIRST_COLUMNS = 6;
const PHONE = 560; // pixels below which a row has two lines
const ON_PHONE = "132px minmax(0, 1fr) 72px";
const BOX = 36; // pixels for what selects

// On a phone: the name and its track, and below them how it is and what needs a look.
const AREAS = { name: [1, 0, 2], track: [1, 2, 1], status: [2, 0, 1], attention: [2, 1, 2] };

export function places(columns, width, { selectable, chosen, by }) {
  const box = selectable ? BOX : 0, isChosen = chosen.length > 0, isPhone = width < PHONE && !isChosen;
  const isShown = isChosen ? ({ key }) => chosen.includes(key) : ({ key }) => key in AREAS;
  const numbers = isChosen || isPhone
    ? [...columns.keys()].filter((n) => isShown(columns[n]))
    : fitting(columns, width - 40 - box, by);
  const slots = numbers.map((number) => ({ ...columns[number], number, area: isPhone ? area(columns[number].key, selectable) : "" }));
  const tracks = isPhone ? ON_PHONE : slots.map(track).join(" ");
  const needed = 24 + box + slots.reduce((sum, slot) => sum + least(slot), 0);
  return {
    slots,
    isPhone,
    template: (selectable ? `${BOX}px ` : "") + tracks,
    minimum: isChosen && needed > width ? `${needed}px` : null,
  };
}

function area(key, selectable) {
  const [row, column, span] = AREAS[key];
  return `${row} / ${column + (selectable ? 2 : 1)} / auto / span ${span}`;
}

// What they are sorted by stays as long as the status does: without it the order has no reason to be seen.
function fitting(columns, width, by) {
  const rank = ({ key, rank }) => key === by ? Math.min(rank, 1.5) : rank;
  const ranked = [...columns.keys()].sort((a, b) => rank(columns[a]) - rank(columns[b]));
  let free = width / CHARACTER - SHORTEST_NAME;
  const fit = ranked.slice(0, 1);
  for (const number of ranked.slice(1)) {
    const wanted = columns[number].width + 2, spare = fit.length < FIRST_COLUMNS ? 0 : COMFORTABLE_NAME - SHORTEST_NAME;
    if (wanted <= free - spare) { fit.push(number); free -= wanted; }
  }
  return fit.sort((a, b) => a - b);
}

function least(slot) {
  return Math.round((slot.rank === 0 ? SHORTEST_NAME : slot.width + 2) * CHARACTER);
}

function track(slot) {
  const share = slot.rank === 0 ? "2fr" : slot.key === "attention" ? "1.4fr" : ".5fr";
  return `minmax(${least(slot)}px, ${share})`;
}
