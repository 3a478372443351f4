"""The runners page in this process: what an address selects, and what events of any shape do."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from console.access.access import Access
from console.access.audit import AuditQuery, What
from console.access.roles import Role
from console.api.http import httpx
from console.session import Session
from tests.web.rooms import LOCAL, NOW, PASSWORD, rooms
from web.access.cookies import PLAIN

ODD: tuple[Any, ...] = (None, 7, {}, [], [[]], {"text": [1]}, "x" * 50_000, [None, 1.5], True)


@dataclass
class Tab:
    """The elements of one page, by the name of their class."""

    elements: dict[str, Any]

    def emit(self, element: str, event: str, told: Any) -> None:
        """As a socket would."""
        target = self.elements[element]
        for number, listener in target._event_listeners.items():
            if listener.type == event:
                target._handle_event({"listener_id": number, "args": told})

    def value(self, element: str) -> Any:
        return self.elements[element]._value

    def prop(self, element: str, name: str) -> Any:
        return self.elements[element].first[name]


@dataclass
class House:
    session: Session
    access: Access
    client: httpx.AsyncClient
    seconds: int = 0

    async def page(self, role: Role, path: str = "/") -> Tab:
        from nicegui import Client

        signed_in = await self.access.sign_in(str(role), PASSWORD, address="10.0.0.9")
        self.client.cookies.set(PLAIN, signed_in.secret)
        before = set(Client.instances)
        answer = await self.client.get(path)
        assert answer.status_code == 200, answer.text
        (made,) = set(Client.instances) - before
        elements = Client.instances[made].elements.values()
        return Tab({type(element).__name__: element for element in elements})

    def ids(self, *names: str) -> list[str]:
        runners = self.session.store.snapshot.runners
        return [each.id for name in names for each in runners if each.name == name]


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[House]:
    later: list[House] = []

    def clock() -> datetime:
        return NOW + timedelta(seconds=sum(house.seconds for house in later))

    async with rooms(tmp_path, monkeypatch, clock) as opened:
        for role in (Role.ADMIN, Role.OPERATOR, Role.VIEWER):
            await opened.access.add_user(str(role), role, PASSWORD, by=LOCAL)
        later.append(House(opened.session, opened.access, opened.client))
        yield later[0]


async def test_an_address_brings_back_filter_order_columns_and_what_is_selected(
    house: House,
) -> None:
    chosen = house.ids("hr-aca", "legacy-eks")
    said = ",".join([*chosen, "no-such-runner"])
    tab = await house.page(Role.OPERATOR, f"/?sort=name&columns=status,nonsense&selected={said}")
    assert list(tab.prop("RunnerTable", "selection")) == chosen
    assert list(tab.prop("RunnerTable", "chosen")) == ["name", "status"]
    assert tab.prop("RunnerTable", "sort") == "name"
    assert tab.value("ActionBar")["count"] == 2


async def test_an_address_that_names_what_is_not_there_is_told_so(house: House) -> None:
    tab = await house.page(Role.OPERATOR, "/?runner=none&columns=a,b")
    assert tab.prop("ActionBar", "note") == (
        "“a”, “b” are not columns. No runner has the id “none”."
    )
    assert tab.value("DetailDrawer") is None


async def test_all_that_match_can_be_selected_by_an_address(house: House) -> None:
    tab = await house.page(Role.OPERATOR, "/?filter=support:unsupported&selected=all")
    assert tab.value("ActionBar")["count"] == 2


async def test_a_viewer_is_offered_nothing_and_told_what_it_takes(house: House) -> None:
    (runner,) = house.ids("hr-aca")
    tab = await house.page(Role.VIEWER, f"/?selected=all&runner={runner}")
    assert tab.prop("RunnerTable", "selectable") is False
    assert tab.value("ActionBar")["count"] == 0
    assert tab.value("DetailDrawer")["actions"] == ()
    assert "takes helpdesk" in tab.value("DetailDrawer")["note"]
    tab.emit("Palette", "find", {"text": "restart", "views": []})
    assert "action" not in {entry["kind"] for entry in tab.value("Palette")["entries"]}


async def test_what_a_viewer_forges_does_nothing_but_tell_the_audit(house: House) -> None:
    (runner,) = house.ids("hr-aca")
    tab = await house.page(Role.VIEWER, f"/?runner={runner}")
    tab.emit("RunnerTable", "select", [runner])
    tab.emit("DetailDrawer", "act", "restart")
    assert tab.value("PlanDialog")["allowed"] == []
    tab.emit("PlanDialog", "agree", "")
    tab.emit("Palette", "choose", ["action", "restart"])
    tab.emit("RunnerTable", "act", ["r", runner])
    assert house.session.store.snapshot.operations == ()
    told = await house.access.audit(AuditQuery(what=What.ACTION_REFUSED))
    assert {(each.who, each.target) for each in told.entries} == {("viewer", "hr-aca")}


async def test_an_operator_s_plan_is_asked_for_agreed_to_and_begun_in_their_name(
    house: House,
) -> None:
    tab = await house.page(Role.OPERATOR)
    tab.emit("RunnerTable", "select", house.ids("hr-aca", "saas-shared"))
    tab.emit("ActionBar", "act", "restart")
    plan = tab.value("PlanDialog")
    assert [group["title"] for group in plan["allowed"]] == ["hr-aca"]
    assert [group["title"] for group in plan["refused"]] == ["saas-shared"]
    tab.emit("PlanDialog", "agree", "something typed")
    assert house.session.store.snapshot.operations == ()
    tab.emit("PlanDialog", "agree", "")
    assert tab.value("PlanDialog") is None
    assert tab.value("ActionBar")["count"] == 1
    told = await house.access.audit(AuditQuery(what=What.ACTION))
    assert [(each.who, each.target) for each in told.entries] == [("operator", "hr-aca")]


async def test_a_key_means_the_open_runner_wherever_the_cursor_is(house: House) -> None:
    opened, under_the_cursor = house.ids("sales-aca", "legacy-eks")
    tab = await house.page(Role.OPERATOR, f"/?runner={opened}")
    tab.emit("RunnerTable", "act", ["r", under_the_cursor])
    assert "sales-aca" in str(tab.value("PlanDialog"))
    assert "legacy-eks" not in str(tab.value("PlanDialog"))


async def test_events_of_an_ended_session_change_nothing(house: House) -> None:
    tab = await house.page(Role.OPERATOR)
    await house.access.end_sessions_of("operator", by=LOCAL)
    tab.emit("RunnerTable", "select", house.ids("hr-aca"))
    assert tab.value("ActionBar")["count"] == 0


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
async def test_an_event_of_any_shape_is_taken_and_begins_nothing(house: House, odd: Any) -> None:
    tab = await house.page(Role.ADMIN)
    for name, element in tab.elements.items():
        for listener in list(element._event_listeners.values()):
            tab.emit(name, listener.type, odd)
    assert house.session.store.snapshot.operations == ()


async def test_a_saved_view_brings_its_filter_order_and_columns(house: House) -> None:
    tab = await house.page(Role.ADMIN)
    tab.emit("ViewTools", "view", "?filter=track:stable&sort=name&columns=status&selected=all")
    assert tab.value("FilterBox")["text"] == "track:stable"
    assert tab.value("ViewTools")["chosen"] == ["name", "status"]
    assert tab.value("ActionBar")["count"] == 0


async def test_what_all_tabs_are_told_of_a_poll_is_made_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.page(Role.OPERATOR)
    for _ in range(9):
        assert (await house.client.get("/")).status_code == 200
    made: Counter[str] = Counter()
    for module, name in (
        ("web.bulletin", "overview"),
        ("web.bulletin", "verdict_json"),
        ("web.bulletin", "plans_under_way"),
        ("web.feeds", "presets"),
        ("web.feeds", "counts_json"),
        ("web.feeds", "delta_json"),
    ):
        source = import_module(module)
        makes = getattr(source, name)

        def counted(*said: Any, makes: Any = makes, name: str = name) -> Any:
            made[name] += 1
            return makes(*said)

        monkeypatch.setattr(source, name, counted)
    house.seconds += 86_400
    await house.session.store.refresh()
    assert made == dict.fromkeys(made, 1)
    assert len(made) == 6


async def test_a_beat_to_all_says_what_nicegui_itself_would_say_to_one(house: House) -> None:
    """The shared message goes past NiceGUI, in words that its script has to know."""
    tab = await house.page(Role.VIEWER)
    bar = tab.elements["ActionBar"]
    bar.beat(1.0, 14.0)
    await asyncio.sleep(0)
    _, kind, told = bar.client.outbox.messages[-1]
    assert kind == "run_javascript"
    assert told["code"].replace(" ", "") == f'returnrunMethod({bar.id},"beat",[1.0,14.0])'


async def test_what_a_page_is_told_at_once_is_one_message_and_questions_stay_apart(
    house: House,
) -> None:
    tab = await house.page(Role.VIEWER)
    bar, top = tab.elements["ActionBar"], tab.elements["PageTop"]
    outbox = bar.client.outbox
    outbox.messages.clear()
    bar.beat(1.0, 14.0)
    top.run_method("show", {"tone": "good"})
    bar.beat(2.0, 13.0)
    await asyncio.sleep(0)
    ((_, _, told),) = outbox.messages
    assert told["code"].split(";") == [
        f'runMethod({bar.id}, "beat", [1.0,14.0])',
        f'runMethod({top.id}, "show", [{{"tone":"good"}}])',
        f'runMethod({bar.id}, "beat", [2.0,13.0])',
    ]
    for more in ({"code": "return runMethod(1, 2, 3)", "request_id": "r"}, {"code": "go()"}):
        outbox.enqueue_message("run_javascript", more, bar.client.id)
    assert [told for _, _, told in outbox.messages][1:] == [
        {"code": "return runMethod(1, 2, 3)", "request_id": "r"},
        {"code": "go()"},
    ]


async def test_one_tab_that_breaks_stops_neither_the_others_nor_the_reading(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []
    broken = await house.page(Role.OPERATOR)

    def break_down(verdict: object) -> None:
        raise RuntimeError("a tab broke")

    broken.elements["PageTop"].show = break_down
    ends = house.session.store.subscribe(lambda snapshot: told.append(1))
    house.seconds += 60
    await house.session.store.refresh()
    ends()
    assert told
    assert "a tab broke" in caplog.text
