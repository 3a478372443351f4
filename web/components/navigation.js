// The line on top of every page. Its addresses are relative, so that they hold behind a path prefix.
export default {
  template: `
    <header class="nav" @keydown.esc="isOpen = false" @focusout="left">
      <a class="skip" href="#content" @click.prevent="skip">Skip to the content</a>
      <a class="product" :href="value.pages[0].path" aria-label="Maia runners"><span class="symbol" aria-hidden="true">◆</span><span class="name">Maia<span class="rest"> runners</span></span></a>
      <span class="profile" :title="value.profile">{{ value.profile }}</span>
      <span class="read-only" v-if="value.read_only">{{ value.read_only }}</span>
      <button type="button" class="menu" :aria-expanded="isOpen" aria-controls="nav-pages" @click="isOpen = !isOpen">{{ here }}<span aria-hidden="true"> ▾</span></button>
      <nav id="nav-pages" aria-label="Pages" :class="{ open: isOpen }">
        <a v-for="page in value.pages" :key="page.path" :href="page.path" :aria-current="page.path === value.current ? 'page' : null">{{ page.title }}</a>
      </nav>
      <div class="who">
        <button v-if="value.current === '.'" type="button" class="quiet" aria-label="Help" title="Help (?)" @click="help">?</button>
        <button type="button" class="quiet" data-does="theme" :aria-label="isDark ? 'Light' : 'Dark'" :title="isDark ? 'Light theme' : 'Dark theme'" @click="toggleTheme"><span class="symbol" aria-hidden="true">{{ isDark ? '☀' : '☾' }}</span></button>
        <a class="person" href="settings" :title="[value.who, value.role].filter(Boolean).join(', ')"><b v-if="value.who">{{ value.who }}</b><span class="role">{{ value.role }}</span></a>
        <form v-if="value.can_sign_out" method="post" action="sign-out"><button type="submit" class="quiet">Sign out</button></form>
      </div>
    </header>`,
  props: { first: Object },
  data() { return { value: this.first, isDark: false, isOpen: false }; },
  computed: { here() { return this.value.pages.find((page) => page.path === this.value.current)?.title ?? "Pages"; } },
  mounted() {
    this.preference = matchMedia("(prefers-color-scheme: dark)");
    this.preference.addEventListener("change", this.readTheme);
    this.readTheme();
  },
  unmounted() { this.preference.removeEventListener("change", this.readTheme); },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    skip() { document.getElementById("content").focus(); },
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
    help() { dispatchEvent(new Event("console-help")); },
  },
};
