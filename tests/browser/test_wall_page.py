"""The wall display in a real Chromium."""

import re
import signal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Console

pytestmark = pytest.mark.browser


@pytest.fixture
def wall(page: Page, console: Console) -> Page:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{console.url}/wall")
    expect(page.locator("#verdict")).to_contain_text("24 runners")
    return page


def test_the_wall_shows_problems_large_and_folds_the_healthy(wall: Page) -> None:
    expect(wall.locator("#tiles li").filter(has_text="legacy-eks")).to_contain_text(
        "Out of support"
    )
    expect(wall.locator("#rest")).to_have_text(re.compile(r"\d+ without a problem"))
    expect(wall.locator("#age")).to_have_text(re.compile(r"\d+ s old"))


def test_the_wall_has_nothing_to_press(wall: Page) -> None:
    assert wall.locator("a, button, input, form, select").count() == 0


def test_the_wall_follows_a_change(wall: Page, console: Console) -> None:
    console.world.clear()
    expect(wall.locator("#verdict")).to_have_text("No runners in this account.", timeout=10_000)


def test_the_server_stops_at_once_and_in_silence_while_a_wall_and_a_page_are_open(
    wall: Page, console: Console
) -> None:
    page = wall.context.new_page()
    page.goto(console.url)
    page.locator(".grid-row").first.wait_for()
    console.process.send_signal(signal.SIGINT)
    _, said = console.process.communicate(timeout=10)
    assert "Traceback" not in said
    assert "ERROR" not in said


def test_a_lost_server_greys_the_wall_and_keeps_its_last_picture(
    wall: Page, console: Console
) -> None:
    console.stop()
    expect(wall.locator("#stale")).to_contain_text("no connection", timeout=30_000)
    expect(wall.locator("body")).to_have_class("stale")
    expect(wall.locator("#tiles li").first).to_be_visible()
