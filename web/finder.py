"""The palette: what fits the words typed into it, on the runners page and on all others."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from console.access.person import Person
from console.fleet.fleet import Fleet
from console.view.names import runner_label
from console.view.navigation import RUNNERS, PageLink, pages_for
from console.view.palette import Entry, Kind, Offers, palette
from console.view.table import Column
from web.address import Address
from web.components.palette import Palette
from web.events import Heard, text_of, texts_of
from web.feeds import Feeds
from web.keys import COMMANDS, COMMANDS_ANYWHERE
from web.seat import Seat
from web.wire import Json

MOST_VIEWS = 100
NOTHING_YET = {"text": "", "entries": ()}


class Finder:
    """That of the runners page, which does there what is chosen."""

    def __init__(self, seat: Seat, store: Fleet, feeds: Feeds, shown_in: Palette) -> None:
        self._seat, self._store, self._feeds = seat, store, feeds
        self._palette = shown_in

    def find(self, told: Json, targets: tuple[str, ...], columns: Sequence[Column]) -> None:
        """`told` holds the `text`, and the names of the `views` that are saved in the browser;
        `targets` are the runners that an action would be about."""
        asked = told if isinstance(told, dict) else {}
        offers = Offers(
            actions=self._seat.action_lines(targets),
            about=self._about(targets),
            pages=_pages_beside(RUNNERS, self._seat.person()),
            presets=self._feeds.presets[1:],
            columns=columns,
            views=texts_of(asked.get("views"))[:MOST_VIEWS],
            commands=COMMANDS,
        )
        text = text_of(asked.get("text"))
        self._palette.show(_found(text, palette(text, self._store.snapshot, offers)))

    def preset(self, key: str) -> str:
        """The filter of a preset; none for what is no preset."""
        return next((each.filter for each in self._feeds.presets if each.key == key), "")

    def _about(self, targets: tuple[str, ...]) -> str:
        runner = self._store.snapshot.by_id.get(targets[0]) if len(targets) == 1 else None
        return runner_label(runner) if runner is not None else f"{len(targets)} runners"


class Guide:
    """That of any other page: what is found is somewhere to go, runners and filters on the runners
    page."""

    def __init__(self, seat: Seat, store: Fleet, feeds: Feeds, here: PageLink) -> None:
        self._seat, self._store, self._feeds, self._here = seat, store, feeds, here
        self._palette = Palette(NOTHING_YET)
        Heard(seat.is_taken)(self._palette, find=self._on_find)

    def _on_find(self, told: Json) -> None:
        text = text_of(told.get("text")) if isinstance(told, dict) else ""
        offers = Offers(
            pages=_pages_beside(self._here, self._seat.person()),
            presets=self._feeds.presets[1:],
            commands=COMMANDS_ANYWHERE,
        )
        entries = palette(text, self._store.snapshot, offers)
        self._palette.show(_found(text, entries, led=True))


def _pages_beside(here: PageLink, person: Person | None) -> tuple[PageLink, ...]:
    pages = pages_for(person) if person is not None else ()
    return tuple(each for each in pages if each != here)


def _found(text: str, entries: Iterable[Entry], *, led: bool = False) -> Json:
    told = ({**asdict(_leading(each) if led else each), "group": each.group} for each in entries)
    return {"text": text, "entries": list(told)}


def _leading(entry: Entry) -> Entry:
    """The same as an address to go to; what a page does anywhere stays as it is."""
    if entry.kind is Kind.RUNNER:
        return replace(entry, kind=Kind.PAGE, id=f".{Address(runner=entry.id).url}")
    if entry.kind is Kind.PRESET:
        return replace(entry, kind=Kind.PAGE, id=f".{Address(filter=entry.explains).url}")
    return entry
