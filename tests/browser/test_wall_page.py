"""The wall display in a real Chromium: read from afar, left alone for months."""

import math
import re
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserType, CDPSession, Page, Request, expect

from console.view.wall import wall as wall_of
from tests.browser.conftest import Console
from tests.browser.walls import FED, LOOKED_AT, WallServer, fleet_of
from tests.console.fleets import HEALTHY, NOW, snapshot_of
from web.wall_screens import Screen
from web.wall_wire import patch, picture

pytestmark = pytest.mark.browser

INCHES = 55
FULL_HD, FOUR_K = (1920, 1080), (3840, 2160)
OFFLINE = replace(HEALTHY, id="2", name="lost", connected=False)
OLD = re.compile("min old")


@pytest.fixture(scope="module")
def servers() -> Iterator[Callable[[int], WallServer]]:
    made: dict[int, WallServer] = {}
    scenarios = {24: "calm", 200: "incident", 2000: "incident"}

    def of(runners: int) -> WallServer:
        if runners not in made:
            made[runners] = WallServer(fleet_of(runners, scenarios[runners]))
        return made[runners]

    yield of
    for server in made.values():
        server.stop()


@pytest.fixture
def server() -> Iterator[WallServer]:
    made = WallServer(fleet_of(24))
    yield made
    made.stop()


@pytest.fixture
def wall(page: Page, server: WallServer) -> Page:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.clock.install()
    page.goto(f"{server.url}/wall")
    expect(page.locator("#verdict")).to_contain_text("24 runners")
    return page


