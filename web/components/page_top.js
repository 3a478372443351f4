// The top of the page: what it is about, how the fleet stands, and what is wrong with reading it.
// A text as it is, or which of its words are other ones: [number, word].
function wordsFrom(before, part) {
  if (!Array.isArray(part)) return part;
  const words = before.split(" ");
  for (const [number, word] of part) words[number] = word;
  return words.join(" ");
}

export default {
  template: `
    <div>
      <div class="title">
        <h1 v-if="title">{{ title }}</h1>
        <component :is="title ? 'p' : 'h1'" class="verdict" :class="'tone-' + value.tone" aria-live="polite">{{ value.verdict }}</component>
      </div>
      <p class="outlook" v-if="value.outlook && !title"><span class="symbol" aria-hidden="true">!</span>{{ value.outlook }}</p>
      <p class="banner" role="alert" v-if="value.banner">{{ value.banner }}</p>
    </div>`,
  props: { first: Object, title: String },
  data() { return { value: this.first }; },
  methods: {
    show(changed) {
      const parts = Object.entries(changed).map(([name, part]) => [name, wordsFrom(this.value[name], part)]);
      this.value = { ...this.value, ...Object.fromEntries(parts) };
    },
  },
};
