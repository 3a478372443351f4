"""The timeline and the history in the details of a runner, in a real Chromium."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Console

pytestmark = pytest.mark.browser


def test_what_happens_to_a_runner_is_drawn_and_told_as_it_is_seen(
    watched: Page, console: Console
) -> None:
    watched.goto(f"{console.url}/?filter=name:sales-aca")
    watched.locator(".grid-row [data-column='0']").click()
    drawer = watched.locator(".drawer")
    expect(drawer.locator(".timeline svg")).to_be_visible(timeout=15_000)
    expect(drawer.locator(".timeline")).to_have_attribute("aria-label", re.compile("^On 10"))
    world = console.world
    world.rewrite([replace(world.named("sales-aca"), auto_updates=True)])
    expect(drawer).to_contain_text("Auto-update switched on", timeout=15_000)
    expect(drawer.locator(".history li")).to_have_count(1)


def test_who_uses_a_runner_comes_to_its_details_and_to_the_plan_before_it_is_disturbed(
    watched: Page, console: Console
) -> None:
    watched.goto(f"{console.url}/?filter=name:finance-aca")
    watched.locator(".grid-row [data-column='0']").click()
    drawer = watched.locator(".drawer")
    expect(drawer).to_contain_text("2 environments", timeout=15_000)
    drawer.get_by_role("button", name="Restart").click()
    expect(watched.get_by_role("dialog")).to_contain_text("Default of 2 environments")
    watched.keyboard.press("Escape")
