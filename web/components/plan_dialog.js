// The plan before an action, in a modal dialog of the browser's own: focus stays in it, Esc leaves it.
export default {
  template: `
    <dialog class="plan" ref="dialog" aria-labelledby="plan-title" @cancel.prevent="$emit('cancel')">
      <form method="dialog" v-if="value" @submit.prevent="agree">
        <h2 id="plan-title">{{ value.title }}</h2>
        <p class="tone-warning" v-if="value.nothing">{{ value.nothing }}</p>
        <p v-for="(sentence, n) in value.shared" :key="n">{{ sentence }}</p>
        <div class="steps">
          <section v-for="step in value.allowed" :key="step.runner_id">
            <h3 v-if="value.allowed.length + value.refused.length > 1">{{ step.name }}</h3>
            <p v-for="(sentence, n) in step.sentences" :key="n">{{ sentence }}</p>
          </section>
          <section class="refused" v-if="value.refused.length">
            <h3 class="tone-warning">{{ value.left_out }}</h3>
            <p v-for="step in value.refused" :key="step.runner_id"><b>{{ step.name }}</b> {{ step.sentences.join(' ') }}</p>
          </section>
        </div>
        <label v-if="value.type_to_confirm">Type <b>{{ value.type_to_confirm }}</b> to confirm
          <input ref="typed" v-model="typed" autocomplete="off"></label>
        <footer>
          <button type="button" ref="cancel" @click="$emit('cancel')">{{ value.question ? 'Cancel' : 'Close' }}</button>
          <button v-if="value.question" type="submit" class="primary" ref="confirm" :disabled="typed !== value.type_to_confirm">{{ value.confirm }}</button>
        </footer>
      </form>
    </dialog>`,
  props: { first: Object },
  data() { return { value: this.first, typed: "" }; },
  methods: {
    show(value) {
      const dialog = this.$refs.dialog, opens = value && !dialog.open;
      this.value = value && { ...this.value, ...value };
      if (opens || !value) this.typed = "";
      if (opens) dialog.showModal();
      if (!value && dialog.open) dialog.close();
      if (opens) this.$nextTick(() => (this.$refs.typed ?? this.$refs.cancel).focus());
    },
    agree() { this.$emit("agree", this.typed); },
  },
};
