"""axe-core finds nothing on any page, in either theme, wide or on a phone."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.axe import HOW_TO_INSTALL, axe_script
from tests.browser.conftest import Console
from tests.browser.shared import shared_console, sign_in

pytestmark = pytest.mark.browser

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return found.violations.flatMap((each) => each.nodes.map(
    (node) => `${each.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with shared_console(tmp_path_factory.mktemp("home")) as console:
        yield console


@pytest.fixture(scope="module")
def admins(browser: Browser, looked_at: Console) -> Iterator[BrowserContext]:
    """A browser in which an admin is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, looked_at, "ada")
    page.close()
    yield context
    context.close()


@pytest.fixture(scope="module")
def axe() -> str:
    script = axe_script()
    if script is None:
        if os.environ.get("CI"):
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    return script


def faults(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    return page.evaluate(RUN, list(RULES))


def rows(page: Page) -> None:
    page.locator(".grid-row").first.wait_for()


def drawer(page: Page) -> None:
    rows(page)
    page.locator(".grid-row [data-column='0']").first.click()
    page.locator(".drawer svg").wait_for()


def plan_dialog(page: Page) -> None:
    rows(page)
    page.locator(".grid-row").filter(has_text="finance-aca").locator("input").click()
    page.locator(".bar").get_by_role("button", name="Update", exact=True).click()
    page.get_by_role("dialog").wait_for()


def help_dialog(page: Page) -> None:
    rows(page)
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()


def main(page: Page) -> None:
    page.locator("main.main").wait_for()


def listing(page: Page) -> None:
    page.locator(".listing tbody tr").first.wait_for()


def form_with_faults(page: Page) -> None:
    listing(page)
    page.get_by_role("button", name="Add a user").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add").click()
    dialog.locator(".wrong-text").first.wait_for()


def several(page: Page) -> None:
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("dialog").wait_for()


def signed_out(page: Page) -> None:
    page.context.clear_cookies()
    page.reload()
    page.get_by_label("Password").wait_for()


def tiles(page: Page) -> None:
    page.locator("#tiles li").first.wait_for()


PAGES: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("/", rows),
    ("/", drawer),
    ("/", plan_dialog),
    ("/", help_dialog),
    ("/releases", main),
    ("/activity", main),
    ("/audit", listing),
    ("/settings", listing),
    ("/settings?section=users", form_with_faults),
    ("/settings?section=tokens", several),
    ("/settings?section=sessions", listing),
    ("/settings?section=screens", main),
    ("/settings?section=profiles", main),
    ("/settings?section=notifications", listing),
    ("/wall", tiles),
    ("/sign-in", signed_out),
)
"""The last one signs out."""


@pytest.mark.parametrize(
    ("path", "make_ready"), PAGES, ids=[f"{path}-{each.__name__}" for path, each in PAGES]
)
def test_nothing_is_found_in_either_theme(
    path: str,
    make_ready: Callable[[Page], None],
    admins: BrowserContext,
    looked_at: Console,
    axe: str,
) -> None:
    page = admins.new_page()
    page.goto(f"{looked_at.url}{path}")
    make_ready(page)
    found = []
    for theme, width in (("light", 1280), ("dark", 360)):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        found += [f"{theme}, {width}: {fault}" for fault in faults(page, axe)]
    page.close()
    assert not found, "\n".join(found)
