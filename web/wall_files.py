"""The wall's page, scripts and styles, read once. Their addresses hold the build, so that a browser
never mixes those of two versions; a wall that hears of another build loads itself anew."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from console import __version__
from console.view.wall_options import NOTED_SECONDS, WallOptions
from console.view.wall_palettes import GREYED, WALL_PALETTES
from console.view.wall_words import WORDS
from web.theme import variables

FOLDER = Path(__file__).parent / "static" / "wall"
TYPES = {".js": "text/javascript", ".css": "text/css"}
STYLES = "wall.css"


@cache
def files() -> Mapping[str, bytes]:
    """Everything but the page, by name. The colours are part of the styles: a page is not painted
    before it has all of both."""
    found = {each.name: each.read_bytes() for each in FOLDER.iterdir() if each.suffix in TYPES}
    return {**found, STYLES: _colours().encode() + found[STYLES]}


@cache
def build(public: str = "") -> str:
    """Of the version, the files and the console's public address, to which codes lead: another one
    means that a wall's page is out of date."""
    seen = sha256(f"{__version__} {public}".encode())
    for name, content in sorted(files().items()):
        seen.update(name.encode() + content)
    seen.update(_template().encode())
    return seen.hexdigest()[:16]


def page(profile: str, options: WallOptions, notes: tuple[str, ...], public: str = "") -> str:
    told = {
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
    values = {
        "build": build(public),
        "public": f"{public}/" if public else "",
        "profile": profile,
        "theme": options.theme,
        "colours": options.colours,
        "connecting": WORDS["connecting"],
        "told": json.dumps(told),
    }
    html = _template()
    for name, value in values.items():
        html = html.replace(f"{{{name}}}", escape(value))
    return html


@cache
def _template() -> str:
    return (FOLDER / "page.html").read_text("utf-8")


def _colours() -> str:
    rules = []
    for name, (dark, light) in WALL_PALETTES.items():
        for theme, palette in (("dark", dark), ("light", light)):
            where = f':root[data-theme="{theme}"][data-colours="{name}"]'
            rules.append(f"{where} {{ {variables(palette)} }}")
    rules.append(f":root[data-theme][data-colours][data-grey] {{ {variables(GREYED)} }}")
    return "\n".join(rules) + "\n"
