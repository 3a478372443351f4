// A component that is not seen at first is made once the browser has drawn what is. What it is told
// until then waits for it.
import { h } from "vue";

export function afterDrawing(does) {
  requestAnimationFrame(() => setTimeout(does));
}

export function later(component, isSeen = () => false) {
  const { props, emits } = component;
  const forwarded = Object.keys(component.methods).map((name) => [name, function (...told) {
    if (this.$refs.made) return this.$refs.made[name](...told);
    this.told.push([name, told]);
  }]);
  return {
    props, emits,
    data() { return { isDue: isSeen(this.$props) }; },
    created() {
      this.told = [];
      this.listeners = Object.fromEntries(emits.map((event) => [
        `on${event[0].toUpperCase()}${event.slice(1)}`, (...told) => this.$emit(event, ...told)]));
    },
    mounted() { if (!this.isDue) afterDrawing(() => { this.isDue = true; }); },
    updated() { this.told.splice(0).forEach(([name, told]) => this.$refs.made[name](...told)); },
    methods: Object.fromEntries(forwarded),
    render() { return this.isDue ? h(component, { ...this.$props, ...this.listeners, ref: "made" }) : null; },
  };
}
