// Which columns of a grid are shown in a width, and how wide: the chosen ones, else as many as fit.
const CHARACTER = 8.4; // pixels of an average character, to turn widths in characters into pixels
const SHORTEST_NAME = 20; // characters
const PHONE = 560; // pixels below which only what matters most is shown, and smaller
const ON_PHONE = "repeat(2, minmax(0, 1fr))"; // status and support, below the name
const BOX = 36; // pixels for what selects

export function places(columns, width, selectable, chosen) {
  const box = selectable ? BOX : 0, isChosen = chosen.length > 0, isPhone = width < PHONE && !isChosen;
  const numbers = isChosen ? [...columns.keys()].filter((n) => chosen.includes(columns[n].key)) : fitting(columns, width - 40 - box, isPhone);
  const slots = numbers.map((number) => ({ ...columns[number], number }));
  const tracks = isPhone ? ON_PHONE : slots.map(track).join(" ");
  const needed = 24 + box + slots.reduce((sum, slot) => sum + least(slot), 0);
  return {
    slots,
    isPhone,
    template: (selectable ? `${BOX}px ` : "") + tracks,
    minimum: isChosen && needed > width ? `${needed}px` : null,
  };
}

function fitting(columns, width, isPhone) {
  const ranked = [...columns.keys()].sort((a, b) => columns[a].rank - columns[b].rank);
  const always = isPhone ? 3 : 1;
  let free = width / CHARACTER - SHORTEST_NAME;
  const fit = ranked.slice(0, always);
  for (const number of ranked.slice(always)) {
    const wanted = columns[number].width + 2;
    if (!isPhone && wanted <= free) { fit.push(number); free -= wanted; }
  }
  return fit.sort((a, b) => a - b);
}

function least(slot) {
  return Math.round((slot.rank === 0 ? SHORTEST_NAME : slot.width + 2) * CHARACTER);
}

function track(slot) {
  const share = slot.rank === 0 ? "1.2fr" : slot.key === "attention" ? "1.4fr" : ".6fr";
  return `minmax(${least(slot)}px, ${share})`;
}
