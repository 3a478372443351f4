// Draws a page as soon as its script is there, in an application of its own. NiceGUI's application starts
// later, and has a stand-in for each panel, which draws nothing: it passes on what the server tells the
// panel, and what the panel tells the server.
import { isLost, refuse } from "console/connection.js";
import { createApp, h } from "vue";

const panels = new Map(), standIns = new Map(); // by the ids that the server knows
const waiting = []; // what was told before there was a stand-in

const listenerOf = (event) => `on${event[0].toUpperCase()}${event.slice(1)}`;

function tell(id, event, told) {
  if (isLost()) { refuse(); return; }
  const standIn = standIns.get(id);
  if (!standIn) waiting.push([id, event, told]);
  else standIn.$attrs[listenerOf(event)]?.forEach((listener) => listener(...told));
}

function drawing(component, { id, first }) {
  const listeners = (component.emits ?? []).map((event) => [listenerOf(event), (...told) => tell(id, event, told)]);
  return h(component, { ...first, ...Object.fromEntries(listeners), ref: (panel) => panels.set(id, panel) });
}

function standInFor(component) {
  const passed = Object.keys(component.methods ?? {}).map((name) => [name, function (...told) {
    return panels.get(this.$attrs.id)[name](...told);
  }]);
  return {
    inheritAttrs: false,
    methods: Object.fromEntries(passed),
    mounted() {
      standIns.set(this.$attrs.id, this);
      const mine = waiting.filter(([id]) => id === this.$attrs.id);
      mine.forEach((each) => { waiting.splice(waiting.indexOf(each), 1); tell(...each); });
    },
    render() { return null; },
  };
}

export default function shell(components) {
  const place = document.getElementById("console"), told = document.getElementById("console-first");
  const node = (one) => one.panel
    ? drawing(components[one.panel], one)
    : h(one.kind, { class: one.class, ...(one.kind === "main" ? { id: "content", tabindex: -1 } : {}) },
        Array.isArray(one.parts) ? one.parts.map(node) : one.parts);
  if (place) {
    const page = JSON.parse(told.textContent);
    createApp({ render: () => node(page) }).mount(place);
  }
  return {
    register(app) {
      app.component("console-box", { render() { return this.$slots.default?.(); } });
      Object.entries(components).forEach(([name, component]) => {
        app.component(`console-${name.replaceAll("_", "-")}`, standInFor(component));
      });
    },
  };
}
