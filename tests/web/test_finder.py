"""The palette of the pages beside the runners: it leads, and does nothing to any runner."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from console.access.roles import Role
from tests.web.rooms import LOCAL, PASSWORD, Rooms, rooms
from web.access.cookies import PLAIN
from web.wire import Json

PATHS = ("/releases", "/activity", "/audit", "/settings")


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Rooms]:
    async with rooms(tmp_path, monkeypatch) as opened:
        yield opened


async def palette_of(house: Rooms, path: str) -> Any:
    from nicegui import Client

    from web.components.palette import Palette

    before = set(Client.instances)
    await house.client.get(path)
    (made,) = set(Client.instances) - before
    elements = Client.instances[made].elements.values()
    return next(each for each in elements if isinstance(each, Palette))


def entries(palette: Any, told: Json) -> dict[str, tuple[str, str]]:
    """What is found: kind and id by title."""
    for number, listener in palette._event_listeners.items():
        if listener.type == "find":
            palette._handle_event({"listener_id": number, "args": told})
    return {each["title"]: (each["kind"], each["id"]) for each in palette._value["entries"]}


@pytest.mark.parametrize("path", PATHS)
async def test_it_leads_to_all_other_pages_to_runners_and_to_filters(
    house: Rooms, path: str
) -> None:
    palette = await palette_of(house, path)
    found = entries(palette, {"text": ""})
    assert found["Runners"] == ("page", ".")
    assert path.removeprefix("/") not in {where for _, where in found.values()}
    assert found["Out of support"] == ("page", ".?filter=support%3Aunsupported")
    assert {kind for kind, _ in found.values()} == {"page", "command"}
    runner = next(each for each in house.session.store.snapshot.runners if each.name == "sales-aca")
    assert entries(palette, {"text": "sales-aca"})["sales-aca"] == ("page", f".?runner={runner.id}")


@pytest.mark.parametrize("told", [None, 7, [], {"text": [1]}, {"text": "x" * 50_000}])
async def test_whatever_it_is_told_it_stands(house: Rooms, told: Json) -> None:
    entries(await palette_of(house, "/releases"), told)


async def test_somebody_who_may_not_see_the_audit_is_not_led_there(house: Rooms) -> None:
    await house.access.add_user("ada", Role.ADMIN, PASSWORD, by=LOCAL)
    await house.access.add_user("vi", Role.VIEWER, PASSWORD, by=LOCAL)
    begun = await house.access.sign_in("vi", PASSWORD, address="10.0.0.9")
    house.client.cookies.set(PLAIN, begun.secret)
    palette = await palette_of(house, "/releases")
    before = entries(palette, {"text": ""})
    assert "Activity" in before
    assert "Audit" not in before
    await house.access.sign_out(begun.person.session)
    assert entries(palette, {"text": "sales-aca"}) == before
