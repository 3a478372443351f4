// Which columns of a grid are shown in a width, where, and how wide: the chosen ones, else as many as fit.
const CHARACTER = .6; // of the size of the letters, the width of an average one
const SHORTEST_NAME = 20; // characters
const COMFORTABLE_NAME = 28; // characters that the name keeps once the first columns are there
const FIRST_COLUMNS = 6;
const PHONE = 560; // pixels below which a row has two lines
const ON_PHONE = "132px minmax(0, 1fr) 72px";
const BOX = 36; // pixels for what selects
const AROUND = 24; // pixels left and right of a row
const GUTTER = 16; // pixels for a scroll bar

// On a phone: the name and its track, and below them how it is and what needs a look.
const AREAS = { name: [1, 0, 2], track: [1, 2, 1], status: [2, 0, 1], attention: [2, 1, 2] };

// `size` is that of the letters, in pixels; `by` the column that the rows are sorted by.
export function places(columns, width, { size, selectable, chosen, by }) {
  const character = CHARACTER * size;
  const box = selectable ? BOX : 0, isChosen = chosen.length > 0, isPhone = width < PHONE && !isChosen;
  const isShown = isChosen ? ({ key }) => chosen.includes(key) : ({ key }) => key in AREAS;
  const numbers = isChosen || isPhone
    ? [...columns.keys()].filter((n) => isShown(columns[n]))
    : fitting(columns, (width - AROUND - GUTTER - box) / character, by);
  const slots = numbers.map((number) => ({ ...columns[number], number, area: isPhone ? area(columns[number].key, selectable) : "" }));
  const tracks = isPhone ? ON_PHONE : slots.map((slot) => track(slot, character)).join(" ");
  const needed = AROUND + box + slots.reduce((sum, slot) => sum + least(slot, character), 0);
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
function fitting(columns, width, by) { // in characters
  const rank = ({ key, rank }) => key === by ? Math.min(rank, 1.5) : rank;
  const ranked = [...columns.keys()].sort((a, b) => rank(columns[a]) - rank(columns[b]));
  let free = width - SHORTEST_NAME;
  const fit = ranked.slice(0, 1);
  for (const number of ranked.slice(1)) {
    const wanted = columns[number].width + 2, spare = fit.length < FIRST_COLUMNS ? 0 : COMFORTABLE_NAME - SHORTEST_NAME;
    if (wanted <= free - spare) { fit.push(number); free -= wanted; }
  }
  return fit.sort((a, b) => a - b);
}

function least(slot, character) {
  return Math.round((slot.rank === 0 ? SHORTEST_NAME : slot.width + 2) * character);
}

function track(slot, character) {
  const share = slot.rank === 0 ? "1.4fr" : slot.key === "attention" ? "1.4fr" : ".6fr";
  return `minmax(${least(slot, character)}px, ${share})`;
}
