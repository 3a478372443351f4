"""How soon a page shows its first rows in a real Chromium, beside a NiceGUI page with one label.

The page itself notes, by its own clock, when what is looked for is first painted.
"""

from contextlib import ExitStack

from playwright.sync_api import Browser, BrowserContext

from tests.bench.api import demo_api
from tests.bench.page import bare_server, chromium, console_server
from tests.bench.rows import Row, in_turn, progress

FLEETS = {1_000: 1.3, 10_000: 2.0}
"""How many runners, and how many times the bare page's time the first rows may take."""

RUNS = 15
ROW = ".grid-row"
LABEL = ".q-page div"
NOTES = """
(() => {
  let found, posted, painted;
  const note = () => {
    if (posted && painted) window.seenAt = painted >= found ? painted : posted;
  };
  const look = (frame) => {
    if (!document.querySelector(SELECTOR)) { requestAnimationFrame(look); return; }
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { posted = performance.now(); note(); };
    channel.port2.postMessage(null);
    found = frame;
  };
  requestAnimationFrame(look);
  new PerformanceObserver((list) => {
    painted = list.getEntriesByName("first-contentful-paint")[0]?.startTime ?? painted;
    note();
  }).observe({ type: "paint", buffered: true });
})();
"""
"""Where the first frame with any content has what is looked for, its time is the browser's own.
Otherwise it is that of a message which is posted in the frame that has it, and comes after it."""

SEEN = """() => new Promise((done) => {
  const look = () => (window.seenAt ? done(window.seenAt) : setTimeout(look, 20));
  look();
})"""

POLL_SECONDS = 60
SETTLING_MILLISECONDS = 300


def first_rows() -> list[Row]:
    rows = []
    for runners, most in FLEETS.items():
        progress(f"first rows of {runners:,} runners …")
        with ExitStack() as stack:
            api = stack.enter_context(demo_api(runners))
            ours = stack.enter_context(console_server(api, POLL_SECONDS))
            bare = stack.enter_context(bare_server())
            browser = stack.enter_context(chromium())
            rows += _rows(browser, ours.url, bare.url, runners, most)
    return rows


def _rows(browser: Browser, ours: str, bare: str, runners: int, most: float) -> list[Row]:
    """For somebody who has been here before, and for who comes for the first time."""
    what = f"web: first rows of {runners:,} runners in Chromium"
    label = "a NiceGUI page with one label"
    known, also_known = browser.new_context(), browser.new_context()
    again, label_again = in_turn(
        RUNS, lambda: _seen(known, ours, ROW), lambda: _seen(also_known, bare, LABEL)
    )
    anew, label_anew = in_turn(
        RUNS, lambda: seen_anew(browser, ours, ROW), lambda: seen_anew(browser, bare, LABEL)
    )
    return [
        Row(what, label, again, label_again, "ms", most_ratio=most),
        Row(f"{what}, nothing cached", label, anew, label_anew, "ms", most_ratio=most),
    ]


def seen_anew(browser: Browser, url: str, selector: str) -> float:
    """The same in a browser that has nothing of it."""
    context = browser.new_context()
    try:
        return _seen(context, url, selector)
    finally:
        context.close()


def _seen(context: BrowserContext, url: str, selector: str) -> float:
    """Milliseconds from the request until it is painted."""
    page = context.new_page()
    page.add_init_script(NOTES.replace("SELECTOR", repr(selector)))
    page.goto(url, wait_until="commit")
    moment = float(page.evaluate(SEEN))
    page.wait_for_timeout(SETTLING_MILLISECONDS)
    page.close()
    return moment
