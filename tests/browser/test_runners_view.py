"""How the runners page is used in a real Chromium: keys, palette, columns, saved views, and what it
says while something goes on."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Console, web_console
from tests.browser.shared import shared_console, sign_in

pytestmark = pytest.mark.browser


def titles(page: Page) -> list[str]:
    """Of the columns, without the arrows."""
    return page.locator(".grid-titles button span:first-child").all_inner_texts()


def test_numbers_and_an_exclamation_mark_are_the_presets(looking: Page) -> None:
    looking.keyboard.press("!")
    expect(looking.locator("#filter")).to_have_value("is:problem")
    expect(looking.get_by_role("button", name="problems")).to_have_attribute("aria-pressed", "true")
    looking.keyboard.press("3")
    expect(looking.locator(".caption")).to_have_text("2 of 24 runners")
    looking.keyboard.press("3")
    expect(looking.locator(".caption")).to_have_text("24 runners")


def test_the_keys_are_the_table_s_where_nothing_has_the_focus(looking: Page) -> None:
    second = looking.locator(".grid-row [data-column='0']").nth(1).inner_text()
    looking.keyboard.press("j")
    looking.keyboard.press("Enter")
    expect(looking.locator(".drawer h2")).to_have_text(second)


def test_a_step_back_takes_the_filter_then_the_columns_then_the_marks(looking: Page) -> None:
    looking.keyboard.press("/")
    looking.keyboard.type("eks")
    expect(looking.locator(".grid-row")).to_have_count(4)
    looking.keyboard.press("Enter")
    expect(looking.locator(".grid-row.cursor")).to_be_focused()
    looking.keyboard.press("Space")
    expect(looking).to_have_url(re.compile("selected="))
    looking.goto(looking.url + "&columns=name,track")
    expect(looking.locator(".bar")).to_contain_text("1 selected")
    looking.keyboard.press("Escape")
    expect(looking.locator("#filter")).to_have_value("")
    expect(looking.get_by_role("columnheader")).to_have_count(3)
    looking.keyboard.press("Escape")
    expect(looking.get_by_role("columnheader", name="Status")).to_be_visible()
    expect(looking.locator(".bar")).to_contain_text("1 selected")
    looking.keyboard.press("Escape")
    expect(looking.locator(".caption")).to_have_text("24 runners")


def test_what_is_open_follows_the_cursor_and_the_cursor_what_is_opened(looking: Page) -> None:
    looking.keyboard.press("Control+k")
    looking.keyboard.type("risk-eks")
    looking.keyboard.press("Enter")
    expect(looking.locator(".drawer h2")).to_have_text("risk-eks")
    expect(looking.locator(".grid-row.cursor")).to_contain_text("risk-eks")
    looking.locator(".grid-row").first.click()
    expect(looking.locator(".grid-row").first).to_be_focused()
    looking.keyboard.press("j")
    second = looking.locator(".grid-row [data-column='0']").nth(1).inner_text()
    expect(looking.locator(".drawer h2")).to_have_text(second)
    expect(looking.locator(".grid-row").nth(1)).to_be_focused()
    looking.locator(".grid-row").nth(3).evaluate(  # on before it is opened
        "row => { row.click(); row.dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'k', bubbles: true })); }"
    )
    third = looking.locator(".grid-row [data-column='0']").nth(2).inner_text()
    expect(looking.locator(".drawer h2")).to_have_text(third)
    expect(looking.locator(".grid-row").nth(2)).to_be_focused()
    looking.keyboard.press("r")
    expect(looking.get_by_role("dialog")).to_contain_text(f"Restart: {third}")
    looking.keyboard.press("Escape")
    expect(looking.locator(".grid-row").nth(2)).to_be_focused()


def test_an_address_that_names_what_is_not_there_is_told_so(looking: Page) -> None:
    looking.goto(looking.url + "?runner=no-such&sort=colour")
    expect(looking.locator(".news")).to_contain_text("“colour” is not a column.")
    expect(looking.locator(".news")).to_contain_text("No runner has the id “no-such”.")


def test_the_palette_offers_what_fits_the_runner_under_the_cursor(looking: Page) -> None:
    looking.locator(".grid-row").filter(has_text="hr-aca").locator("[data-column='0']").click()
    looking.keyboard.press("Escape")
    looking.keyboard.press("Control+k")
    looking.keyboard.type("restart hr")
    looking.keyboard.press("Enter")
    expect(looking.get_by_role("dialog")).to_contain_text("Restart: hr-aca")
    looking.keyboard.press("Escape")


def test_the_palette_goes_to_a_runner_by_parts_of_its_name(looking: Page) -> None:
    looking.keyboard.press("Control+k")
    looking.keyboard.type("aci legacy")
    expect(looking.locator(".palette .empty")).to_be_visible()
    looking.get_by_role("combobox", name="Find a runner").fill("eks leg")
    expect(looking.locator(".palette [role=option]")).to_have_count(1)
    looking.keyboard.press("Enter")
    expect(looking.locator(".drawer h2")).to_have_text("legacy-eks")
    expect(looking).to_have_url(re.compile("runner="))


def test_the_palette_offers_what_fits_the_selected_and_asks_before_it_is_done(
    looking: Page,
) -> None:
    looking.goto(looking.url + "?filter=name:hr-aca,finance-aca&selected=all")
    expect(looking.locator(".bar")).to_contain_text("2 selected")
    looking.keyboard.press("Control+k")
    looking.keyboard.type("restart 2")
    looking.keyboard.press("Enter")
    expect(looking.get_by_role("dialog")).to_contain_text("Restart: 2 runners")
    looking.keyboard.press("Escape")
    expect(looking.get_by_role("dialog")).to_have_count(0)


def test_chosen_columns_are_in_the_address_and_stay(looking: Page) -> None:
    looking.keyboard.press("w")
    menu = looking.get_by_role("group", name="Columns")
    for column in titles(looking):
        if column not in ("Runner", "Support"):
            menu.get_by_label(column, exact=True).uncheck()
    expect(looking).to_have_url(re.compile(r"columns=name,support$"))
    looking.reload()
    looking.locator(".grid-row").first.wait_for()
    assert titles(looking) == ["Runner", "Support"]
    looking.keyboard.press("w")
    looking.get_by_label("As many as fit").check()
    expect(looking).not_to_have_url(re.compile("columns"))


def test_a_saved_view_comes_back_after_everything_else_was_changed(looking: Page) -> None:
    looking.goto(looking.url + "?filter=track:stable&sort=name&columns=name,status")
    looking.locator(".grid-row").first.wait_for()
    looking.get_by_role("button", name="Views").click()
    looking.get_by_label("Name of this view").fill("Night <b>shift")
    looking.keyboard.press("Enter")
    looking.goto(looking.url.split("?")[0])
    looking.locator(".grid-row").first.wait_for()
    looking.get_by_role("button", name="Views").click()
    looking.get_by_role("button", name="Night <b>shift", exact=True).click()
    expect(looking).to_have_url(re.compile(r"filter=track%3Astable&sort=name&columns=name,status"))
    assert titles(looking) == ["Runner", "Status"]
    looking.keyboard.press("Control+k")
    looking.keyboard.type("night")
    expect(looking.locator(".palette [role=option]")).to_have_count(1)
    expect(looking.locator(".palette [role=option]")).to_contain_text("Night <b>shift")


def test_what_is_selected_is_in_the_address(looking: Page) -> None:
    looking.locator(".grid-row input").nth(1).click()
    looking.locator(".grid-row input").nth(2).click()
    expect(looking).to_have_url(re.compile(r"selected=[\w-]+,[\w-]+"))
    looking.reload()
    expect(looking.locator(".grid-row[aria-selected=true]")).to_have_count(2)


def test_a_runner_s_json_is_a_key_away_and_can_be_copied(looking: Page) -> None:
    looking.context.grant_permissions(["clipboard-read", "clipboard-write"])
    looking.locator(".grid-row").first.focus()
    looking.keyboard.press("y")
    record = looking.get_by_label("The runner as JSON")
    expect(record).to_contain_text('"leaves_support"')
    looking.locator(".drawer").get_by_role("button", name="Copy", exact=True).click()
    expect(looking.locator(".news")).to_contain_text("Copied the JSON")
    assert '"name"' in looking.evaluate("navigator.clipboard.readText()")


def test_the_keys_of_a_single_letter_can_be_switched_off(looking: Page) -> None:
    looking.keyboard.press("?")
    looking.get_by_label("Keys of a single letter").uncheck()
    looking.get_by_role("button", name="Close").click()
    looking.keyboard.press("!")
    looking.keyboard.press("Control+k")
    expect(looking.get_by_role("dialog", name="Find and do")).to_be_visible()
    expect(looking.locator("#filter")).to_have_value("")


def test_dense_rows_are_kept(looking: Page) -> None:
    height = "document.querySelector('.grid-row').offsetHeight"
    before = looking.evaluate(height)
    looking.keyboard.press("w")
    looking.get_by_label("Dense rows").check()
    assert looking.evaluate(height) < before
    looking.reload()
    looking.locator(".grid-row").first.wait_for()
    assert looking.evaluate(height) < before


def test_printed_are_all_rows_and_no_buttons(looking: Page) -> None:
    looking.set_viewport_size({"width": 1000, "height": 400})
    looking.emulate_media(media="print")
    looking.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(looking.locator(".grid-row")).to_have_count(24)
    expect(looking.locator(".grid-row").last).to_be_visible()
    expect(looking.locator(".tools")).to_be_hidden()
    expect(looking.locator(".printed")).to_contain_text("printed ")
    expect(looking.locator(".age")).to_be_visible()
    assert looking.evaluate("getComputedStyle(document.body).colorScheme") == "light"


def test_nothing_moves_for_who_wants_it_still(looking: Page) -> None:
    looking.emulate_media(reduced_motion="reduce")
    still = "getComputedStyle(bar, '::before').animationName === 'none'"
    looking.wait_for_function(f"(bar = document.querySelector('.reading')) && {still}")


def test_what_goes_on_has_a_bar_and_what_changed_is_announced(
    watched: Page, console: Console
) -> None:
    runner = console.world.named("prod-eu-fargate")
    console.world.rewrite([replace(runner, status="UNKNOWN")])
    announced = watched.locator(".grid-frame > [role=status]")
    expect(announced).to_contain_text("prod-eu-fargate: ", timeout=10_000)
    watched.locator(".grid-row").filter(has_text="hr-aca").click()
    watched.keyboard.press("Escape")
    watched.keyboard.press("r")
    watched.get_by_role("dialog").get_by_role("button", name="Restart").click()
    expect(watched.get_by_role("progressbar", name="Restart by")).to_be_visible()


def test_a_page_says_that_its_console_is_gone_and_that_it_is_back(
    page: Page, tmp_path: Path
) -> None:
    """It outlives a restart of the server, and looks at the same again."""
    with web_console(tmp_path) as first:
        page.goto(f"{first.url}/?filter=name:hr-aca")
        page.locator(".grid-row").wait_for()
        first.stop()
        expect(page.get_by_role("alert")).to_contain_text("does not answer", timeout=25_000)
        expect(page.locator(".grid-row")).to_have_count(1)
        page.locator(".grid-row").click()
        expect(page.get_by_role("alert")).to_contain_text("Not done")
    with web_console(tmp_path, "--port", first.url.rpartition(":")[2]):
        expect(page.locator(".news")).to_contain_text("answers again", timeout=20_000)
        expect(page.locator(".grid-row")).to_have_count(1)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator(".drawer")).to_have_count(0)


def test_each_role_has_a_page_of_what_it_may_do(browser: Browser, tmp_path: Path) -> None:
    with shared_console(tmp_path) as shared:
        offered = {}
        for name in ("vi", "hal", "otto"):
            context = browser.new_context()
            page = context.new_page()
            sign_in(page, shared, name)
            page.goto(f"{shared.url}/?filter=name:hr-aca&selected=all")
            page.locator(".grid-row").click()
            buttons = page.locator(".drawer > .actions").get_by_role("button")
            note = page.locator(".drawer .note")
            page.locator(".drawer h2").wait_for()
            offered[name] = (buttons.count(), note.inner_text() if note.count() else "")
            assert bool(page.locator(".selection button").count()) is (name != "vi")
            context.close()
    assert offered["vi"] == (
        0,
        "Your role, viewer, looks only. To pause and resume runners takes helpdesk.",
    )
    assert offered["hal"][0] in (1, 2)
    assert offered["hal"][1].endswith("takes operator.")
    assert offered["otto"][0] > 3


def test_several_accounts_stand_in_one_table_and_each_row_says_whose_it_is(
    browser: Browser, tmp_path: Path
) -> None:
    with web_console(tmp_path, "--demo", "--profile", "eu,us") as both:
        page = browser.new_page()
        page.goto(f"{both.url}/?filter=name:hr-aca&columns=account,status")
        expect(page.locator(".grid-row")).to_have_count(2)
        expect(page.locator(".grid-row [data-column='1']")).to_have_text(["eu", "us"])
        page.close()
