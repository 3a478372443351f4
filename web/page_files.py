"""Scripts and styles of the pages, read once: one script and one sheet for all of them. Their
addresses hold the build, so that a browser may keep them for ever, and never mixes those of two
versions."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import nicegui
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse, Response
from nicegui.dependencies import register_importmap_override

from web.joining import OURS, joined
from web.theme import theme_css

FOLDER = Path(__file__).parent / "static" / "pages"
COMPONENTS = Path(__file__).parent / "components"
TYPES = {".js": "text/javascript", ".css": "text/css"}
LASTING = {"cache-control": "public, max-age=31536000, immutable"}

STYLES, SCRIPT = "page.css", "page.js"
MAIN = "shell.js"
SHEETS = ("console.css", "pages.css", "restart.css")
RESTART, CHART = "restart.js", "timeline.js"
ALONE = (RESTART, CHART)
"""Scripts that are not joined with the others: one runs before them, one is seldom asked for."""


@cache
def files() -> Mapping[str, bytes]:
    """What is served, by name."""
    sheets = [(FOLDER / name).read_text("utf-8") for name in SHEETS]
    scripts = _scripts(FOLDER)
    shared = {name: text for name, text in scripts.items() if name not in ALONE}
    return {
        **{name: text.encode() for name, text in scripts.items()},
        STYLES: "\n".join([theme_css(), *sheets]).encode(),
        SCRIPT: joined(_scripts(COMPONENTS), shared, MAIN).encode(),
    }


def _scripts(folder: Path) -> dict[str, str]:
    return {each.name: each.read_text("utf-8") for each in sorted(folder.glob("*.js"))}


@cache
def build() -> str:
    seen = sha256()
    for name, content in sorted(files().items()):
        seen.update(name.encode() + b"\0" + content)
    return seen.hexdigest()[:16]


def address(name: str) -> str:
    """Below the console's own address, whatever that is."""
    return f"static/{build()}/{name}"


def head() -> str:
    """What stands in the head of a page. The theme that this browser chose comes first, so that no
    sheet has to be waited for before the rest is read."""
    return (
        '<script src="static/theme.js"></script>\n'
        f'<link rel="stylesheet" href="{address(STYLES)}">\n'
        f'<script type="module" src="{address(SCRIPT)}"></script>\n'
    )


def add_page_files(app: FastAPI) -> None:
    """To be added before what serves /static as a folder. NiceGUI's page asks our script for what
    stands in it for the panels."""
    register_importmap_override(OURS, f"./static/{build()}/")
    script = f'import {{ page }} from "{OURS}{SCRIPT}"; page.register(app);'
    config = nicegui.app.config
    if script not in config.vue_config_script:
        config.vue_config_script += script

    @app.get("/static/{of}/{name}")
    async def file(of: str, name: str) -> Response:
        content = files().get(name)
        if content is None or of != build():
            return PlainTextResponse("Not found.\n", 404, headers={"cache-control": "no-store"})
        return Response(content, media_type=TYPES[Path(name).suffix], headers=LASTING)
