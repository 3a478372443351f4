// The fields of a form, each with what is wrong beside it.
export default {
  template: `
    <div class="form-fields">
      <p v-if="errors['']" class="wrong-text" role="alert">{{ errors[''] }}</p>
      <input v-if="hidesName" class="sr-only" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly :value="who">
      <template v-for="field in form.fields" :key="field.name">
        <fieldset v-if="field.kind === 'several'" :class="{ wrong: errors[field.name] }" :aria-describedby="about(field)">
          <legend>{{ field.label }}</legend>
          <label v-for="option in field.options" :key="option.value" class="check"><input type="checkbox" :value="option.value" v-model="given[field.name]">{{ option.text }}</label>
          <span v-if="errors[field.name]" class="wrong-text" :id="id(field)">{{ errors[field.name] }}</span>
        </fieldset>
        <div v-else class="field" :class="{ wrong: errors[field.name] }"><label :for="'for-' + id(field)">{{ field.label }}</label>
          <select v-if="field.kind === 'choice'" :id="'for-' + id(field)" :name="field.name" v-model="given[field.name]" :aria-invalid="Boolean(errors[field.name])" :aria-describedby="about(field)">
            <option v-for="option in field.options" :key="option.value" :value="option.value">{{ option.text }}</option>
          </select>
          <input v-else :id="'for-' + id(field)" :name="field.name" :type="field.kind" v-model="given[field.name]" :autocomplete="completes(field)"
                 autocapitalize="off" spellcheck="false" :aria-invalid="Boolean(errors[field.name])" :aria-describedby="about(field)">
          <span v-if="errors[field.name]" class="wrong-text" :id="id(field)">{{ errors[field.name] }}</span>
          <span v-else-if="field.hint" class="quiet" :id="id(field)">{{ field.hint }}</span>
        </div>
      </template>
    </div>`,
  props: { form: Object, errors: Object, given: Object, who: String },
  computed: { // what a password manager wants to know
    hidesName() { return this.form.fields.some((field) => field.kind === "password") && !this.form.fields.some((field) => field.name === "name"); },
  },
  methods: {
    completes(field) {
      if (field.kind === "password") return field.name === "old" ? "current-password" : "new-password";
      return "off";
    },
    id(field) { return `about-${this.form.id}-${field.name}`; },
    about(field) { return this.errors[field.name] || field.hint ? this.id(field) : null; },
  },
};
