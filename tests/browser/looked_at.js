// What is wrong with what can be seen; the height of the smallest capital in millimetres on a screen of
// this diagonal; the largest size in pixels.
(inches) => {
  const faults = [], texts = [], seen = (e) => e.checkVisibility({ visibilityProperty: true });
  const inside = (a, b) => a.left >= b.left - 1.5 && a.right <= b.right + 1.5 && a.top >= b.top - 1.5 && a.bottom <= b.bottom + 1.5;
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const pen = document.createElement("canvas").getContext("2d");
  const rgb = (colour) => { pen.fillStyle = colour; pen.clearRect(0, 0, 1, 1); pen.fillRect(0, 0, 1, 1); return [...pen.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const f = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const ground = (e) => { for (; e; e = e.parentElement) { const colour = rgb(getComputedStyle(e).backgroundColor); if (colour[3]) return colour; } return [255, 255, 255]; };
  const millimetres = inches * 25.4 / Math.hypot(innerWidth, innerHeight);
  const root = document.documentElement;
  const shift = innerHeight / 50; // against burn-in
  if (root.scrollHeight > innerHeight + shift || root.scrollWidth > innerWidth + shift) faults.push("it scrolls");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const owner = node.parentElement, said = node.data.trim();
    if (!said || !seen(owner)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()];
    const style = getComputedStyle(owner);
    for (const box of boxes) {
      if (!inside(box, screen)) faults.push(`off the screen: ${said}`);
      for (let e = owner; e; e = e.parentElement) if (getComputedStyle(e).overflow !== "visible" && !inside(box, e.getBoundingClientRect())) faults.push(`cut off by ${e.id || e.className}: ${said}`);
    }
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const capital = pen.measureText("H").actualBoundingBoxAscent * millimetres;
    const [a, b] = [light(rgb(style.color)), light(ground(owner))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 7) faults.push(`contrast ${contrast.toFixed(1)}: ${said}`);
    texts.push({ said, boxes, capital, size: parseFloat(style.fontSize) });
  }
  const pictures = [...document.querySelectorAll("img, .bar")].filter(seen).map((e) => ({ said: e.alt || "bar", boxes: [e.getBoundingClientRect()] }));
  const all = [...texts, ...pictures].flatMap(({ said, boxes }) => boxes.map((box) => [said, box]));
  all.forEach(([one, a], at) => all.slice(at + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 0.3 * Math.min(a.height, b.height)) faults.push(`overlap: ${one} / ${other}`);
  }));
  return { faults, smallest: Math.min(...texts.map((each) => each.capital)), largest: Math.max(...texts.map((each) => each.size)) };
}
