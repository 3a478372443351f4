"""What leads from page to page, activity, audit and settings, in a real Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Console

pytestmark = pytest.mark.browser

PAGES = ("Runners", "Releases", "Activity", "Audit", "Settings")


def test_every_page_is_a_click_away_says_which_it_is_and_fits_a_phone(watched: Page) -> None:
    for title in PAGES[1:]:
        watched.set_viewport_size({"width": 1280, "height": 800})
        watched.get_by_role("navigation", name="Pages").get_by_role("link", name=title).click()
        expect(watched.get_by_role("heading", level=1)).to_have_text(title)
        expect(watched.locator(".nav nav [aria-current=page]")).to_have_text(title)
        expect(watched).to_have_title(re.compile(title))
        watched.set_viewport_size({"width": 360, "height": 740})
        assert watched.evaluate("document.documentElement.scrollWidth") <= 360
        bar = watched.locator(".nav").bounding_box()
        assert bar is not None
        assert bar["height"] <= 48


def test_a_phone_has_the_pages_behind_a_button_that_escape_closes(watched: Page) -> None:
    watched.set_viewport_size({"width": 360, "height": 740})
    link = watched.get_by_role("link", name="Activity")
    expect(link).to_be_hidden()
    button = watched.get_by_role("button", name="Runners")
    button.click()
    expect(link).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    watched.keyboard.press("Escape")
    expect(link).to_be_hidden()


def test_the_first_tab_leads_past_the_navigation(watched: Page) -> None:
    watched.goto(watched.url + "releases")
    watched.locator(".line").first.wait_for()
    watched.keyboard.press("Tab")
    expect(watched.get_by_role("link", name="Skip to the content")).to_be_focused()
    watched.keyboard.press("Enter")
    expect(watched.locator("main#content")).to_be_focused()


def test_what_is_under_way_stands_on_top_with_progress_until_it_has_ended(
    watched: Page, console: Console
) -> None:
    for name in ("finance-aca", "sales-aca"):
        watched.locator(".grid-row").filter(has_text=name).locator("input").click()
    watched.locator(".bar").get_by_role("button", name="Update", exact=True).click()
    watched.get_by_role("dialog").get_by_role("button", name="Update").click()
    watched.goto(f"{console.url}/activity")
    under_way = watched.get_by_role("region", name="Under way")
    expect(under_way.get_by_role("progressbar").first).to_be_visible()
    expect(under_way).to_contain_text("sales-aca")
    expect(under_way).to_have_count(0, timeout=20_000)
    today = watched.locator(".day").first
    expect(today).to_contain_text("Today")
    expect(today).to_contain_text("Update")
    watched.get_by_label("Runner").fill("finance")
    expect(watched).to_have_url(re.compile(r"/activity\?runner=finance"))
    expect(watched.locator(".deeds li")).to_have_count(1)
    expect(watched.get_by_role("link", name="CSV")).to_have_attribute(
        "href", "activity.csv?runner=finance"
    )
    watched.get_by_label("Outcome").select_option("failed")
    expect(watched.get_by_text("Nothing that was done is like this.")).to_be_visible()
    watched.get_by_role("button", name="Clear").click()
    expect(watched.locator(".deeds li")).to_have_count(2)


def test_the_settings_say_that_nobody_signs_in_and_what_may_be_done(
    watched: Page, console: Console
) -> None:
    watched.goto(f"{console.url}/settings")
    expect(watched.locator(".settings")).to_contain_text("Nobody signs in to this console")
    expect(watched.get_by_role("region", name="What an admin may do")).to_contain_text("Restart")
    watched.get_by_role("link", name="Notifications", exact=True).click()
    expect(watched.locator(".settings")).to_contain_text("runner_lost")