@pytest.mark.parametrize("runners", [24, 200, 2000])
@pytest.mark.parametrize("size", [FULL_HD, FOUR_K], ids=["1080p", "4k"])
def test_everything_fits_and_can_be_read_from_where_it_is_read(
    page: Page, servers: Callable[[int], WallServer], runners: int, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.clock.install()
    shapes = {}
    for metres, more in ((3, ""), (5, "&rotate=off&theme=light"), (5, ""), (8, "")):
        page.goto(f"{servers(runners).url}/wall?size={metres}&shift=off{more}")
        expect(page.locator("#verdict")).to_contain_text(f"{runners} runners")
        seen = page.evaluate(LOOKED_AT, INCHES)
        assert seen["faults"] == []
        assert arc_minutes(seen["smallest"], metres) >= 15
        shapes[metres] = page.locator("#tiles").get_attribute("class")
        assert told(page) == problems(servers(runners), shapes[metres] or "")
        if not more and metres < 8:
            assert page.locator("#tiles .do").count() > 0
    assert shapes[3] == {24: "tiles-plain", 200: "bands", 2000: "counts"}[runners]
    page.clock.fast_forward(21_000)
    page.locator("#panels").wait_for()
    assert page.evaluate(LOOKED_AT, INCHES)["faults"] == []


def told(page: Page) -> int:
    """How many problems, or kinds of them, the wall shows or counts."""
    shown = page.locator("#tiles li:not(.rest, .remedies)").count()
    more = re.search(r"and (\d+) more", page.locator("#tiles .rest").inner_text())
    return shown + (int(more[1]) if more else 0)


def problems(server: WallServer, shape: str) -> int:
    seen = wall_of(server.fleet.snapshot, server.fleet.now)
    return len(seen.tiles if shape.startswith("tiles") else seen.bands)


def arc_minutes(millimetres: float, metres: int) -> float:
    return math.degrees(math.atan(millimetres / (1000 * metres))) * 60


def test_the_diagonal_of_the_screen_counts(page: Page, server: WallServer) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{server.url}/wall?size=3&screen=43")
    expect(page.locator("#verdict")).to_contain_text("24 runners")
    seen = page.evaluate(LOOKED_AT, 43)
    assert seen["faults"] == []
    assert arc_minutes(seen["smallest"], 3) >= 15


def test_where_tiles_have_no_room_for_what_to_do_it_is_said_below_them_by_kind(
    page: Page, server: WallServer
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    for runners, scenario, where in ((40, "calm", "li"), (24, "incident", ".remedies")):
        server.do(lambda fleet=fleet_of(runners, scenario): server.fleet.show(fleet))
        page.goto(f"{server.url}/wall?size=3&shift=off")
        expect(page.locator(f"#tiles {where} .do").first).to_be_visible()
        server.do(lambda: server.fleet.fail(timedelta(seconds=40)))
        expect(page.locator("#tiles .mark").first).to_be_visible()
        server.do(lambda: server.fleet.show(server.fleet.snapshot))
        expect(page.locator("#tiles .mark")).to_have_count(0)
        tiles = page.locator("#tiles li:not(.rest, .remedies)").count()
        said = page.locator(f"#tiles {where} .do").all_inner_texts()
        assert len(said) == (tiles if where == "li" else 3)
        assert "Restart, or change its image" in said[1]
        seen = page.evaluate(LOOKED_AT, INCHES)
        assert seen["faults"] == []
        assert arc_minutes(seen["smallest"], 3) >= 15


def test_with_nothing_wrong_it_says_so_with_the_time_of_the_last_check(
    wall: Page, server: WallServer
) -> None:
    server.do(lambda: server.fleet.show(fleet_of(24, "fine")))
    expect(wall.locator("#verdict")).to_have_text(re.compile("✓All is well: 1. runners"))
    expect(wall.locator("#verdict")).to_have_class("tone-good")
    expect(wall.locator("#checked")).to_have_text("Last checked at 12:00:00")
    assert wall.evaluate(LOOKED_AT, INCHES)["faults"] == []


def test_it_has_nothing_to_press_and_each_problem_a_code(wall: Page) -> None:
    assert wall.locator("a, button, input, form, select").count() == 0
    codes = wall.locator("#all img, #tiles img")
    expect(codes.first).to_have_attribute("alt", "is:problem")
    loaded = "images => images.every(each => each.complete && each.naturalWidth > 20)"
    wall.wait_for_function(f"({loaded})([...document.querySelectorAll('img')])")


def test_two_missed_polls_mark_the_tiles_and_a_limit_greys_all_with_the_age_in_the_largest_type(
    wall: Page, server: WallServer
) -> None:
    server.do(lambda: server.fleet.fail(timedelta(seconds=40)))
    expect(wall.locator("body")).to_have_class(re.compile("marked"))
    expect(wall.locator("#tiles .mark").first).to_have_text("◷as read at 12:00")
    expect(wall.locator("#old")).to_be_hidden()
    server.do(lambda: server.fleet.fail(timedelta(minutes=11)))
    expect(wall.locator("#old b")).to_have_text("11 min old")
    expect(wall.locator("#old span")).to_have_text(re.compile("The Maia API has a fault"))
    seen = wall.evaluate(LOOKED_AT, INCHES)
    assert seen["faults"] == []
    assert seen["largest"] == wall.eval_on_selector(
        "#old b", "e => parseFloat(getComputedStyle(e).fontSize)"
    )
    server.do(lambda: server.fleet.show(server.fleet.snapshot, timedelta(seconds=15)))
    expect(wall.locator("#old")).to_be_hidden()
    expect(wall.locator("body")).not_to_have_class(re.compile("marked"))


def test_it_keeps_its_picture_through_a_lost_server_and_comes_back_alone(
    wall: Page, server: WallServer
) -> None:
    server.stop()
    wall.clock.fast_forward(20_000)
    expect(wall.locator("#old span")).to_contain_text("No connection to this console")
    expect(wall.locator("#tiles li").first).to_be_visible()
    wall.clock.fast_forward(600_000)
    expect(wall.locator("#old b")).to_have_text(OLD)
    server.fleet.show(snapshot_of(HEALTHY), timedelta(minutes=10))
    server.start()
    wall.clock.fast_forward(20_000)
    expect(wall.locator("#verdict")).to_contain_text("All is well: 1 runner", timeout=10_000)
    expect(wall.locator("#old")).to_be_hidden()


def test_an_upgraded_server_makes_it_load_itself_anew_once(
    wall: Page, server: WallServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[Request] = []
    wall.on("request", lambda asked: loads.append(asked) if asked.is_navigation_request() else None)
    server.stop()
    monkeypatch.setattr("web.wall_stream.build", lambda *_: "newer")
    server.start()
    with wall.expect_navigation(timeout=10_000):
        wall.clock.fast_forward(20_000)
    expect(wall.locator("#verdict")).to_contain_text("24 runners")
    assert len(loads) == 1


def test_a_screen_that_is_switched_off_says_so_and_shows_nothing(page: Page) -> None:
    class Desk:
        notice = ""

        def asking(self, request: object) -> Screen:
            return Screen(notice=self.notice, options={"size": "3"})

    desk = Desk()
    server = WallServer(fleet_of(24), desk)
    page.goto(f"{server.url}/wall")
    expect(page.locator("#tiles li").first).to_be_visible()
    desk.notice = "This screen was switched off."
    server.do(server.fleet.tell)
    expect(page.locator("h1")).to_have_text(desk.notice)
    assert page.locator("body").inner_text() == desk.notice
    desk.notice = ""
    server.do(server.fleet.tell)
    expect(page.locator("#tiles li").first).to_be_visible()
    server.stop()


def test_wrong_options_are_told_for_a_while_and_the_pointer_and_the_picture_obey_the_others(
    page: Page, server: WallServer
) -> None:
    page.clock.install()
    told = "clock=12&language=de&zone=Asia/Tokyo&filter=track:stable"
    page.goto(f"{server.url}/wall?size=4&colours=red-green&{told}")
    expect(page.locator("#notes")).to_contain_text("“4” is not a value of size")
    expect(page.locator("#updated")).to_contain_text("09:00:00 pm")
    expect(page.locator("#date")).to_have_text("Mittwoch, 7. Oktober 2026")
    expect(page.locator("#verdict")).to_contain_text("of 8 runners")
    assert page.evaluate("getComputedStyle(document.body).cursor") == "none"
    assert page.evaluate("document.documentElement.dataset.colours") == "red-green"
    before = page.evaluate("document.body.style.transform")
    page.clock.fast_forward(61_000)
    expect(page.locator("#notes")).to_be_hidden()
    page.wait_for_function(f"document.body.style.transform !== {before!r}")


def test_something_new_and_critical_sounds_only_where_that_is_asked_for(
    page: Page, server: WallServer
) -> None:
    page.add_init_script(
        "window.tones = 0; const start = OscillatorNode.prototype.start;"
        " OscillatorNode.prototype.start = function (...at) {"
        " window.tones += 1; start.apply(this, at); };"
    )
    for address, tones in (("", 0), ("?sound=on", 2)):
        server.do(lambda: server.fleet.show(snapshot_of(HEALTHY)))
        page.goto(f"{server.url}/wall{address}")
        expect(page.locator("#verdict")).to_contain_text("All is well")
        server.do(lambda: server.fleet.show(snapshot_of(HEALTHY, OFFLINE)))
        expect(page.locator("#verdict")).to_contain_text("1 of 2 runners needs attention")
        assert page.evaluate("tones") == tones


def test_days_of_polls_leave_its_memory_as_it_was_after_an_hour(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> None:
    """Without the compilers of the browser, whose code is no memory of the page."""
    arguments = [*browser_type_launch_args["args"], UNCOMPILED]
    chromium = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    server = WallServer(fleet_of(200, "incident"))
    page = chromium.new_page()
    page.add_init_script(FED)
    page.goto(f"{server.url}/wall?codes=off")
    before, after = (picture(wall_of(fleet_of(200, each), NOW)) for each in ("calm", "incident"))
    page.evaluate("told => begin(told)", before)
    changes = [patch(before, after), patch(after, before)]
    devtools = page.context.new_cdp_session(page)
    page.evaluate("([changes, polls]) => feed(changes, polls)", [changes, 240])
    first, nodes = heap(devtools), page.evaluate("document.querySelectorAll('*').length")
    page.evaluate("([changes, polls]) => feed(changes, polls)", [changes, 800])
    assert heap(devtools) <= 1.1 * first
    assert page.evaluate("document.querySelectorAll('*').length") == nodes
    chromium.close()
    server.stop()


UNCOMPILED = "--js-flags=--no-opt --no-maglev --no-sparkplug"


def heap(devtools: CDPSession) -> float:
    devtools.send("HeapProfiler.collectGarbage")
    return float(devtools.send("Runtime.getHeapUsage")["usedSize"])


def test_the_server_stops_at_once_and_in_silence_while_a_wall_and_a_page_are_open(
    page: Page, console: Console
) -> None:
    page.goto(f"{console.url}/wall")
    expect(page.locator("#verdict")).to_contain_text("24 runners")
    console.world.clear()
    expect(page.locator("#verdict")).to_have_text("No runners in this account.", timeout=10_000)
    other = page.context.new_page()
    other.goto(console.url)
    other.locator("header").first.wait_for()
    console.process.send_signal(signal.SIGINT)
    _, said = console.process.communicate(timeout=10)
    assert "Traceback" not in said
    assert "ERROR" not in said
