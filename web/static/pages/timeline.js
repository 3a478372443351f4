// A runner's versions over time: a heavy bar for what it ran, a thin one for what was the newest, a shade
// for what is supported. The words beside it say the same.
import { echarts } from "nicegui-echart";

const ROW = 20, TOP = 6, BOTTOM = 22, EXPECTED = "expected";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// Bars from one moment to another on a version's row, `height` as a share of the row.
function bars(data, height, style) {
  return {
    type: "custom", silent: true, animation: false, data, clip: true,
    encode: { x: [1, 2], y: 0 },
    renderItem(params, api) {
      const [left, middle] = api.coord([api.value(1), api.value(0)]);
      const [right] = api.coord([api.value(2), api.value(0)]);
      const tall = api.size([0, 1])[1] * height;
      const shape = echarts.graphic.clipRectByRect(
        { x: left, y: middle - tall / 2, width: Math.max(right - left, 2), height: tall }, params.coordSys);
      return shape && { type: "rect", shape, style: style(data[params.dataIndex]) };
    },
  };
}

function options(told) {
  const rows = [EXPECTED, ...told.versions], place = Object.fromEntries(rows.map((name, n) => [name, n]));
  const [begin, end] = told.span, text = colour("neutral-text"), muted = colour("muted-text"), line = colour("line");
  const spans = (list, from, to) => list.filter((each) => to(each) !== undefined)
    .map((each) => [place[each[0]], from(each), to(each) ?? end, each[3] ?? null]);
  const supported = told.releases.filter((each) => each[3] !== null);
  return {
    animation: false, backgroundColor: "transparent",
    grid: { left: 4, right: 12, top: TOP, bottom: BOTTOM, containLabel: false, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: { type: "time", min: begin, max: end, splitNumber: 3, axisLine: { lineStyle: { color: line } }, axisTick: { show: false },
      axisLabel: { color: muted, hideOverlap: true, fontSize: 11, formatter: "{d} {MMM}" }, splitLine: { show: false } },
    yAxis: { type: "category", inverse: true, data: rows, axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { fontSize: 11, interval: 0, color: (name) => (name === told.version ? text : muted), fontWeight: "normal" } },
    series: [
      bars(spans(supported, (each) => each[1], (each) => each[3]), 0.9, () => ({ fill: colour("neutral-tint") })),
      bars(spans(told.releases, (each) => each[1], (each) => each[2]), 0.12, () => ({ fill: muted })),
      bars(spans(told.stays, (each) => each[1], (each) => each[2]), 0.5, (each) => (each[3] === false
        ? { fill: colour("critical-tint"), stroke: colour("critical-text"), lineWidth: 1.5, lineDash: [3, 2] }
        : { fill: colour("info-text") })),
      { type: "scatter", silent: true, animation: false, symbol: "diamond", symbolSize: 9, itemStyle: { color: "transparent", borderColor: text, borderWidth: 1.5 },
        data: told.coming.map((at) => [at, place[EXPECTED]]),
        markLine: { silent: true, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: muted, type: "dashed" }, data: [{ xAxis: told.now }] } },
    ],
  };
}

export class Chart {
  constructor(place) {
    this.place = place;
    this.resized = new ResizeObserver(() => this.chart?.resize());
    this.resized.observe(place);
    this.themed = new MutationObserver(() => this.paint());
    this.themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  show(told) {
    const text = JSON.stringify(told);
    if (text === this.shown) return;
    this.shown = text;
    this.told = told;
    this.place.style.height = `${(told.versions.length + 1) * ROW + TOP + BOTTOM}px`;
    this.chart ??= echarts.init(this.place, null, { renderer: "svg" });
    this.chart.resize();
    this.paint();
  }

  paint() {
    if (!this.told) return;
    this.chart.setOption(options(this.told), true);
    this.place.querySelector("svg").setAttribute("aria-hidden", "true"); // its place has the words
  }

  leave() {
    this.resized.disconnect();
    this.themed.disconnect();
    this.chart?.dispose();
  }
}
