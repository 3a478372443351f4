// The plan before an action, in a modal dialog of the browser's own: focus stays in it, Esc leaves it.
import { isLost } from "console/connection.js";
import { later } from "console/later.js";
export default later({
  template: `
    <dialog class="plan" ref="dialog" aria-labelledby="plan-title" :class="value && value.danger" @cancel.prevent="cancel">
      <form method="dialog" v-if="value" @submit.prevent="agree">
        <h2 id="plan-title">{{ value.title }}</h2>
        <p class="tone-warning" v-if="value.nothing" role="alert">{{ value.nothing }}</p>
        <p class="tone-warning" v-if="value.left_out && value.question"><span class="symbol" aria-hidden="true">!</span>{{ value.left_out }}</p>
        <div class="steps" tabindex="0" role="group" aria-labelledby="plan-title">
          <section v-if="value.shared.length">
            <h3>{{ value.shared_title }}</h3>
            <p v-for="(sentence, n) in value.shared" :key="n">{{ sentence }}</p>
          </section>
          <section v-for="(group, n) in value.allowed" :key="n">
            <h3 v-if="isOfSeveral">{{ group.title }}</h3>
            <p class="names" v-if="group.names.length > 1">{{ group.names.join(", ") }}</p>
            <p v-for="(sentence, n) in group.sentences" :key="n">{{ sentence }}</p>
          </section>
          <section class="refused" v-if="value.refused.length">
            <h3 class="tone-warning"><span class="symbol" aria-hidden="true">!</span>{{ value.left_out }}</h3>
            <div v-for="(group, n) in value.refused" :key="n">
              <p><b>{{ group.title }}</b> {{ group.sentences.join(" ") }}</p>
              <p class="names" v-if="group.names.length > 1">{{ group.names.join(", ") }}</p>
            </div>
          </section>
        </div>
        <label v-if="value.type_to_confirm">Type <b>{{ value.type_to_confirm }}</b> to confirm
          <input ref="typed" v-model="typed" autocomplete="off"></label>
        <footer>
          <button type="button" ref="cancel" @click="cancel">{{ value.question ? 'Cancel' : 'Close' }}</button>
          <button v-if="value.question" type="submit" class="primary" ref="confirm" :disabled="typed !== value.type_to_confirm">{{ value.confirm }}</button>
        </footer>
      </form>
    </dialog>`,
  emits: ["agree", "cancel"],
  props: { first: Object },
  data() { return { value: this.first, typed: "" }; },
  computed: { isOfSeveral() { return this.value.allowed.length + this.value.refused.length > 1 || this.value.allowed[0]?.names.length > 1; } },
  mounted() { addEventListener("console-found", this.found); },
  unmounted() { removeEventListener("console-found", this.found); },
  methods: {
    show(value) {
      const dialog = this.$refs.dialog, opens = value && !dialog.open;
      this.value = value && { ...this.value, ...value };
      if (opens || !value) this.typed = "";
      if (opens) dialog.showModal();
      if (!value && dialog.open) dialog.close();
      if (opens) this.$nextTick(() => (this.$refs.typed ?? this.$refs.cancel).focus());
    },
    // It can be left also while the console does not answer, which is told once it does.
    cancel() {
      this.$refs.dialog.close();
      if (isLost()) this.isLeft = true;
      else this.$emit("cancel");
    },
    found() {
      if (this.isLeft) this.$emit("cancel");
      this.isLeft = false;
    },
    agree() { this.$emit("agree", this.typed); },
  },
}, ({ first }) => first !== null);
