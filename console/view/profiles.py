"""The profiles that there are to open, those of the settings file or the demo's: names, regions,
read-only or not, which are open, and how to open others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.errors import UsageError
from console.settings import EVERY, default_name, load_profile, profile_names
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

OPEN = "This one is open."
MADE_UP = "made up; nothing is sent out"


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """`name` is as it is shown, `key` as it is in the file. `cell` tells of the profile, or what is
    wrong with it; `opening` how to open it."""

    name: str
    key: str
    is_open: bool
    cell: Cell
    opening: str


@dataclass(frozen=True, slots=True)
class Profiles:
    """`note` says that there is none, or why they cannot be read; else where they stand."""

    lines: tuple[ProfileLine, ...]
    note: Cell


def profiles_view(path: Path, environ: Mapping[str, str], opened: Collection[str]) -> Profiles:
    """`opened` are the names of the profiles that are open now."""
    try:
        names = profile_names(path)
        default = default_name(path, environ)
    except UsageError as error:
        return Profiles((), Cell(shown(str(error), 400), Tone.WARNING, "!", "!"))
    lines = tuple(_line(name, path, opened, is_default=name == default) for name in names)
    if not lines:
        said = f"There is no profile in {path}. maia-console login makes one."
        return Profiles((), Cell(shown(said, 400), Tone.MUTED))
    said = f"From {path}. {_together(names)}".rstrip()
    return Profiles(lines, Cell(shown(said, 400), Tone.MUTED))


def demo_profiles_view(names: Sequence[str], opened: Collection[str]) -> Profiles:
    """The accounts of the demo, each with runners of its own."""
    lines = tuple(
        ProfileLine(name, name, name in opened, Cell(MADE_UP, Tone.MUTED), _opening(name, opened))
        for name in names
    )
    said = f"This is the demo. To see your own, start without --demo. {_together(names)}"
    return Profiles(lines, Cell(said.rstrip(), Tone.MUTED))


def marks_gone(count: int) -> str:
    """What is said of marks when other accounts are opened; "" where there were none."""
    if not count:
        return ""
    return "1 mark is gone with its runner." if count == 1 else f"{count} marks are gone."


def _line(name: str, path: Path, opened: Collection[str], *, is_default: bool) -> ProfileLine:
    is_open = name in opened
    opening = _opening(name, opened)
    try:
        profile = load_profile(name, {}, {}, path)
    except UsageError as error:
        fault = Cell(shown(str(error), 400), Tone.WARNING, "!", "!")
        return ProfileLine(shown(name, 60), name, is_open, fault, opening)
    said = [profile.region, profile.api_address]
    said += ["read-only"] * profile.read_only + ["the default"] * is_default
    cell = Cell(shown(", ".join(said), 300), Tone.NEUTRAL if is_open else Tone.MUTED)
    return ProfileLine(shown(name, 60), name, is_open, cell, opening)


def _opening(name: str, opened: Collection[str]) -> str:
    return OPEN if name in opened else f"To open it: profile {shown(name, 60)}"


def _together(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    two = f"{shown(names[0], 60)},{shown(names[1], 60)}"
    return f"Several at once: profile {two}, or profile {EVERY}."
