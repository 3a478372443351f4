"""Makes every picture in this folder from the real programs on the demo fleet, the only way that
pictures change. `make screenshots`, or `python -m screenshots.take` with names of some of them.

The clock stands still, and the browser's with it; fonts are this machine's own.
"""

import asyncio
import multiprocessing
import os
import re
import socket
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from console.accounts import SessionRequest
from console.api.http import httpx
from console.session import open_session
from tests.chromium import launch_arguments

FOLDER = Path(__file__).parent
MOST_BYTES = 400_000
START_LIMIT = 60.0
LOOKED_UP = 2.0
"""Seconds within which the details of a runner have what is only read when somebody looks."""
WIDE, NARROW, DESK, PHONE, WALL = (132, 32), (80, 24), (1440, 900), (390, 844), (1920, 1080)
FONT = "'DejaVu Sans Mono', 'Liberation Mono', monospace"
REMOTE_FONTS = re.compile(r"@font-face\s*{[^}]*}")
SVG_FONT = re.compile(r"font-family:\s*[^;}]*(Fira Code|arial)[^;}]*")
KEPT_STREAMS = """
    window.streams = [];
    const Stream = EventSource;
    window.EventSource = class extends Stream {
      constructor(...told) { super(...told); streams.push(this); }
    };
"""
"""Has a page keep its streams where a picture can cut them: being offline leaves them open."""

MARK_ACT_ON = ("down", "space", "down", "down", "down", "space", "down", "space")
ACT_ON = ("legacy-eks", "prod-us-fargate", "snowflake-app")


SHARED = "shared"
"""What the scenario is called in which people sign in."""

SHARED_FILE = """\
[web]
sign_in = true
oidc_issuer = "https://id.example.com/realms/team"
oidc_client_id = "maia-console"
oidc_label = "Sign in with Example ID"
groups = { runner-operators = "operator" }
"""


def noon() -> datetime:
    """The moment at which all pictures are taken."""
    return datetime(2026, 10, 7, 12, tzinfo=UTC)


def demo(scenario: str = "calm") -> SessionRequest:
    return SessionRequest(demo=True, scenario=scenario, clock=noon)


def main(names: list[str]) -> int:
    wanted = [name for name in (*TERMINAL, *WEB) if not names or name in names]
    unknown = sorted(set(names) - set(wanted))
    if unknown:
        print(f"No such picture: {', '.join(unknown)}", file=sys.stderr)
        return 2
    drawings = {name: asyncio.run(_terminal_svg(name)) for name in wanted if name in TERMINAL}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())  # type: ignore[arg-type]
        for name, svg in drawings.items():
            _keep(name, _picture_of(svg, browser))
        for scenario in ("calm", "incident", SHARED):
            shots = [name for name in wanted if name in WEB and WEB[name][0] == scenario]
            if shots:
                with _web_console(scenario) as url:
                    for name in shots:
                        _keep(name, _page_picture(name, url, browser))
        browser.close()
    return 0


def _keep(name: str, picture: bytes) -> None:
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"{name}.png would have {len(picture)} bytes, more than {MOST_BYTES}.")
    (FOLDER / f"{name}.png").write_bytes(picture)
    print(f"{name}.png  {len(picture) // 1000} KB")


async def _terminal_svg(name: str) -> str:
    from tui.app import ConsoleApp

    size, keys = TERMINAL[name]
    async with open_session(demo()) as session:
        await session.store.refresh()
        app = ConsoleApp(session)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause(LOOKED_UP)
            return app.export_screenshot(title="maia-console")


def _picture_of(svg: str, browser: Browser) -> bytes:
    """The drawing as a picture, with a font of this machine instead of the remote one it names."""
    svg = SVG_FONT.sub(f"font-family: {FONT}", REMOTE_FONTS.sub("", svg))
    page = browser.new_page(viewport={"width": 2000, "height": 1400})
    page.set_content(f"<body style='margin:0'>{svg}</body>")
    page.locator("svg").evaluate("svg => { svg.style.width = `${svg.viewBox.baseVal.width}px`; }")
    picture = page.locator("svg").screenshot(omit_background=True)
    page.close()
    return picture


def _page_picture(name: str, url: str, browser: Browser) -> bytes:
    _, path, (width, height), scheme, prepare = WEB[name]
    size: ViewportSize = {"width": width, "height": height}
    is_phone = (width, height) == PHONE
    context = browser.new_context(
        viewport=size,
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=2 if is_phone else 1,
        is_mobile=is_phone,
        has_touch=is_phone,
        reduced_motion="reduce",
        timezone_id="UTC",
    )
    page = context.new_page()
    page.add_init_script(KEPT_STREAMS)
    page.clock.set_fixed_time(noon())
    page.goto(url + path)
    prepare(page)
    page.wait_for_timeout(600)
    picture = page.screenshot()
    context.close()
    return picture


