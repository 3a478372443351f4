"""The profiles of the settings file: names, regions, read-only or not, which one is open, and how
to open another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from console.errors import UsageError
from console.settings import default_name, load_profile, profile_names
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """`cell` tells of the profile, or what is wrong with it; `opening` how to open it."""

    name: str
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
    return Profiles(lines, Cell(shown(f"From {path}.", 400), Tone.MUTED))


def _line(name: str, path: Path, opened: Collection[str], *, is_default: bool) -> ProfileLine:
    is_open = name in opened
    opening = "This one is open." if is_open else f"To open it: maia-console --profile {name}"
    try:
        profile = load_profile(name, {}, {}, path)
    except UsageError as error:
        fault = Cell(shown(str(error), 400), Tone.WARNING, "!", "!")
        return ProfileLine(shown(name, 60), is_open, fault, shown(opening))
    said = [profile.region, profile.api_address]
    said += ["read-only"] * profile.read_only + ["the default"] * is_default
    cell = Cell(shown(", ".join(said), 300), Tone.NEUTRAL if is_open else Tone.MUTED)
    return ProfileLine(shown(name, 60), is_open, cell, shown(opening))
