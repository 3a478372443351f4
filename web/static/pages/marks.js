// Symbols before words, as every part of a page draws them.
//
// What is seen at first is drawn by functions, what comes later by templates: to turn a template into a
// function takes the browser longer than to draw the rows of the fleet.
import { h } from "vue";

export const symbol = (text) => text ? h("span", { class: "symbol", "aria-hidden": "true" }, text) : null;
