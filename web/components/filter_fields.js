// What to look at, field by field. What can be chosen, and what is wrong with it, the server says.
const PAUSE = 250; // milliseconds without a key before the fields are sent

export default {
  template: `
    <form class="fields" role="search" aria-label="Filter" @submit.prevent="send">
      <label v-for="field in value.fields" :key="field.name" :class="{ wrong: field.error }"><span>{{ field.label }}</span>
        <select v-if="field.options.length" :name="field.name" :value="given[field.name]" @change="choose(field.name, $event.target.value)">
          <option v-for="option in field.options" :key="option.value" :value="option.value">{{ option.text }}</option>
        </select>
        <input v-else :name="field.name" :type="field.kind === 'date' ? 'date' : 'text'" :value="given[field.name]" :placeholder="field.hint" maxlength="200" autocomplete="off" spellcheck="false"
               :aria-invalid="Boolean(field.error)" :aria-describedby="field.error ? 'wrong-' + field.name : null" @input="typed(field.name, $event.target.value)">
        <span v-if="field.error" class="wrong-text" :id="'wrong-' + field.name">{{ field.error }}</span>
      </label>
      <button v-if="isSet" type="button" class="quiet" @click="clear">Clear</button>
      <span class="caption" role="status">{{ value.caption }}</span>
      <a class="file" :href="value.file" download>CSV</a>
    </form>`,
  emits: ["filter"],
  props: { first: Object },
  data() { return { value: this.first, given: this.from(this.first) }; },
  computed: { isSet() { return Object.values(this.given).some(Boolean); } },
  mounted() { addEventListener("console-command", this.command); },
  unmounted() { removeEventListener("console-command", this.command); clearTimeout(this.pause); },
  methods: {
    from(value) { return Object.fromEntries(value.fields.map((field) => [field.name, field.value])); },
    show(value) {
      this.value = { ...this.value, ...value };
      if (value.fields && !this.pause) this.given = this.from(this.value);
    },
    choose(name, text) { this.given[name] = text; this.send(); },
    typed(name, text) {
      this.given[name] = text;
      clearTimeout(this.pause);
      this.pause = setTimeout(this.send, PAUSE);
    },
    command({ detail }) { if (detail === "filter") this.$el.querySelector("input, select").focus(); },
    clear() { for (const name of Object.keys(this.given)) this.given[name] = ""; this.send(); },
    send() {
      clearTimeout(this.pause);
      this.pause = null;
      this.$emit("filter", { ...this.given });
    },
  },
};
