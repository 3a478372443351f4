"""Signing in, out and being cut off, in a real Chromium, with a real OpenID provider, over TLS."""

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from console.access.audit import AuditQuery
from console.access.opening import open_access
from console.api.http import httpx
from console.journal.databases import Database
from tests.browser.certificate import write_certificate
from tests.browser.conftest import Console, web_console
from tests.openid import openid_provider

pytestmark = pytest.mark.browser

RUNNER = "finance-aca"
PASSWORD = "a horse that no one knows"
USERS: dict[str, dict[str, object]] = {
    "1": {"preferred_username": "olga", "groups": ["ops"]},
    "2": {"preferred_username": "vic", "groups": ["staff"]},
}
SETTINGS = """
[web]
sign_in = true
oidc_issuer = "{issuer}"
oidc_client_id = "maia-console"
oidc_label = "Sign in with Example ID"
[web.groups]
ops = "operator"
staff = "viewer"
"""
SENT_BY_HAND = re.compile(r'^42\d*\["(event|ack|log|javascript_response|handshake)",')


@dataclass
class Shared:
    """A console that people sign in to, with the link for its first admin."""

    console: Console
    link: str
    home: Path

    def noted(self) -> set[tuple[str, str]]:
        """Who did or tried what, as far as it has been written down."""
        path = self.home / "data" / "maia-console" / "journal.sqlite3"

        async def read() -> set[tuple[str, str]]:
            async with open_access(Database(path)) as access:
                page = await access.audit(AuditQuery())
                return {(entry.who, entry.what) for entry in page.entries}

        with ThreadPoolExecutor(1) as elsewhere:  # Playwright has a loop of its own in this thread
            return elsewhere.submit(lambda: asyncio.run(read())).result()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    home = tmp_path_factory.mktemp("home")
    settings = home / "settings.toml"
    with pytest.MonkeyPatch.context() as patch, openid_provider(USERS) as issuer:
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        settings.write_text(SETTINGS.format(issuer=issuer))
        with web_console(home, "--config", str(settings)) as console:
            yield Shared(console, first_admin_link(console), home)


def first_admin_link(console: Console) -> str:
    assert console.process.stderr is not None
    for line in iter(console.process.stderr.readline, "Stop it with ctrl+c.\n"):
        if found := re.search(r"https?://\S+/first-admin\?key=\S+", line):
            return found[0]
    raise AssertionError("no link for the first admin")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, that takes any certificate."""
    made = browser.new_context(ignore_https_errors=True)
    yield made
    made.close()


def make_first_admin(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.locator(".grid-row").first.wait_for()


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def by_provider(context: BrowserContext, console: Console, sub: str, path: str = "/") -> Page:
    page = context.new_page()
    page.goto(f"{console.url}{path}")
    page.get_by_role("link", name="Sign in with Example ID").click()
    page.get_by_role("button", name=sub, exact=True).click()
    page.wait_for_url(f"{console.url}{path}")
    page.locator(".grid-row").first.wait_for()
    return page


def test_the_first_admin_signs_out_in_one_tab_and_all_others_are_cut(
    context: BrowserContext, shared: Shared
) -> None:
    page, url = context.new_page(), shared.console.url
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    make_first_admin(page, shared.link)
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (
        "maia-console",
        True,
        "Lax",
        False,
    )
    tab = context.new_page()
    tab.goto(f"{url}/?filter=status:running")
    tab.locator(".grid-row").first.wait_for()
    page.get_by_role("button", name="Sign out").click()
    for each in (page, tab):
        expect(each.get_by_role("status")).to_have_text("ℹYou signed out.")
    sign_in(tab, "not the password")
    expect(tab.get_by_role("alert")).to_contain_text("The name or the password is wrong.")
    sign_in(tab)
    tab.wait_for_url(re.compile(r"/\?filter=status(:|%3A)running$"))
    tab.locator(".grid-row").first.wait_for()
    page.goto(shared.link)
    expect(page.get_by_text("there is an admin")).to_be_visible()
    assert complaints == []


def test_a_viewer_s_socket_that_replays_an_operator_s_messages_does_nothing(
    browser: Browser, shared: Shared
) -> None:
    console = shared.console
    sent: list[str] = []
    operators, viewers = browser.new_context(), browser.new_context()
    operator = by_provider(operators, console, "1", f"/?filter=name:{RUNNER}")
    before = (console.world.named(RUNNER),)
    operator.on(
        "websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame)))
    )
    operator.reload()
    operator.locator(".grid-row input").first.click()
    operator.locator(".bar").get_by_role("button", name="Update", exact=True).click()
    operator.get_by_role("dialog").get_by_role("button", name="Update").click()
    wait_until(operator, lambda: console.world.named(RUNNER) != before[0])
    wait_until(operator, lambda: console.world.named(RUNNER).status == before[0].status)

    viewer = by_provider(viewers, console, "2")
    before = console.world.runners()
    replayed = [frame for frame in sent if SENT_BY_HAND.match(frame)]
    assert any('"event"' in frame for frame in replayed)
    for frame in replayed:
        name, message = json.loads(frame[frame.index("[") :])
        viewer.evaluate("([name, said]) => { window.socket.emit(name, said); }", [name, message])
    wait_until(viewer, lambda: ("vic", "socket-refused") in shared.noted())
    assert console.world.runners() == before
    viewers.close()
    operators.close()


def wait_until(page: Page, claim) -> None:  # type: ignore[no-untyped-def]
    for _ in range(100):
        if claim():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen")


def test_other_sites_reach_neither_the_websocket_nor_the_polling_of_one_who_is_signed_in(
    context: BrowserContext, shared: Shared
) -> None:
    by_provider(context, shared.console, "2")
    (cookie,) = context.cookies(shared.console.url)
    own, foreign = shared.console.url, "http://evil.example"
    headers = {"cookie": f"{cookie['name']}={cookie['value']}"}
    path = "/_nicegui_ws/socket.io/?EIO=4&transport="
    for origin, status in ((foreign, 403), ("null", 403), (own, 200)):
        polled = httpx.get(f"{own}{path}polling", headers={**headers, "origin": origin})
        assert polled.status_code == status
    socket = f"{own.replace('http', 'ws')}{path}websocket"
    for sent, origin in ((headers, foreign), ({}, own)):
        with pytest.raises(InvalidStatus, match="403"):
            connect(socket, additional_headers=sent, origin=origin)  # type: ignore[arg-type]
    with connect(socket, additional_headers=headers, origin=own) as opened:  # type: ignore[arg-type]
        assert str(opened.recv()).startswith("0{")


def test_over_tls_a_page_outlives_a_restart_of_the_server_and_says_so(
    context: BrowserContext, tmp_path: Path
) -> None:
    options = ("--sign-in", *write_certificate(tmp_path))
    with web_console(tmp_path, *options) as console:
        assert console.url.startswith("https://")
        page = context.new_page()
        make_first_admin(page, first_admin_link(console))
        (cookie,) = context.cookies()
        assert (cookie["name"], cookie["secure"]) == ("__Host-maia-console", True)
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
        page.goto(f"{console.url}/?filter=status:running&sort=name")
        page.locator(".grid-row").first.wait_for()
        where = page.url
        console.stop()
        port = console.url.rpartition(":")[2]
        with web_console(tmp_path, *options, "--port", port):
            note = page.locator(".restarted span")
            expect(note).to_have_text(re.compile("^The console was restarted."), timeout=20_000)
            page.locator(".grid-row").first.wait_for()
            assert page.url == where
