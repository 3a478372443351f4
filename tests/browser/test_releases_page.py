"""The calendar of releases in a real Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Console

pytestmark = pytest.mark.browser


def test_the_calendar_is_a_click_away_and_tells_each_line(watched: Page, console: Console) -> None:
    watched.get_by_role("link", name="Releases").click()
    expect(watched).to_have_url(f"{console.url}/releases")
    for line in ("Current", "Stable", "Snowflake", "Streaming"):
        expect(watched.get_by_role("region", name=line)).to_be_visible()
    stable = watched.get_by_role("region", name="Stable")
    expect(stable).to_contain_text("Expected by the usual cadence")
    expect(stable.get_by_role("row").nth(1)).to_contain_text(re.compile(r"on \d+ runners"))
    stable.get_by_role("link", name="1 runner is out of support: old-aci.").click()
    expect(watched.locator(".grid-row")).to_have_count(1)
    expect(watched.locator(".grid-row")).to_contain_text("old-aci")
    watched.go_back()
    expect(watched.get_by_role("link", name="releases.ics")).to_have_attribute(
        "href", "releases.ics"
    )


def test_what_somebody_leaves_support_with_changes_as_the_fleet_does(
    watched: Page, console: Console
) -> None:
    watched.goto(f"{console.url}/releases")
    coming = watched.get_by_role("region", name="Current").locator(".coming li")
    expect(coming.nth(0)).to_contain_text("sales-aca")
    world = console.world
    world.command(world.named("sales-aca").id, "RESTART")
    expect(coming.nth(0)).not_to_contain_text("sales-aca", timeout=15_000)
    expect(coming.nth(1)).to_contain_text("sales-aca")
