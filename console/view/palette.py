"""What can be done and gone to from one field: actions, runners, pages, filters and what the page
itself offers, those that fit the typed words best first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from console.fleet.snapshot import Snapshot
from console.view.detail import ActionLine
from console.view.headlines import Headline
from console.view.names import runner_label
from console.view.navigation import PageLink
from console.view.table import Column
from console.view.text import folded, shown

MOST_RUNNERS = 8
MOST_ENTRIES = 60
LONGEST = 200
"""Characters of what is typed that are looked for."""


class Kind(StrEnum):
    """What an entry leads to; the `id` of the entry says which."""

    ACTION = "action"
    RUNNER = "runner"
    PRESET = "preset"
    VIEW = "view"
    PAGE = "page"
    SORT = "sort"
    COMMAND = "command"


GROUPS = {
    Kind.ACTION: "Do",
    Kind.RUNNER: "Runners",
    Kind.PRESET: "Filter",
    Kind.VIEW: "Saved views",
    Kind.PAGE: "Go to",
    Kind.SORT: "Sort",
    Kind.COMMAND: "This page",
}
"""In the order in which they stand."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` is the key that does the same, "" for none."""

    kind: Kind
    id: str
    title: str
    explains: str = ""
    key: str = ""

    @property
    def group(self) -> str:
        return GROUPS[self.kind]


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is to be found, beside the runners. `about` is whom the `actions` would act on:
    "prod-eu", "3 runners"; `views` are the names of saved ones, `commands` the page's own."""

    actions: Sequence[ActionLine] = ()
    about: str = ""
    pages: Sequence[PageLink] = ()
    presets: Sequence[Headline] = ()
    columns: Sequence[Column] = ()
    views: Sequence[str] = ()
    commands: Sequence[Entry] = ()


def palette(text: str, snapshot: Snapshot, offers: Offers) -> tuple[Entry, ...]:
    """The entries that hold every typed word, by groups, the best of each first. Runners are only
    there once something is typed."""
    words = folded(text[:LONGEST]).split()
    fitting = [(_fit(entry, words), entry) for entry in _entries(offers)]
    if words:
        fitting += _runners(snapshot, words)
    order = list(GROUPS)
    ranked = sorted(
        ((order.index(entry.kind), -fit, entry) for fit, entry in fitting if fit),
        key=lambda each: each[:2],
    )
    return tuple(entry for _, _, entry in ranked[:MOST_ENTRIES])


def _entries(offers: Offers) -> Iterator[Entry]:
    for line in offers.actions:
        if not line.refusal:
            yield Entry(
                Kind.ACTION,
                line.action_id,
                f"{line.label}: {offers.about}",
                line.explains,
                line.key,
            )
    for preset in offers.presets:
        yield Entry(Kind.PRESET, preset.key, preset.label.capitalize(), preset.filter)
    for number, name in enumerate(offers.views):
        yield Entry(Kind.VIEW, str(number), shown(name, 60), "Saved in this browser")
    for page in offers.pages:
        yield Entry(Kind.PAGE, page.path, page.title)
    for column in offers.columns:
        yield Entry(Kind.SORT, column.key, f"Sort by {column.title.lower()}", column.explains)
    yield from offers.commands


def _runners(snapshot: Snapshot, words: Sequence[str]) -> Iterable[tuple[int, Entry]]:
    found = []
    for runner in snapshot.runners:
        entry = Entry(Kind.RUNNER, runner.id, runner.name)
        fit = _fit(entry, words) or _fit(replace(entry, title=runner.id), words)
        if fit:
            label = runner_label(runner)
            found.append((fit, replace(entry, title=label, explains=shown(runner.description, 80))))
    found.sort(key=lambda each: (-each[0], each[1].title))
    return found[:MOST_RUNNERS]


def _fit(entry: Entry, words: Sequence[str]) -> int:
    """0 for one that lacks a word; most for one that begins with all of them."""
    title = folded(entry.title)
    about = folded(f"{entry.title} {entry.explains}")
    if not all(word in about for word in words):
        return 0
    first = " ".join(words)
    if title.startswith(first):
        return 4
    if all(f" {word}" in f" {title}" for word in words):
        return 3
    return 2 if all(word in title for word in words) else 1
