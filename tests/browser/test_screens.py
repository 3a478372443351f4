"""A screen in a real Chromium: how it is let in and switched off, and what it shows meanwhile."""

import json
import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.axe import HOW_TO_INSTALL, axe_script
from tests.browser.conftest import Console
from tests.browser.shared import shared_console, sign_in
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

OTHERS = ("/", "/rows", "/settings", "/activity.csv", "/api/runners", "/metrics")
TRY = """async (paths) => {
  const asked = paths.flatMap((path) => ["GET", "POST"].map((method) => [path, method]));
  const answers = asked.map(([path, method]) => fetch(path, { method, redirect: "manual" }));
  return (await Promise.all(answers)).map((each) => each.type === "basic" ? each.status : 303);
}"""
FITS = """() => [...document.querySelectorAll("body *")].every((each) => {
  const { left, right, bottom } = each.getBoundingClientRect();
  return left >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
})"""
SIZES = ((1920, 1080), (3840, 2160), (1280, 720), (800, 480), (1080, 1920), (360, 640))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with shared_console(tmp_path_factory.mktemp("home")) as console:
        yield console


@pytest.fixture(scope="module")
def waiting(browser: Browser, shared: Console) -> Iterator[Page]:
    """A screen that shows its code."""
    page = browser.new_page()
    page.goto(f"{shared.url}/wall")
    page.locator("#code").wait_for()
    yield page
    page.close()


def code_on(page: Page) -> str:
    return "".join(page.locator("#code b").all_inner_texts())


def test_a_wall_of_somebody_who_signs_out_asks_to_be_let_in(
    browser: Browser, shared: Console
) -> None:
    with browser.new_context() as context:
        person, wall = context.new_page(), context.new_page()
        sign_in(person, shared, "vi")
        wall.goto(f"{shared.url}/wall")
        expect(wall.locator("#verdict")).to_contain_text("24 runners", timeout=8000)
        person.get_by_role("button", name="Sign out").click()
        wall.locator("#code").wait_for(timeout=12_000)


def test_a_screen_is_let_in_and_switched_off_and_nobody_types_on_it(
    browser: Browser, shared: Console
) -> None:
    kiosk, admin = browser.new_page(), browser.new_page()
    complaints: list[str] = []
    kiosk.on("pageerror", lambda error: complaints.append(str(error)))
    kiosk.on("console", lambda said: complaints.append(said.text))
    kiosk.goto(f"{shared.url}/wall")
    sign_in(admin, shared, "ada", "/settings?section=screens")
    let_in(admin, f"{code_on(kiosk)[::-1]}", "Lobby")
    expect(admin.get_by_role("dialog")).to_contain_text("No screen shows this code")
    let_in(admin, code_on(kiosk).lower(), "Lobby", "theme=light")
    expect(kiosk.locator("#verdict")).to_contain_text("24 runners", timeout=8000)
    expect(kiosk.locator("html")).to_have_attribute("data-theme", "light")
    (cookie,) = kiosk.context.cookies()
    assert (cookie["path"], cookie["httpOnly"], cookie["sameSite"]) == ("/wall", True, "Strict")
    assert set(kiosk.evaluate(TRY, list(OTHERS))) <= {303, 401, 403, 404, 405}
    assert [each for each in complaints if "Failed to load resource" not in each] == []
    admin.get_by_role("button", name="Switch off: Lobby").click()
    admin.get_by_role("dialog").get_by_role("button", name="Switch off").click()
    expect(kiosk.locator("h1")).to_contain_text("This screen was switched off", timeout=2000)
    expect(kiosk.get_by_text("legacy-eks")).to_have_count(0)
    expect(kiosk.locator("body")).to_have_attribute("data-state", "off", timeout=8000)
    admin.get_by_role("button", name="Remove: Lobby").click()
    admin.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(admin.get_by_role("button", name="Remove: Lobby")).to_have_count(0)
    kiosk.reload()
    expect(kiosk.locator("#code b")).to_have_count(6)
    kiosk.context.close()
    admin.context.close()


def let_in(admin: Page, code: str, name: str, options: str = "") -> None:
    dialog = admin.get_by_role("dialog")
    if not dialog.is_visible():
        admin.get_by_role("button", name="Let a screen in").click()
    for label, text in (("Code", code), ("Name", name), ("Options", options)):
        dialog.get_by_label(label).fill(text)
    dialog.get_by_role("button", name="Let it in").click()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_waiting_screen_is_read_across_a_room_at_every_size(waiting: Page, theme: str) -> None:
    waiting.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    for width, height in SIZES:
        waiting.set_viewport_size({"width": width, "height": height})
        assert waiting.evaluate(FITS), (width, height)
        letter = waiting.locator("#code b").first.bounding_box()
        assert letter is not None
        assert letter["height"] > min(width, height) / 7
    script = axe_script()
    if script is None:
        if os.environ.get("CI"):
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    assert faults(waiting, script) == []


def test_a_waiting_screen_takes_a_new_code_and_says_what_keeps_it_out(
    browser: Browser, shared: Console
) -> None:
    page = browser.new_page()
    page.clock.install()
    told: dict[str, object] = {"state": "code", "code": "CDFHJK", "seconds": 300, "of": 600}

    def answer(route: Route) -> None:
        route.fulfill(json=told) if told else route.abort()

    page.route(re.compile("/wall/waiting"), answer)
    page.goto(f"{shared.url}/wall")
    page.clock.run_for(3500)
    expect(page.locator("#code")).to_have_text("CDFHJK")
    expect(page.locator("#left")).to_contain_text(re.compile(r"A new code in (5:00|4:5\d)"))
    told.update(state="out", note="The database of users is unavailable.")
    page.clock.run_for(3500)
    expect(page.locator("#told")).to_have_text("The database of users is unavailable.")
    expect(page.locator("#code")).to_be_hidden()
    told.update(state="code")
    page.clock.run_for(3500)
    expect(page.locator("#code")).to_be_visible()
    expect(page.locator("#told")).to_be_hidden()
    told.clear()
    for _ in range(4):
        page.clock.run_for(3500)
        page.evaluate("() => new Promise((done) => queueMicrotask(done))")
    expect(page.locator("#told")).to_contain_text("The console does not answer")
    page.context.close()


def test_a_person_can_sign_in_instead(waiting: Page, shared: Console) -> None:
    where = waiting.get_by_role("link", name="Sign in as a person instead").get_attribute("href")
    assert where == "/sign-in?next=/wall"
    assert json.loads(waiting.evaluate("JSON.stringify(document.cookie)")) == ""
