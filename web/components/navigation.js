// The line on top of every page. Its addresses are relative, so that they hold behind a path prefix.
import { h } from "vue";
import { symbol } from "console/marks.js";
export default {
  render() {
    const { value, isOpen, isDark } = this;
    return h("header", { class: "nav", onKeydown: this.key, onFocusout: this.left }, [
      h("a", { class: "skip", href: "#content", onClick: this.skip }, "Skip to the content"),
      h("a", { class: "product", href: value.pages[0].path, "aria-label": "Maia runners" },
        [symbol("◆"), h("span", { class: "name" }, ["Maia", h("span", { class: "rest" }, " runners")])]),
      h("span", { class: "profile", title: value.profile }, value.profile),
      value.read_only ? h("span", { class: "read-only" }, value.read_only) : null,
      h("button", {
        type: "button", class: "menu", "aria-expanded": isOpen, "aria-controls": "nav-pages",
        onClick: () => { this.isOpen = !isOpen; },
      }, [this.here, h("span", { "aria-hidden": "true" }, " ▾")]),
      h("nav", { id: "nav-pages", "aria-label": "Pages", class: { open: isOpen } }, value.pages.map((page) =>
        h("a", { key: page.path, href: page.path, "aria-current": page.path === value.current ? "page" : null }, page.title))),
      h("div", { class: "who" }, [
        h("button", { type: "button", class: "quiet", "aria-label": "Help", title: "Help (?)", onClick: this.help }, "?"),
        h("button", {
          type: "button", class: "quiet", "aria-label": isDark ? "Light" : "Dark",
          title: isDark ? "Light theme" : "Dark theme", onClick: this.toggleTheme,
        }, symbol(isDark ? "☀" : "☾")),
        h("a", { class: "person", href: "settings", title: [value.who, value.role].filter(Boolean).join(", ") },
          [value.who ? h("b", value.who) : null, h("span", { class: "role" }, value.role)]),
        value.can_sign_out
          ? h("form", { method: "post", action: "sign-out" }, h("button", { type: "submit", class: "quiet" }, "Sign out")) : null,
      ]),
    ]);
  },
  props: { first: Object },
  data() { return { value: this.first, isDark: false, isOpen: false }; },
  computed: { here() { return this.value.pages.find((page) => page.path === this.value.current)?.title ?? "Pages"; } },
  mounted() {
    this.preference = matchMedia("(prefers-color-scheme: dark)");
    this.preference.addEventListener("change", this.readTheme);
    this.readTheme();
    addEventListener("console-command", this.command);
  },
  unmounted() {
    this.preference.removeEventListener("change", this.readTheme);
    removeEventListener("console-command", this.command);
  },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    key(event) { if (event.key === "Escape") this.isOpen = false; },
    skip(event) { event.preventDefault(); document.getElementById("content").focus(); },
    left(event) { if (!event.currentTarget.contains(event.relatedTarget)) this.isOpen = false; },
    readTheme() {
      const chosen = document.documentElement.dataset.theme;
      this.isDark = chosen ? chosen === "dark" : this.preference.matches;
    },
    toggleTheme() {
      const theme = this.isDark ? "light" : "dark";
      document.documentElement.dataset.theme = theme;
      localStorage.setItem("theme", theme);
      this.readTheme();
    },
    command({ detail }) { if (detail === "theme") this.toggleTheme(); },
    help() { dispatchEvent(new Event("console-help")); },
  },
};
