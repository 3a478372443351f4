"""What is on each picture: what leads there, how large it is, and in which scenario it is taken."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

WIDE, NARROW, DESK, PHONE, WALL = (132, 32), (80, 24), (1440, 900), (390, 844), (1920, 1080)

MARK_ACT_ON = ("down", "space", "down", "down", "down", "space", "down", "space")
ACT_ON = ("legacy-eks", "prod-us-fargate", "snowflake-app")

SHARED = "shared"
"""What the scenario is called in which people sign in."""


def noon() -> datetime:
    """The moment at which all pictures are taken."""
    return datetime(2026, 10, 7, 12, tzinfo=UTC)


def _rows(page: Page) -> None:
    page.get_by_role("row").nth(1).wait_for()


def _wall(page: Page) -> None:
    page.wait_for_timeout(1500)


def _stale_wall(page: Page) -> None:
    """As it stands twelve minutes after it was cut off."""
    _wall(page)
    page.context.set_offline(True)
    page.evaluate("streams.forEach((stream) => stream.close())")
    page.clock.set_fixed_time(noon() + timedelta(minutes=12))
    page.locator("#old").wait_for()


def _drawer(page: Page) -> None:
    _rows(page)
    page.get_by_role("row").filter(has_text="legacy-eks").click()


def _palette(page: Page) -> None:
    _rows(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("pa")
    page.get_by_role("listbox").wait_for()


def _page(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()


def _form(page: Page) -> None:
    page.locator("form").wait_for()


def _timeline(page: Page) -> None:
    _rows(page)
    page.get_by_role("row").filter(has_text="sales-aca").click()
    page.locator(".timeline svg").wait_for()


def _calendar(page: Page) -> None:
    page.get_by_role("region", name="Stable").wait_for()


def _plan(page: Page) -> None:
    _rows(page)
    for name in ACT_ON:
        page.get_by_role("row").filter(has_text=name).get_by_role("checkbox").click()
    page.get_by_role("button", name="Restart", exact=True).click()
    page.get_by_role("dialog").wait_for()


TERMINAL: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "terminal": (WIDE, ()),
    "terminal-detail": (WIDE, ("down", "enter")),
    "terminal-plan": (WIDE, (*MARK_ACT_ON, "r")),
    "terminal-help": (WIDE, ("question_mark",)),
    "terminal-releases": (WIDE, ("v",)),
    "terminal-80x24": (NARROW, ("down",)),
}
"""Name, size in cells, and the keys that lead there."""

WEB: dict[str, tuple[str, str, tuple[int, int], str, Callable[[Page], None]]] = {
    "web-dark": ("calm", "/", DESK, "dark", _rows),
    "web-light": ("calm", "/", DESK, "light", _rows),
    "web-drawer": ("calm", "/", DESK, "dark", _drawer),
    "web-timeline": ("calm", "/?filter=support:ending", DESK, "light", _timeline),
    "web-releases": ("calm", "/releases", DESK, "dark", _calendar),
    "web-plan": ("calm", "/", DESK, "dark", _plan),
    "web-phone": ("calm", "/", PHONE, "dark", _rows),
    "web-phone-light": ("calm", "/", PHONE, "light", _rows),
    "web-palette": ("calm", "/", DESK, "light", _palette),
    "web-activity": ("calm", "/activity", DESK, "dark", _page),
    "web-settings": ("calm", "/settings", DESK, "light", _page),
    "web-sign-in": (SHARED, "/sign-in", DESK, "light", _form),
    "web-sign-in-phone": (SHARED, "/sign-in", PHONE, "dark", _form),
    "web-first-admin": (SHARED, "/first-admin?key=made-up", DESK, "dark", _form),
    "wall-calm": ("calm", "/wall?filter=-is:problem", WALL, "dark", _wall),
    "wall-incident": ("incident", "/wall?size=3", WALL, "dark", _wall),
    "wall-incident-far": ("incident", "/wall?theme=light", WALL, "light", _wall),
    "wall-incident-farthest": ("incident", "/wall?size=8", WALL, "dark", _wall),
    "wall-stale": ("incident", "/wall", WALL, "dark", _stale_wall),
}
"""Name, scenario, path, size in pixels, colour scheme, and what is done before the picture."""
