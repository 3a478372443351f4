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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from console.accounts import SessionRequest
from console.api.http import httpx
from console.session import open_session
from screenshots.subjects import PHONE, SHARED, TERMINAL, WEB, noon
from tests.chromium import launch_arguments

FOLDER = Path(__file__).parent
MOST_BYTES = 400_000
START_LIMIT = 60.0
LOOKED_UP = 2.0
"""Seconds within which the details of a runner have what is only read when somebody looks."""
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


SHARED_FILE = """\
[web]
sign_in = true
oidc_issuer = "https://id.example.com/realms/team"
oidc_client_id = "maia-console"
oidc_label = "Sign in with Example ID"
groups = { runner-operators = "operator" }
"""


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


if __name__ == "__main__":
    for variable in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(variable, None)
    os.environ |= {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": "truecolor"}
    sys.exit(main(sys.argv[1:]))
