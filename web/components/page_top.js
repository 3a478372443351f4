// The top of the page: whose fleet it is, how it stands, and the theme that this browser keeps.
export default {
  template: `
    <div>
      <div class="title">
        <a class="product" href="/">Maia runners</a><span class="profile">{{ profile }}</span>
        <span class="read-only" v-if="readOnly">READ-ONLY</span>
        <h1 :class="'tone-' + value.tone" aria-live="polite">{{ value.verdict }}</h1>
        <a class="quiet" href="/releases">Releases</a>
        <a class="quiet" href="/wall">Wall</a>
        <button type="button" class="quiet" @click="toggleTheme">{{ isDark ? 'Light' : 'Dark' }}</button>
        <button type="button" class="quiet" aria-label="Help" title="Help" @click="help">?</button>
      </div>
      <p class="outlook" v-if="value.outlook"><span class="symbol" aria-hidden="true">!</span>{{ value.outlook }}</p>
      <p class="banner" role="alert" v-if="value.banner">{{ value.banner }}</p>
    </div>`,
  props: { first: Object, profile: String, readOnly: Boolean },
  data() { return { value: this.first, isDark: false }; },
  mounted() {
    this.preference = matchMedia("(prefers-color-scheme: dark)");
    this.preference.addEventListener("change", this.readTheme);
    this.readTheme();
  },
  unmounted() { this.preference.removeEventListener("change", this.readTheme); },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
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
