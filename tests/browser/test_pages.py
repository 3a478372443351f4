"""What leads from page to page, activity, audit and settings, in a real Chromium."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Console, web_console
from tests.browser.shared import PASSWORD, shared_console, sign_in

pytestmark = pytest.mark.browser

ANOTHER = "the battery of a staple gun"
PAGES = ("Runners", "Releases", "Activity", "Audit", "Settings")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """Where nobody signs in."""
    with web_console(tmp_path_factory.mktemp("home")) as console:
        yield console


@pytest.fixture
def page(browser: Browser, alone: Console) -> Iterator[Page]:
    page, complaints = listened_to(browser)
    page.goto(alone.url)
    page.locator(".grid-row").first.wait_for()
    yield page
    page.close()
    assert complaints == []


def listened_to(browser: Browser) -> tuple[Page, list[str]]:
    """A page, and what it complains of."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    return page, complaints


def test_every_page_is_a_click_away_says_which_it_is_and_fits_a_phone(page: Page) -> None:
    for title in PAGES[1:]:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=title).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.locator(".nav nav [aria-current=page]")).to_have_text(title)
        expect(page).to_have_title(re.compile(title))
        top = page.locator(".top").bounding_box()
        assert top is not None
        assert top["height"] <= 120
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        bar = page.locator(".nav").bounding_box()
        assert bar is not None
        assert bar["height"] <= 48