@contextmanager
def _web_console(scenario: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(scenario, port))
    process.start()
    url = f"http://127.0.0.1:{port}"
    try:
        _await(f"{url}/readyz")
        yield url
    finally:
        process.terminate()
        process.join()


def _serve(scenario: str, port: int) -> None:
    with tempfile.TemporaryDirectory() as state:
        os.environ["NICEGUI_STORAGE_PATH"] = state
        from web.face import run

        config = Path(state, "config.toml")
        config.write_text(SHARED_FILE if scenario == SHARED else "", "utf-8")
        request = demo("calm" if scenario == SHARED else scenario)
        run(replace(request, config=config), Namespace(host="127.0.0.1", port=port))


def _await(url: str) -> None:
    """Until the fleet has been read."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        with suppress(httpx.TransportError):
            if httpx.get(url).is_success:
                return
        time.sleep(0.1)
    raise SystemExit("The web console did not start.")


def _rows(page: Page) -> None:
    page.get_by_role("row").nth(1).wait_for()


def _wall(page: Page) -> None:
    page.wait_for_timeout(1500)


def _stale_wall(page: Page) -> None:
    """As it stands twelve minutes after it was cut off."""
    _wall(page)
    page.context.set_offline(True)
    page.evaluate("streams.forEach((stream) => stream.close())")
    page.clock.set_fixed_time(noon() + timedelta(minutes=12))
    page.locator("#old").wait_for()


def _drawer(page: Page) -> None:
    _rows(page)
    page.get_by_role("row").filter(has_text="legacy-eks").click()


def _palette(page: Page) -> None:
    _rows(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("pa")
    page.get_by_role("listbox").wait_for()


def _page(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()


def _form(page: Page) -> None:
    page.locator("form").wait_for()


def _timeline(page: Page) -> None:
    _rows(page)
    page.get_by_role("row").filter(has_text="sales-aca").click()
    page.locator(".timeline svg").wait_for()


def _calendar(page: Page) -> None:
    page.get_by_role("region", name="Stable").wait_for()


def _plan(page: Page) -> None:
    _rows(page)
    for name in ACT_ON:
        page.get_by_role("row").filter(has_text=name).get_by_role("checkbox").click()
    page.get_by_role("button", name="Restart", exact=True).click()
    page.get_by_role("dialog").wait_for()


TERMINAL: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "terminal": (WIDE, ()),
    "terminal-detail": (WIDE, ("down", "enter")),
    "terminal-plan": (WIDE, (*MARK_ACT_ON, "r")),
    "terminal-help": (WIDE, ("question_mark",)),
    "terminal-releases": (WIDE, ("v",)),
    "terminal-80x24": (NARROW, ("down",)),
}
"""Name, size in cells, and the keys that lead there."""

WEB: dict[str, tuple[str, str, tuple[int, int], str, Callable[[Page], None]]] = {
    "web-dark": ("calm", "/", DESK, "dark", _rows),
    "web-light": ("calm", "/", DESK, "light", _rows),
    "web-drawer": ("calm", "/", DESK, "dark", _drawer),
    "web-timeline": ("calm", "/?filter=support:ending", DESK, "light", _timeline),
    "web-releases": ("calm", "/releases", DESK, "dark", _calendar),
    "web-plan": ("calm", "/", DESK, "dark", _plan),
    "web-phone": ("calm", "/", PHONE, "dark", _rows),
    "web-phone-light": ("calm", "/", PHONE, "light", _rows),
    "web-palette": ("calm", "/", DESK, "light", _palette),
    "web-activity": ("calm", "/activity", DESK, "dark", _page),
    "web-settings": ("calm", "/settings", DESK, "light", _page),
    "web-sign-in": (SHARED, "/sign-in", DESK, "light", _form),
    "web-sign-in-phone": (SHARED, "/sign-in", PHONE, "dark", _form),
    "web-first-admin": (SHARED, "/first-admin?key=made-up", DESK, "dark", _form),
    "wall-calm": ("calm", "/wall?filter=-is:problem", WALL, "dark", _wall),
    "wall-incident": ("incident", "/wall?size=3", WALL, "dark", _wall),
    "wall-incident-far": ("incident", "/wall?theme=light", WALL, "light", _wall),
    "wall-stale": ("incident", "/wall", WALL, "dark", _stale_wall),
}
"""Name, scenario, path, size in pixels, colour scheme, and what is done before the picture."""


if __name__ == "__main__":
    for variable in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(variable, None)
    os.environ |= {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": "truecolor"}
    sys.exit(main(sys.argv[1:]))
