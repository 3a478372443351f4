// The audit, day by day. Words come from the server.
export default {
  template: `
    <div class="audit">
      <section v-for="(day, n) in value.days" :key="day.title" class="card" :aria-labelledby="'day-' + n">
        <h2 :id="'day-' + n">{{ day.title }}</h2>
        <div class="wide" tabindex="0" role="region" :aria-label="'Entries of ' + day.title"><table class="listing entries">
          <thead><tr><th v-for="title in titles" :key="title" scope="col">{{ title }}</th></tr></thead>
          <tbody><tr v-for="(line, n) in day.lines" :key="n">
            <td class="short" :title="line.utc || null">{{ line.clock }}</td>
            <th scope="row">{{ line.who }}</th>
            <td>{{ line.what }}<p v-if="line.detail" class="quiet">{{ line.detail }}</p></td>
            <td>{{ line.target || '–' }}</td>
            <td class="short">{{ line.where || '–' }}</td>
            <td class="short" :class="'tone-' + line.outcome.tone"><span class="symbol" aria-hidden="true">{{ line.outcome.symbol }}</span>{{ line.outcome.text }}</td>
            <td><code v-if="line.plan" :title="line.plan">{{ line.plan.slice(0, 8) }}</code></td>
          </tr></tbody>
        </table></div>
      </section>
      <p v-if="value.note.text" :class="'note tone-' + value.note.tone" role="status"><span v-if="value.note.symbol" class="symbol" aria-hidden="true">{{ value.note.symbol }}</span>{{ value.note.text }}</p>
      <nav v-if="value.newest || value.older" class="pager" aria-label="Pages of the audit"><a v-if="value.newest" :href="value.newest">Newest</a><a v-if="value.older" :href="value.older">Older</a></nav>
    </div>`,
  props: { first: Object, titles: Array },
  data() { return { value: this.first }; },
  methods: { show(value) { this.value = { ...this.value, ...value }; } },
};
