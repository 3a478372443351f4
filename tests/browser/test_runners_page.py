"""The Manage Runners page in a real Chromium."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from console.ages import duration
from tests.browser.conftest import Console, web_console

pytestmark = pytest.mark.browser


def names(page: Page) -> list[str]:
    return page.locator(".grid-row [data-column='0']").all_inner_texts()


def row(page: Page, name: str):  # type: ignore[no-untyped-def]
    return page.locator(".grid-row").filter(has=page.get_by_text(name, exact=True))


def test_the_page_shows_the_fleet_worst_first_and_says_how_it_stands(looking: Page) -> None:
    expect(looking.get_by_role("heading", level=1)).to_contain_text("need attention")
    expect(looking.locator(".grid")).to_have_attribute("aria-rowcount", "25")
    assert "legacy-eks" in names(looking)[:4]
    expect(row(looking, "legacy-eks")).to_contain_text("Out of support")


def test_a_count_filters_to_what_it_counts_and_again_to_all(looking: Page) -> None:
    chip = looking.get_by_role("button", name="out of support")
    chip.click()
    expect(looking.locator(".grid-row")).to_have_count(2)
    expect(looking).to_have_url(re.compile(r"filter=support%3Aunsupported"))
    chip.click()
    expect(looking.locator(".caption")).to_have_text("24 runners")


def test_a_wrong_filter_shows_where_and_keeps_the_rows(looking: Page) -> None:
    looking.keyboard.press("/")
    looking.keyboard.type("prod status:runing")
    expect(looking.locator(".filter-error")).to_contain_text("Did you mean running?")
    expect(looking.locator(".filter-error mark")).to_have_text("runing")
    expect(looking.locator(".caption")).to_contain_text("of 24 runners")
    assert names(looking)


def test_a_view_is_in_its_address(looking: Page, calm: Console) -> None:
    looking.goto(f"{calm.url}/?filter=track:stable&sort=name&reverse=true")
    looking.locator(".grid-row").first.wait_for()
    shown = names(looking)
    assert shown == sorted(shown, reverse=True)
    expect(looking.locator("#filter")).to_have_value("track:stable")
    expect(looking.get_by_role("columnheader", name="Runner", exact=False).first).to_have_attribute(
        "aria-sort", "descending"
    )


def test_a_header_sorts_and_then_reverses(looking: Page) -> None:
    header = looking.locator(".grid-head").get_by_role("button", name="Runner")
    header.click()
    expect(looking).to_have_url(re.compile("sort=name"))
    first = names(looking)[0]
    header.click()
    expect(looking).to_have_url(re.compile("reverse=true"))
    expect(looking.locator(".grid-row [data-column='0']").first).not_to_have_text(first)


def test_an_update_goes_from_selection_to_done(watched: Page) -> None:
    """Chosen, planned, agreed to, shown under way, and done when the runner itself says so."""
    target = row(watched, "finance-aca")
    target.locator("input").click()
    watched.locator(".bar").get_by_role("button", name="Update", exact=True).click()
    dialog = watched.get_by_role("dialog")
    expect(dialog).to_contain_text("Update: finance-aca")
    expect(dialog).to_contain_text("It is expected to come back on")
    dialog.get_by_role("button", name="Update").click()
    expect(target).to_contain_text("Updating")
    expect(target).to_contain_text("Latest", timeout=20_000)
    expect(target).not_to_contain_text("Updating", timeout=20_000)
    target.locator("[data-column='0']").click()
    expect(watched.locator(".drawer")).to_contain_text("Update: done")


def test_a_hosted_runner_is_refused_with_its_reason(looking: Page, calm: Console) -> None:
    looking.goto(f"{calm.url}/?filter=type:hosted")
    row(looking, "saas-shared").locator("[data-column='0']").click()
    restart = looking.locator(".drawer").get_by_role("button", name="Restart")
    expect(restart).to_be_disabled()
    expect(restart).to_have_attribute("title", re.compile("Matillion"))


def test_the_keyboard_alone_opens_and_closes_a_runner(looking: Page) -> None:
    looking.locator(".grid-row").first.focus()
    looking.keyboard.press("ArrowDown")
    looking.keyboard.press("Enter")
    expect(looking.locator(".drawer h2")).to_have_text(names(looking)[1])
    expect(looking.locator(".drawer")).to_be_focused()
    looking.keyboard.press("Escape")
    expect(looking.locator(".drawer")).to_have_count(0)
    expect(looking.locator(".grid-row").nth(1)).to_be_focused()


def test_only_one_row_can_be_reached_by_tab_and_it_keeps_the_focus_while_rows_move(
    watched: Page, console: Console
) -> None:
    watched.locator(".grid-row").first.focus()
    watched.keyboard.press("End")
    last = watched.locator(".grid-row[aria-rowindex='25']")
    expect(last).to_be_focused()
    assert watched.locator(".grid-row[tabindex='0']").count() == 1
    runner = console.world.named("prod-eu-fargate")
    console.world.rewrite([replace(runner, name="zz-last")])
    expect(watched.get_by_text("zz-last", exact=True)).to_be_visible(timeout=10_000)
    expect(watched.locator(".grid-row[tabindex='0']")).to_be_focused()


def test_rows_stand_in_the_page_in_the_order_in_which_they_are_seen(looking: Page) -> None:
    looking.locator(".grid-head").get_by_role("button", name="Runner").click()
    expect(looking.locator(".grid-row").first).to_contain_text("analytics-aks")
    assert names(looking) == sorted(names(looking))
    looking.keyboard.press("Shift+N")
    expect(looking.locator(".grid-row").first).not_to_contain_text("analytics-aks")
    assert names(looking) == sorted(names(looking), reverse=True)


def test_a_filter_is_completed_by_tab(looking: Page) -> None:
    looking.keyboard.press("/")
    looking.keyboard.type("supp")
    expect(looking.get_by_role("option")).to_have_text(["support:"])
    looking.keyboard.press("Tab")
    expect(looking.get_by_role("option")).to_contain_text(["supported", "unsupported"])
    looking.keyboard.type("un")
    looking.keyboard.press("ArrowDown")
    looking.keyboard.press("Enter")
    expect(looking).to_have_url(re.compile(r"filter=support%3Aun"))
    looking.keyboard.press("Escape")


def test_what_a_filter_hides_is_no_longer_selected(looking: Page) -> None:
    row(looking, "legacy-eks").locator("input").click()
    row(looking, "hr-aca").locator("input").click()
    expect(looking.locator(".bar")).to_contain_text("2 selected")
    looking.get_by_role("button", name="out of support").click()
    expect(looking.locator(".bar")).to_contain_text("1 selected")


def test_all_that_match_are_selected_at_once(looking: Page) -> None:
    looking.get_by_label("Select all that match").check()
    expect(looking.locator(".bar")).to_contain_text("24 selected")
    looking.get_by_role("button", name="Clear", exact=True).click()
    expect(looking.locator(".grid-row[aria-selected='true']")).to_have_count(0)


def test_help_is_a_key_away(looking: Page) -> None:
    looking.keyboard.press("?")
    expect(looking.get_by_role("dialog")).to_contain_text("whether its version is supported")
    looking.keyboard.press("Escape")
    expect(looking.get_by_role("dialog")).to_have_count(0)


def test_the_theme_follows_the_browser_until_one_is_chosen_and_is_kept(looking: Page) -> None:
    looking.emulate_media(color_scheme="dark")
    dark = looking.evaluate("getComputedStyle(document.body).backgroundColor")
    looking.get_by_role("button", name="Light", exact=True).click()
    looking.reload()
    looking.locator(".grid-row").first.wait_for()
    assert looking.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_a_read_only_console_says_so_and_offers_nothing_to_do(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with web_console(tmp_path_factory.mktemp("home"), "--read-only") as looking:
        page = browser.new_page()
        page.goto(looking.url)
        row(page, "legacy-eks").locator("[data-column='0']").click()
        expect(page.locator(".drawer h2")).to_have_text("legacy-eks")
        expect(page.get_by_text("READ-ONLY")).to_be_visible()
        assert page.get_by_role("checkbox").count() == 0
        assert page.get_by_role("button", name="Restart").count() == 0
        page.close()


def test_a_phone_shows_on_two_lines_what_there_is_to_know_without_sideways_scrolling(
    looking: Page,
) -> None:
    looking.set_viewport_size({"width": 360, "height": 740})
    expect(looking.locator(".grid-titles.phone")).to_be_visible()
    assert looking.evaluate("document.documentElement.scrollWidth") <= 360
    worst = row(looking, "legacy-eks")
    for title, said in (("Status", "Running"), ("Track", "Current"), ("Attention", "Out of")):
        head = looking.get_by_role("columnheader", name=title)
        number = head.get_attribute("data-column")
        above = head.bounding_box()
        cell = worst.locator(f"[data-column='{number}']")
        expect(cell).to_contain_text(said)
        below = cell.bounding_box()
        assert above is not None
        assert below is not None
        assert (below["x"], below["width"]) == (above["x"], above["width"])
        assert below["x"] + below["width"] <= 360


def test_what_the_rows_are_sorted_by_is_seen_however_narrow_the_table_is(looking: Page) -> None:
    looking.set_viewport_size({"width": 700, "height": 740})
    expect(looking.get_by_role("columnheader", name="Attention")).to_be_visible()
    expect(looking.get_by_role("columnheader", name="Auto-update")).to_have_count(0)
    looking.keyboard.press("A")
    expect(looking.get_by_role("columnheader", name="Auto-update")).to_be_visible()
    expect(looking.get_by_role("columnheader", name="Attention")).to_have_count(0)


def test_a_change_reaches_the_page_by_itself(watched: Page, console: Console) -> None:
    runner = console.world.named("prod-eu-fargate")
    console.world.rewrite([replace(runner, name="prod-eu-renamed")])
    expect(watched.get_by_text("prod-eu-renamed", exact=True)).to_be_visible(timeout=10_000)


def test_a_runner_that_is_deleted_while_it_is_open_is_said_to_be_gone(
    watched: Page, console: Console
) -> None:
    row(watched, "sandbox").locator("input").click()
    row(watched, "sandbox").locator("[data-column='0']").click()
    expect(watched.locator(".drawer h2")).to_have_text("sandbox")
    console.world.delete(console.world.named("sandbox").id)
    expect(watched.locator(".news")).to_contain_text("sandbox is no longer there", timeout=10_000)
    expect(watched.locator(".drawer")).to_have_count(0)
    expect(watched).not_to_have_url(re.compile("runner=|selected="))
    expect(watched.locator(".caption")).to_have_text("23 runners")


def test_an_api_that_fails_leaves_the_rows_and_says_so_until_it_answers_again(
    watched: Page, console: Console
) -> None:
    console.outage.is_on = True
    expect(watched.locator(".banner")).to_contain_text("next try", timeout=15_000)
    assert watched.locator(".grid-row").count() > 15
    expect(watched.locator(".age")).to_have_class(re.compile("stale"), timeout=20_000)
    console.outage.is_on = False
    expect(watched.locator(".banner")).to_have_count(0, timeout=30_000)
    expect(watched.locator(".age")).not_to_have_class(re.compile("stale"))


def test_hostile_names_are_text_and_run_nothing(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with web_console(tmp_path_factory.mktemp("home"), hostile=True) as hostile:
        page = browser.new_page()
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        page.goto(f"{hostile.url}/?sort=name")
        page.locator(".grid-row").first.wait_for()
        expect(page.locator(".grid-row").filter(has_text="<script>").first).to_be_visible()
        assert page.locator(".grid-row script, .grid-row b, .grid-row img").count() == 0
        page.close()


def test_a_long_fleet_scrolls_and_keeps_few_rows_in_the_page(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with web_console(tmp_path_factory.mktemp("home"), runners=2000) as large:
        page = browser.new_page()
        page.goto(f"{large.url}/?sort=name")
        page.locator(".grid-row").first.wait_for()
        page.locator(".grid-body").focus()
        expect(page.locator(".caption")).to_have_text("2000 runners")
        page.wait_for_function("document.querySelector('.grid-space').offsetHeight === 72000")
        page.keyboard.press("End")
        expect(page.locator(".grid-row[aria-rowindex='2001']")).to_be_visible()
        assert page.locator(".grid-row").count() < 80
        page.close()


def test_the_page_counts_an_age_in_the_core_s_words(looking: Page) -> None:
    """The script words durations itself, so that an unchanged fleet sends nothing."""
    for seconds in (0, 59, 60, 3599, 3600, 2 * 86400 - 1, 2 * 86400, 9 * 86400):
        worded = looking.evaluate(
            "seconds => import('console/cells.js').then((cells) => cells.duration(seconds * 1000))",
            seconds,
        )
        assert worded == duration(timedelta(seconds=seconds))
