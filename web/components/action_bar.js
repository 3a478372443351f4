// The caption of the table and, once runners are selected, what can be done to them.
export default {
  template: `
    <div class="bar" :class="{ open: value.count }">
      <span class="caption" role="status">{{ value.caption }}</span>
      <template v-if="value.count">
        <b>{{ value.count }} selected</b>
        <button v-for="action in value.actions" :key="action.action_id" type="button" :disabled="Boolean(action.refusal)"
                :title="action.refusal || action.explains" @click="$emit('act', action.action_id)">{{ action.label }}</button>
        <button type="button" class="quiet" @click="$emit('unselect')">Clear</button>
      </template>
    </div>`,
  props: { first: Object },
  data() { return { value: this.first }; },
  methods: { show(value) { this.value = value; } },
};
