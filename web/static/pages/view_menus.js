// The menus of the tools above the table. They are drawn when they are opened.
const LONGEST_NAME = 60;

export const ColumnMenu = {
  template: `
    <div id="column-menu" class="popup" role="group" aria-label="Columns">
      <label><input type="checkbox" :checked="isFitting" @change="$emit('fit', $event.target.checked)"> As many as fit</label>
      <hr>
      <label v-for="column in columns" :key="column.key" :title="column.explains">
        <input type="checkbox" :checked="shown.includes(column.key)" :disabled="column.rank === 0" @change="$emit('choose', column.key, $event.target.checked)"> {{ column.title }}
      </label>
      <hr>
      <label><input type="checkbox" :checked="isCompact" @change="$emit('dense', $event.target.checked)"> Dense rows</label>
    </div>`,
  props: { columns: Array, shown: Array, isFitting: Boolean, isCompact: Boolean },
  emits: ["fit", "choose", "dense"],
};

export const ViewMenu = {
  template: `
    <div id="view-menu" class="popup" role="group" aria-label="Saved views">
      <p class="quiet" v-if="!views.length">None saved in this browser yet.</p>
      <ul><li v-for="(view, n) in views" :key="view.name">
        <button type="button" class="quiet name" @click="$emit('show', n)">{{ view.name }}</button>
        <button type="button" class="quiet" :aria-label="'Forget ' + view.name" title="Forget it" @click="$emit('forget', n)">✕</button>
      </li></ul>
      <form @submit.prevent="save">
        <input type="text" v-model="name" :maxlength="longest" aria-label="Name of this view" placeholder="Name of this view" autocomplete="off">
        <button type="submit" :disabled="!name.trim()">Save</button>
      </form>
      <button type="button" class="quiet" @click="$emit('link')">Copy a link to this view</button>
    </div>`,
  props: { views: Array },
  emits: ["show", "forget", "save", "link"],
  data() { return { name: "", longest: LONGEST_NAME }; },
  methods: {
    save() {
      this.$emit("save", this.name.trim());
      this.name = "";
    },
  },
};
