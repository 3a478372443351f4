// Symbols before words, as every part of a page draws them.
//
// What is seen at first is drawn by functions, what comes later by templates: to turn a template into a
// function takes the browser longer than to draw the rows of the fleet.
import { h } from "vue";

const ICONS = {
  find: "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.4 10.4 14 14",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  views: "M4 2.5h8v11l-4-3-4 3z",
};

export const icon = (name) => h("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, h("path", { d: ICONS[name] }));

export const symbol = (text) => text ? h("span", { class: "symbol", "aria-hidden": "true" }, text) : null;

// A text that leads somewhere, or only a text where it leads nowhere.
export const Led = (props) => props.to ? h("a", { href: props.to }, props.text) : props.text;
Led.props = ["to", "text"];
