// The top of the page. Counts the age of the data itself, so that an unchanged fleet sends nothing.
import { TONES, duration } from "/static/cells.js";

export default {
  template: `
    <header class="top">
      <div class="title">
        <a class="product" href="/">Maia runners</a><span class="profile">{{ profile }}</span>
        <span class="read-only" v-if="readOnly">READ-ONLY</span>
        <h1 :class="'tone-' + value.tone" aria-live="polite">{{ value.verdict }}</h1>
        <span class="age" :class="{ stale: isStale }" :title="'last read ' + takenText">{{ age }}</span>
        <a class="quiet" href="/wall">Wall</a>
        <button type="button" class="quiet" @click="toggleTheme" aria-label="Light or dark">{{ theme === 'dark' ? 'Light' : 'Dark' }}</button>
      </div>
      <p class="banner" role="alert" v-if="value.banner">{{ value.banner }}</p>
      <div class="tools">
        <nav class="chips" aria-label="Counts">
          <button v-for="(line, n) in headlines" :key="line.key" type="button" class="chip"
                  :class="['tone-' + tones[value.counts[n][1]], { none: !value.counts[n][0] }]" :aria-pressed="line.filter === filter.text"
                  @click="choose(line.filter)">
            <span v-if="line.symbol" class="symbol" aria-hidden="true">{{ line.symbol }}</span><b>{{ value.counts[n][0] }}</b> {{ line.label }}
          </button>
        </nav>
        <div class="filter" :class="{ wrong: filter.error }">
          <label class="sr-only" for="filter">Filter</label>
          <input id="filter" ref="input" type="search" autocomplete="off" spellcheck="false" list="filter-words"
                 placeholder="Filter, such as status:running -auto:on prod" :value="filter.text"
                 :aria-invalid="Boolean(filter.error)" aria-describedby="filter-error"
                 @input="typed($event.target.value)" @keydown.esc.stop="escape">
          <kbd aria-hidden="true">/</kbd>
          <datalist id="filter-words"><option v-for="word in filter.completions" :key="word" :value="word"></option></datalist>
          <p id="filter-error" class="filter-error" role="status" v-if="filter.error">
            <code>{{ before }}<mark>{{ fault }}</mark></code> {{ filter.error }}
          </p>
        </div>
      </div>
    </header>`,
  props: { first: Object, headlines: Array, profile: String, readOnly: Boolean, firstFilter: Object, firstTaken: Number, staleAfter: Number },
  data() {
    return { value: this.first, filter: this.firstFilter, taken: this.firstTaken, now: Date.now(), theme: "light", tones: TONES };
  },
  mounted() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    this.theme = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    this.clock = setInterval(() => { this.now = Date.now(); }, 1000);
    addEventListener("keydown", this.shortcut);
  },
  unmounted() { clearInterval(this.clock); removeEventListener("keydown", this.shortcut); },
  computed: {
    isStale() { return this.taken !== null && this.now - this.taken > this.staleAfter * 1000; },
    age() { return this.taken === null ? "nothing read yet" : `${duration(this.now - this.taken)} old`; },
    takenText() { return this.taken === null ? "never" : new Date(this.taken).toISOString().slice(11, 19) + " UTC"; },
    before() { return this.filter.text.slice(0, this.filter.error_at ?? 0); },
    fault() { return this.filter.text.slice(this.filter.error_at ?? 0) || "␣"; },
  },
  methods: {
    show(value) { this.value = value; },
    beat(taken) { this.taken = taken; this.now = Date.now(); },
    showFilter(state) { if (document.activeElement !== this.$refs.input || state.text === this.filter.text) this.filter = state; else this.filter = { ...state, text: this.$refs.input.value }; },
    typed(text) { this.filter = { ...this.filter, text }; this.send(text); },
    choose(text) { this.send(text === this.filter.text ? "" : text); },
    send(text) { this.$emit("filter", text); },
    escape() { if (this.filter.text) this.typed(""); else this.$refs.input.blur(); },
    shortcut(event) {
      const field = event.target.closest?.("input, textarea, dialog");
      if (event.key === "/" && !field && !event.ctrlKey && !event.metaKey) { event.preventDefault(); this.$refs.input.focus(); }
    },
    toggleTheme() {
      this.theme = this.theme === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = this.theme;
      localStorage.setItem("theme", this.theme);
    },
  },
};
