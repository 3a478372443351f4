"""What a wall is told and answered, without a browser."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from console.api.http import httpx
from console.fleet.snapshot import Snapshot
from console.view.wall import wall
from console.view.wall_options import WallOptions, wall_options
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, operation_on, snapshot_of
from tests.web.walls import HandMoved, wall_app
from web.wall_codes import code_for
from web.wall_files import build
from web.wall_screens import Screen
from web.wall_stream import WallStream
from web.wall_wire import patch, picture

OFFLINE = replace(HEALTHY, id="2", name="lost", connected=False)


def events(told: bytes) -> list[tuple[str, str, Any]]:
    """(kind, id, data) of each."""
    found = []
    for block in told.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        if fields:
            found.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
    return found


def kinds(told: bytes) -> list[str]:
    return [kind for kind, _, _ in events(told)]


def merged(target: Any, change: Any) -> Any:
    """What the page's script does with a change (RFC 7396)."""
    if not isinstance(change, dict):
        return change
    made = dict(target) if isinstance(target, dict) else {}
    for key, value in change.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = merged(made.get(key), value)
    return made


@pytest.fixture
def fleet() -> HandMoved:
    return HandMoved(demo_snapshot(), NOW)


@pytest.fixture
async def stream(fleet: HandMoved) -> AsyncIterator[WallStream]:
    made = WallStream(fleet)
    yield made
    made.close()


@pytest.fixture
async def browser(fleet: HandMoved) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=wall_app(fleet))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def test_a_wall_hears_the_build_the_whole_picture_and_a_sign_of_life(
    stream: WallStream,
) -> None:
    heard = events(await anext(stream.events()))
    assert [kind for kind, _, _ in heard] == ["hello", "wall", "beat"]
    assert heard[0][2] == {"build": build()}
    assert heard[1][1] == f"{build()}.0"
    assert heard[2][2]["age"] == 0


async def test_a_poll_that_brings_nothing_new_costs_a_sign_of_life_alone(
    stream: WallStream, fleet: HandMoved
) -> None:
    told = stream.events()
    await anext(told)
    fleet.show(fleet.snapshot, timedelta(seconds=15))
    again = await anext(told)
    assert kinds(again) == ["beat"]
    assert len(again) < 100


async def test_only_what_changed_is_sent_and_makes_the_new_picture_of_the_old(
    stream: WallStream, fleet: HandMoved
) -> None:
    told = stream.events()
    before = events(await anext(told))[1][2]
    runners = fleet.snapshot.runners
    fewer = (replace(runners[0], connected=False), *runners[2:])
    fleet.show(replace(fleet.snapshot, runners=fewer))
    change = next(each for each in events(await anext(told)) if each[0] == "change")
    assert change[1] == f"{build()}.1"
    assert merged(before, change[2]) == json.loads(json.dumps(picture(wall(fleet.snapshot, NOW))))
    assert len(json.dumps(change[2])) < len(json.dumps(before)) / 3


async def test_a_wall_that_connects_again_is_told_everything(
    stream: WallStream, fleet: HandMoved
) -> None:
    other = stream.events()
    await anext(other)
    fleet.show(snapshot_of(HEALTHY))
    await anext(other)
    (_, (kind, number, told), _) = events(await anext(stream.events()))
    assert (kind, number) == ("wall", f"{build()}.1")
    assert told["headlines"]["of"]["all"]["count"] == 1


async def test_walls_of_one_look_share_one_picture_and_others_have_their_own(
    stream: WallStream,
) -> None:
    first, second, other = (
        stream.events(wall_options({"filter": text, "size": size})[0])
        for text, size in (("", "3"), ("", "8"), ("track:stable", "3"))
    )
    same = [events(await anext(each))[1][2] for each in (first, second)]
    assert same[0] == same[1]
    assert len(stream._looks) == 1
    assert events(await anext(other))[1][2] != same[0]
    assert len(stream._looks) == 2
    await first.aclose()
    await second.aclose()
    assert len(stream._looks) == 1


async def test_a_new_critical_finding_sounds_once_and_planned_work_does_not(
    stream: WallStream, fleet: HandMoved
) -> None:
    fleet.show(snapshot_of(HEALTHY))
    told = stream.events(WallOptions(sound=True))
    await anext(told)
    fleet.show(snapshot_of(HEALTHY, OFFLINE))
    assert events(await anext(told))[0][2]["alarm"] is True
    third = replace(OFFLINE, id="3", name="planned")
    fleet.show(snapshot_of(HEALTHY, OFFLINE, third, operations=(operation_on(third),)))
    assert "alarm" not in events(await anext(told))[0][2]


async def test_a_screen_that_is_switched_off_is_told_so_and_nothing_else(
    stream: WallStream, fleet: HandMoved
) -> None:
    notice = ""
    told = stream.events(WallOptions(), lambda: Screen(notice=notice))
    await anext(told)
    notice = "This screen was switched off."
    fleet.show(snapshot_of(OFFLINE))
    heard = events(await anext(told))
    assert ("notice", notice) in [(kind, data) for kind, _, data in heard]
    assert "lost" not in json.dumps(heard)
    notice = ""
    fleet.show(fleet.snapshot)
    assert kinds(await anext(told)) == ["notice", "beat"]


