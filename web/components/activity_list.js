// What was done: what is under way on top with its progress, then day by day. Words come from the server.
export default {
  template: `
    <div class="activity">
      <section v-if="value.running.length" class="card" aria-labelledby="under-way">
        <h2 id="under-way">Under way</h2>
        <div v-for="(plan, n) in value.progress" :key="n" class="progress">
          <b :id="'plan-' + n">{{ plan.title }}</b><span class="quiet">{{ plan.words }}</span>
          <progress :max="plan.total" :value="plan.total > 1 ? plan.ended : null" :aria-labelledby="'plan-' + n"></progress>
        </div>
        <ol class="deeds"><li v-for="(line, n) in value.running" :key="n">
          <time class="quiet">{{ line.clock }}</time><a :href="runner(line)">{{ line.name }}</a>
          <span :class="'tone-' + line.cell.tone"><span class="symbol" aria-hidden="true">{{ line.cell.symbol }}</span>{{ line.cell.text }}</span>
        </li></ol>
      </section>
      <div v-if="value.days.length" class="card days"><section v-for="day in value.days" :key="day.title" class="day">
        <h2>{{ day.title }}</h2>
        <ol class="deeds"><li v-for="(line, n) in day.lines" :key="n">
          <time class="quiet">{{ line.clock }}</time><a :href="runner(line)">{{ line.name }}</a>
          <span :class="'tone-' + line.cell.tone" :title="line.cell.hint"><span class="symbol" aria-hidden="true">{{ line.cell.symbol }}</span>{{ line.cell.text }}</span>
        </li></ol>
      </section></div>
      <p v-if="value.note.text" :class="'note tone-' + value.note.tone"><span v-if="value.note.symbol" class="symbol" aria-hidden="true">{{ value.note.symbol }}</span>{{ value.note.text }}</p>
    </div>`,
  props: { first: Object },
  data() { return { value: this.first }; },
  methods: {
    show(value) { this.value = { ...this.value, ...value }; },
    runner(line) { return `.?runner=${encodeURIComponent(line.runner_id)}`; },
  },
};
