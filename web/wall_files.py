"""The wall's page: one answer with its styles, its script and its first picture, so that a browser
need ask for nothing else before it can paint. A wall that hears of another build loads itself anew.
"""

import json
import re
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from console import __version__
from console.view.wall_options import NOTED_SECONDS, WallOptions
from console.view.wall_palettes import GREYED, WALL_PALETTES
from console.view.wall_words import WORDS
from web.joining import joined_alone
from web.theme import variables
from web.wall_first import first_markup

FOLDER = Path(__file__).parent / "static" / "wall"
MAIN = "wall.js"
UNIT = 52.2
"""Hundredths of the height of such a screen for the letters, by a metre and an inch."""

_PLACE = re.compile(r"\{(\w+)\}")


@cache
def build(public: str = "") -> str:
    """Of the version, all that a page is made of, and the console's public address, to which codes
    lead: another one means that a wall's page is out of date."""
    seen = sha256(f"{__version__} {public}".encode())
    for each in (_text("page.html"), _script(), _text("wall.css"), repr(WALL_PALETTES)):
        seen.update(each.encode() + b"\0")
    return seen.hexdigest()[:16]


def page(
    profile: str,
    options: WallOptions,
    notes: tuple[str, ...],
    *,
    first: dict[str, Any],
    nonce: str,
    public: str = "",
) -> str:
    """`first` is what the wall shows until its stream begins, `nonce` what lets this very answer
    bring a script and styles."""
    told = {"settings": _settings(options, notes), "first": first}
    values = {
        "build": build(public),
        "public": f"{public}/" if public else "",
        "profile": profile,
        "theme": options.theme,
        "colours": options.colours,
        "told": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "nonce": nonce,
    }
    filled = {name: escape(value) for name, value in values.items()}
    filled |= first_markup(first, options)
    filled |= {"styles": _looks(options) + _text("wall.css"), "script": _script()}
    return _PLACE.sub(lambda place: filled[place[1]], _text("page.html"))


def _settings(options: WallOptions, notes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "metres": options.metres,
        "inches": options.inches,
        "rotate": options.rotate,
        "clock": options.clock,
        "zone": str(options.zone),
        "language": options.language.replace("_", "-"),
        "shift": options.shift,
        "cursor": options.cursor,
        "sound": options.sound,
        "codes": options.codes,
        "notes": notes,
        "noted": NOTED_SECONDS,
        "words": dict(WORDS),
    }


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


@cache
def _script() -> str:
    return joined_alone({each.name: _text(each.name) for each in FOLDER.glob("*.js")}, MAIN)


def _looks(options: WallOptions) -> str:
    """And the size of its letters on a screen of 16 to 9, until the script has measured it."""
    dark, light = WALL_PALETTES[options.colours]
    palette = dark if options.theme == "dark" else light
    size = f"--u: {UNIT * options.metres / options.inches:.2f}vh"
    return f":root {{ {variables(palette)} {size} }}\n:root[data-grey] {{ {variables(GREYED)} }}\n"