async def test_a_closed_stream_ends_at_once(stream: WallStream) -> None:
    told = stream.events()
    await anext(told)
    waiting = asyncio.ensure_future(anext(told, None))
    await asyncio.sleep(0)
    stream.close()
    assert await waiting is None


async def test_the_page_brings_all_that_it_needs_under_a_strict_policy(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/wall?filter=<script>&size=4")
    policy = answer.headers["content-security-policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    assert "unsafe" not in policy
    assert re.findall(r"<(?:script|style)[^>]*>", answer.text) == [
        f'<{kind} nonce="{nonce[1]}">' for kind in ("style", "script")
    ]
    assert re.findall(r'(?:href|src)="([^"]+)"', answer.text) == ["static/favicon.svg"]
    assert 'style="' not in answer.text
    assert "is not a value of size" in answer.text


async def test_the_page_says_how_the_fleet_stands_and_when_that_was_read(
    browser: httpx.AsyncClient, fleet: HandMoved
) -> None:
    runners = replace(OFFLINE, name="<b>lost</b>"), HEALTHY
    fleet.show(snapshot_of(*runners))
    page = (await browser.get("/wall?zone=Asia/Tokyo")).text
    seen = wall(fleet.snapshot, NOW)
    assert f"</span>{seen.verdict}</span></h1>" in page
    for line in seen.headlines:
        assert f'{line.count}</span></b><span class="label">{line.label}</span>' in page
    assert "Updated 21:00:00, next in 15 s" in page
    noon = (await browser.get("/wall?clock=12")).text
    assert "Updated 12:00:00 pm, next in 15 s" in noon
    assert "<b>lost" not in page
    assert told_by(page)["wall"] == json.loads(json.dumps(picture(seen)))


@pytest.mark.parametrize("minutes", [None, 1])
async def test_what_is_old_or_was_never_read_is_left_to_the_script(
    browser: httpx.AsyncClient, fleet: HandMoved, minutes: int | None
) -> None:
    if minutes is None:
        fleet.snapshot = replace(fleet.snapshot, taken=None)
    else:
        fleet.fail(timedelta(minutes=minutes))
    page = (await browser.get("/wall")).text
    assert "Connecting …</h1>" in page
    assert "Updated " not in page.partition("<main>")[0].partition("<header>")[2]
    assert told_by(page)["beat"]["age"] == (60 * minutes if minutes else None)


async def test_the_page_of_a_screen_that_is_switched_off_brings_nothing_of_the_fleet(
    stream: WallStream,
) -> None:
    off = Screen(notice="This screen was switched off.")
    assert stream.first(WallOptions(), off) == {"notice": off.notice}


async def test_what_was_drawn_for_a_page_serves_its_stream_and_is_forgotten_without_one(
    stream: WallStream, fleet: HandMoved
) -> None:
    first = stream.first(WallOptions(), Screen())
    (look,) = stream._looks.values()
    told = stream.events()
    assert events(await anext(told))[1][2] == json.loads(json.dumps(first["wall"]))
    assert list(stream._looks.values()) == [look]
    await told.aclose()
    stream.first(WallOptions(), Screen())
    fleet.tell()
    assert not stream._looks


def told_by(page: str) -> Any:
    """What the page brings for its script."""
    found = re.search(r'data-told="([^"]*)"', page)
    assert found is not None
    return json.loads(unescape(found[1]))["first"]


async def test_a_code_leads_to_this_console_and_no_other(browser: httpx.AsyncClient) -> None:
    fine = await browser.get(
        "/wall/code", params={"filter": "is:problem", "at": "http://localhost/"}
    )
    assert fine.headers["content-type"] == "image/svg+xml"
    for at in ("http://elsewhere/", "javascript:alert(1)", "", "http://localhost@elsewhere/"):
        answer = await browser.get("/wall/code", params={"filter": "x", "at": at})
        assert answer.status_code == 400


async def test_codes_lead_to_the_public_address_and_another_one_loads_walls_anew(
    fleet: HandMoved,
) -> None:
    public = "https://console.example/maia"
    transport = httpx.ASGITransport(app=wall_app(fleet, public=public))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        page = (await browser.get("/wall")).text
        asked = {"filter": "is:problem", "at": f"{public}/"}
        code = (await browser.get("/wall/code", params=asked)).content
    assert f'data-public="{public}/"' in page
    assert f'data-build="{build(public)}"' in page
    assert build(public) != build()
    assert code == code_for("is:problem", f"{public}/", "console.example")
    assert code != code_for("is:problem", "http://localhost/", "localhost")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/wall", "/wall/events", "/wall/code"])
async def test_nothing_of_the_wall_takes_anything(
    browser: httpx.AsyncClient, method: str, path: str
) -> None:
    assert (await browser.request(method, path, json={"do": "restart"})).status_code == 405


def test_a_patch_turns_any_picture_into_any_other() -> None:
    pictures = [picture(wall(each, NOW)) for each in _fleets()]
    for before in pictures:
        for after in pictures:
            assert merged(before, patch(before, after)) == after
    assert all(patch(each, each) == {} for each in pictures)


def _fleets() -> Iterable[Snapshot]:
    return (
        snapshot_of(),
        snapshot_of(HEALTHY),
        snapshot_of(OFFLINE),
        demo_snapshot(24),
        demo_snapshot(400),
    )
