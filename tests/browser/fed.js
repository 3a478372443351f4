// A stream and seconds that the test feeds: one poll in ten brings a change of very much.
window.EventSource = class extends EventTarget {
  constructor() { super(); this.readyState = 1; window.stream = this; window.number = 0; }
  close() {}
};
EventSource.CLOSED = 2;
const seconds = [];
window.setInterval = (job) => seconds.push(job);
window.send = (kind, data, id = "x.0") => stream.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data), lastEventId: id }));
window.beat = () => send("beat", { age: 0, next: 15, now: Date.now() });
window.begin = async (told) => {
  while (!window.stream) await new Promise((done) => setTimeout(done, 5));
  send("wall", told);
  beat();
};
window.feed = async (changes, polls, ticks = 15) => {
  for (let poll = 0; poll < polls; poll += 1) {
    if (poll % 10 === 0) { number += 1; send("change", changes[(number + 1) % 2], `x.${number}`); }
    for (let second = 0; second < ticks; second += 1) {
      if (second % 5 === 0) beat();
      seconds.forEach((job) => job());
    }
    if (poll % 100 === 0) await new Promise(requestAnimationFrame);
  }
};