def test_a_phone_has_the_pages_behind_a_button_that_escape_closes(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    link = page.get_by_role("link", name="Activity")
    expect(link).to_be_hidden()
    button = page.get_by_role("button", name="Runners", exact=True)
    button.click()
    expect(link).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


def test_the_first_tab_leads_past_the_navigation(page: Page) -> None:
    page.goto(page.url + "releases")
    page.locator(".line").first.wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main#content")).to_be_focused()


def test_every_page_has_the_palette_and_the_help(page: Page) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Activity").click()
    page.locator(".activity").wait_for()
    page.keyboard.press("/")
    expect(page.locator(".fields :focus")).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_contain_text("the calendar of releases")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("v")
    page.locator(".line").first.wait_for()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("theme")
    page.keyboard.press("Enter")
    expect(page.locator(":root")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("sales-aca")
    page.keyboard.press("Enter")
    expect(page.locator(".drawer h2")).to_have_text("sales-aca")


def test_what_is_under_way_stands_on_top_with_progress_until_it_has_ended(
    page: Page, alone: Console
) -> None:
    for name in ("finance-aca", "sales-aca"):
        page.locator(".grid-row").filter(has_text=name).locator("input").click()
    page.locator(".bar").get_by_role("button", name="Update", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Update").click()
    page.goto(f"{alone.url}/activity")
    under_way = page.get_by_role("region", name="Under way")
    expect(under_way.get_by_role("progressbar").first).to_be_visible()
    expect(under_way).to_contain_text("sales-aca")
    expect(under_way).to_have_count(0, timeout=20_000)
    today = page.locator(".day").first
    expect(today).to_contain_text("Today")
    expect(today).to_contain_text("Update")
    page.get_by_role("textbox", name="Runner").fill("finance")
    expect(page).to_have_url(re.compile(r"/activity\?runner=finance"))
    expect(page.locator(".deeds li")).to_have_count(1)
    expect(page.get_by_role("link", name="CSV")).to_have_attribute(
        "href", "activity.csv?runner=finance"
    )
    page.get_by_label("Outcome").select_option("failed")
    expect(page.get_by_text("Nothing that was done is like this.")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".deeds li")).to_have_count(2)


def test_the_settings_say_that_nobody_signs_in_and_what_may_be_done(
    page: Page, alone: Console
) -> None:
    page.goto(f"{alone.url}/settings")
    expect(page.locator(".settings")).to_contain_text("Nobody signs in to this console")
    expect(page.get_by_role("region", name="What an admin may do")).to_contain_text("Restart")
    page.get_by_role("link", name="Notifications", exact=True).click()
    expect(page.locator(".settings")).to_contain_text("runner_lost")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with shared_console(tmp_path_factory.mktemp("home")) as console:
        yield console


@pytest.fixture
def admins(browser: Browser, shared: Console) -> Iterator[Page]:
    """A page that an admin has open, at the users, and that must not complain."""
    page, complaints = listened_to(browser)
    sign_in(page, shared, "ada", "/settings?section=users")
    yield page
    page.close()
    assert complaints == []


def test_a_user_is_added_with_what_is_wrong_told_at_its_field_and_then_disabled(
    admins: Page,
) -> None:
    expect(admins.locator(".nav .person")).to_have_text("adaadmin")
    admins.get_by_role("button", name="Add a user").click()
    dialog = admins.get_by_role("dialog")
    dialog.get_by_label("Name").fill("<b>bo</b>")
    dialog.get_by_label("Role").select_option("helpdesk")
    dialog.get_by_label("Password").fill("short")
    dialog.get_by_role("button", name="Add").click()
    wrong = dialog.get_by_label("Password")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description("A password has at least 12 characters.")
    expect(wrong).to_be_focused()
    wrong.fill(PASSWORD)
    wrong.press("Enter")
    expect(dialog).to_be_hidden()
    expect(admins.get_by_role("status").first).to_contain_text("<b>bo</b> was added.")
    row = admins.get_by_role("row").filter(has_text="<b>bo</b>")
    expect(row).to_contain_text("helpdesk")
    row.get_by_role("button", name="Disable").click()
    expect(dialog).to_contain_text("cannot sign in until enabled again")
    dialog.get_by_role("button", name="Disable").click()
    expect(row).to_contain_text("disabled")
    admins.get_by_role("link", name="hal", exact=True).click()
    expect(admins).to_have_url(re.compile(r"/audit\?who=hal"))
    expect(admins.get_by_label("Who")).to_have_value("hal")


def test_a_token_is_shown_once(admins: Page) -> None:
    admins.get_by_role("link", name="Tokens").click()
    admins.get_by_role("button", name="Make a token").click()
    dialog = admins.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Grafana")
    dialog.get_by_label("read /metrics").check()
    dialog.get_by_role("button", name="Make").click()
    secret = admins.get_by_role("group", name="Secret").locator("code")
    expect(secret).to_be_focused()
    told = secret.inner_text()
    assert len(told) > 30
    expect(admins.get_by_role("row").filter(has_text="Grafana")).to_contain_text("in force")
    admins.reload()
    admins.get_by_text("Grafana").wait_for()
    assert told not in admins.content()


def test_a_sign_in_that_an_admin_ends_is_cut_off_and_says_why(
    admins: Page, browser: Browser, shared: Console
) -> None:
    other = browser.new_page()
    sign_in(other, shared, "vi", "/settings")
    expect(other.get_by_role("link", name="Audit")).to_have_count(0)
    admins.get_by_role("link", name="Sign-ins").click()
    admins.get_by_role("button", name="End: vi").click()
    admins.get_by_role("dialog").get_by_role("button", name="End").click()
    expect(admins.get_by_role("button", name="End: vi")).to_have_count(0)
    expect(other).to_have_url(re.compile("/sign-in"))
    other.close()
    admins.get_by_role("link", name="Audit").click()
    expect(admins.locator(".audit")).to_contain_text("ended a session")
    admins.get_by_label("What").select_option("sign-in")
    expect(admins).to_have_url(re.compile(r"/audit\?what=sign-in"))
    expect(admins.locator(".audit")).not_to_contain_text("ended a session")
    expect(admins.locator(".audit")).to_contain_text("vi (viewer)")


def test_somebody_changes_their_password_and_signs_in_anew(
    browser: Browser, shared: Console
) -> None:
    page = browser.new_page()
    sign_in(page, shared, "hal", "/settings")
    expect(page.get_by_role("region", name="What a helpdesk may do")).to_contain_text("Pause")
    page.get_by_role("button", name="Change your password").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Present password").fill(PASSWORD)
    dialog.get_by_label("New password", exact=True).fill(ANOTHER)
    dialog.get_by_label("New password again").fill(ANOTHER)
    dialog.get_by_role("button", name="Change").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.close()


def test_signing_out_leads_to_the_sign_in_page(browser: Browser, shared: Console) -> None:
    page = browser.new_page()
    sign_in(page, shared, "otto", "/activity")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    page.close()
