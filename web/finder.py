"""The palette of the runners page: what fits the words that are typed into it."""

from collections.abc import Sequence
from dataclasses import asdict

from console.fleet.fleet import Fleet
from console.view.names import runner_label
from console.view.navigation import RUNNERS, pages_for
from console.view.palette import Offers, palette
from console.view.table import Column
from web.components.palette import Palette
from web.events import text_of, texts_of
from web.feeds import Feeds
from web.keys import COMMANDS
from web.seat import Seat
from web.wire import Json

MOST_VIEWS = 100


class Finder:
    def __init__(self, seat: Seat, store: Fleet, feeds: Feeds, shown_in: Palette) -> None:
        self._seat, self._store, self._feeds = seat, store, feeds
        self._palette = shown_in

    def find(self, told: Json, targets: tuple[str, ...], columns: Sequence[Column]) -> None:
        """`told` holds the `text`, and the names of the `views` that are saved in the browser;
        `targets` are the runners that an action would be about."""
        asked = told if isinstance(told, dict) else {}
        text, person = text_of(asked.get("text")), self._seat.person()
        offers = Offers(
            actions=self._seat.action_lines(targets),
            about=self._about(targets),
            pages=[each for each in pages_for(person) if each != RUNNERS]
            if person is not None
            else (),
            presets=self._feeds.presets[1:],
            columns=columns,
            views=texts_of(asked.get("views"))[:MOST_VIEWS],
            commands=COMMANDS,
        )
        entries = palette(text, self._store.snapshot, offers)
        told_of = [{**asdict(entry), "group": entry.group} for entry in entries]
        self._palette.show({"text": text, "entries": told_of})

    def preset(self, key: str) -> str:
        """The filter of a preset; none for what is no preset."""
        return next((each.filter for each in self._feeds.presets if each.key == key), "")

    def _about(self, targets: tuple[str, ...]) -> str:
        runner = self._store.snapshot.by_id.get(targets[0]) if len(targets) == 1 else None
        return runner_label(runner) if runner is not None else f"{len(targets)} runners"
