// The calendar of releases: what is expected, what is out, and who runs it. Words come from the server.
import { Led } from "console/marks.js";

export default {
  components: { Led },
  template: `
    <div class="releases">
      <p class="quiet">For a calendar program: <a href="releases.ics">releases.ics</a></p>
      <section v-for="line in value.lines" :key="line.title" class="line" :aria-label="line.title">
        <header><h2>{{ line.title }}</h2><span class="quiet">{{ line.cadence }}</span></header>
        <p>{{ line.newest }}</p>
        <p v-if="line.unsupported.text" class="tone-critical"><span class="symbol" aria-hidden="true">{{ line.unsupported.symbol }}</span><Led :to="line.href" :text="line.unsupported.text" /></p>
        <h3 v-if="line.coming.length">Expected</h3>
        <ol class="coming" v-if="line.coming.length">
          <li v-for="each in line.coming" :key="each.at">
            <b>{{ each.date }}</b><span class="quiet" v-if="each.utc">{{ each.utc }}</span>
            <p :class="'tone-' + each.sure.tone"><span class="symbol" aria-hidden="true">{{ each.sure.symbol }}</span>{{ each.sure.text }}</p>
            <p v-if="each.carries">{{ each.carries }}</p>
            <p class="tone-warning" v-if="each.effect"><Led :to="each.href" :text="each.effect" /></p>
          </li>
        </ol>
        <h3 v-if="line.out.length">Out</h3>
        <div v-if="line.out.length" class="wide" tabindex="0" role="group" :aria-label="'Releases of ' + line.title"><table>
          <thead><tr><th scope="col">Version</th><th scope="col">Released</th><th scope="col">Runners</th><th scope="col" v-if="hasWindow(line)">Support window</th></tr></thead>
          <tbody>
            <tr v-for="each in line.out" :key="each.version">
              <th scope="row">{{ each.version }}</th><td>{{ each.date }}</td><td><Led :to="each.href" :text="each.runs || '–'" /></td>
              <td v-if="hasWindow(line)" :class="'tone-' + each.support.tone"><span v-if="each.support.symbol" class="symbol" aria-hidden="true">{{ each.support.symbol }}</span>{{ each.support.text }}</td>
            </tr>
          </tbody>
        </table></div>
        <p class="quiet" v-if="line.out.length && !hasWindow(line)">{{ line.out[0].support.text }}.</p>
        <p class="quiet" v-if="line.older">{{ line.older }}</p>
        <p class="quiet" v-if="line.elsewhere">{{ line.elsewhere }}</p>
      </section>
    </div>`,
  props: { first: Object },
  data() { return { value: this.first }; },
  methods: {
    hasWindow(line) { return line.out.some((each) => each.in_window !== null); },
    show(value) { this.value = { ...this.value, ...value }; },
  },
};
