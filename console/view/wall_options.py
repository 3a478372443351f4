"""What can be asked of a wall in its address or its screen's profile. Nobody stands at its
keyboard, so that a wrong value falls back to what is usual, and the wall says so for a while."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from console.errors import FilterError
from console.view.filter import EVERYTHING, Filter, parse_filter
from console.view.text import shown
from console.view.wall_palettes import WALL_PALETTES
from console.view.wall_words import known_language

LONGEST = 500
"""Characters of a value that are looked at."""

NOTED_SECONDS = 60
"""How long a wall says that a value was wrong."""

MOST_NOTES = 3

TURNS = -1

NO_PROFILE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WallOptions:
    """`metres` is how far away the wall is read, `inches` the diagonal of its screen; `rotate` the
    seconds between its pages, 0 for all on one, `TURNS` for pages only where all on one says too
    little. `filter`, `zone` and `language` decide what it
    tells, the others how it looks."""

    theme: str = "dark"
    colours: str = "usual"
    metres: int = 5
    inches: int = 55
    filter: Filter = EVERYTHING
    rotate: int = TURNS
    clock: str = "24"
    zone: tzinfo = UTC
    language: str = "en"
    shift: bool = True
    cursor: bool = False
    sound: bool = False
    codes: bool = True

    @property
    def look(self) -> tuple[str, str, str]:
        """Walls with the same are told the same."""
        return self.filter.text, str(self.zone), self.language


@dataclass(frozen=True, slots=True)
class WallOption:
    """`values` is what it takes, in words; `read` the value of the field that it `sets`, None for a
    wrong one; `usual` the one without it."""

    name: str
    sets: str
    values: str
    usual: str
    explains: str
    read: Callable[[str], Any] = field(repr=False)


def wall_options(
    parameters: Mapping[str, str],
    zone: tzinfo = UTC,
    profile: Mapping[str, str] = NO_PROFILE,
) -> tuple[WallOptions, tuple[str, ...]]:
    """The options of an address over those of a screen's profile, in the user's zone, and what is
    wrong with them, in sentences."""
    made, notes = WallOptions(zone=zone), []
    for name, text in {**profile, **parameters}.items():
        option = OPTIONS.get(name)
        if option is None:
            notes.append(_unknown(name))
            continue
        value = option.read(text.strip()[:LONGEST])
        if value is None:
            notes.append(_wrong(option, text))
        else:
            made = replace(made, **{option.sets: value})
    return made, tuple(notes[:MOST_NOTES])


def _unknown(name: str) -> str:
    nearest = get_close_matches(name, OPTIONS, n=1)
    hint = f" Did you mean {nearest[0]}?" if nearest else ""
    return f"“{shown(name, 24)}” is not an option of the wall.{hint}"


def _wrong(option: WallOption, text: str) -> str:
    if option.name == "filter":
        return f"{_filter_fault(text)} All runners are shown."
    return (
        f"“{shown(text, 24)}” is not a value of {option.name}: {option.values}."
        f" {option.usual} is used."
    )


def _filter_fault(text: str) -> str:
    try:
        parse_filter(text[:LONGEST])
    except FilterError as error:
        return f"The filter is wrong: {error}"
    return ""


def _filter(text: str) -> Filter | None:
    try:
        return parse_filter(text)
    except FilterError:
        return None


def _zone(text: str) -> tzinfo | None:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return None


def _one_of(*words: str) -> Callable[[str], str | None]:
    return lambda text: text if text in words else None


def _number(
    least: int, most: int, words: Mapping[str, int] = MappingProxyType({})
) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        if text in words:
            return words[text]
        is_number = text.isascii() and text.isdigit() and len(text) < 6
        return int(text) if is_number and least <= int(text) <= most else None

    return read


def _size(text: str) -> int | None:
    return int(text) if text in ("3", "5", "8") else None


def _switch(text: str) -> bool | None:
    return {"on": True, "off": False}.get(text)


OPTIONS: Mapping[str, WallOption] = {
    option.name: option
    for option in (
        WallOption(
            "size", "metres", "3, 5 or 8", "5", "from how many metres away it is read", _size
        ),
        WallOption(
            "screen", "inches", "20 to 150", "55", "the screen's diagonal in inches",
            _number(20, 150),
        ),
        WallOption(
            "theme", "theme", "dark or light", "dark", "its ground", _one_of("dark", "light")
        ),
        WallOption(
            "colours", "colours", ", ".join(WALL_PALETTES), "usual",
            "for weak colour vision: of which colours; or none at all", _one_of(*WALL_PALETTES),
        ),
        WallOption(
            "filter", "filter", "a filter", "all runners", "which runners it is about", _filter
        ),
        WallOption(
            "rotate", "rotate", "auto, off, or 15 to 120 seconds", "auto",
            "problems and the rest as pages in turn; auto: only from far, where side by side there"
            " is no room for what to do", _number(15, 120, {"off": 0, "auto": TURNS}),
        ),
        WallOption(
            "clock", "clock", "24, 12 or off", "24", "how it shows times of day",
            _one_of("24", "12", "off"),
        ),
        WallOption(
            "zone", "zone", "a time zone such as Europe/Berlin", "the profile's",
            "whose time it shows", _zone,
        ),
        WallOption(
            "language", "language", "a language such as de", "en", "the language of its dates",
            known_language,
        ),
        WallOption("codes", "codes", "on or off", "on", "the QR codes beside problems", _switch),
        WallOption(
            "shift", "shift", "on or off", "on", "moves all a little each minute, against burn-in",
            _switch,
        ),
        WallOption("cursor", "cursor", "on or off", "off", "whether the pointer shows", _switch),
        WallOption(
            "sound", "sound", "on or off", "off", "a sound when something becomes critical", _switch
        ),
    )
}  # fmt: skip
"""In the order of the page that documents them."""
