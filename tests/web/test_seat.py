"""What may be done from a page, on a real database of users and a real executor: asked anew each
time, refused in one sentence, and told to the audit."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from console.access.access import Access
from console.access.audit import AuditEntry, AuditQuery, Outcome, What
from console.access.opening import open_access
from console.access.person import Person
from console.access.roles import RIGHTS, Right, Role, right_for
from console.actions.catalogue import ACTIONS, action_by_id
from console.actions.plan import GONE, READ_ONLY
from console.journal.databases import Database
from console.session import Session
from console.view.offers import ENDED, NOTHING
from tests.console.stage import Clock, Stage, staged
from web.seat import Seat

PASSWORD = "a horse that no one knows"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LOCAL = Person("root", Role.ADMIN, "127.0.0.1")

TARGETS = {
    "update": "sales-aca",
    "restart": "marketing-fargate",
    "pause": "prod-eu-fargate",
    "resume": "prod-us-fargate",
    "use-current": "risk-eks",
    "use-stable": "prod-ap-fargate",
    "auto-update-on": "risk-eks",
    "auto-update-off": "iot-gke",
}
"""A runner that takes each action."""


@dataclass(frozen=True)
class Room:
    """A console with a user of each role, named by it."""

    stage: Stage
    session: Session
    access: Access

    async def seat(self, role: Role) -> Seat:
        signed_in = await self.access.sign_in(str(role), PASSWORD, address="10.0.0.1")
        return Seat(self.session, signed_in.person, self.access)

    def target(self, action_id: str) -> str:
        return self.stage.world.named(TARGETS[action_id]).id

    async def told(self, what: What) -> list[AuditEntry]:
        return list((await self.access.audit(AuditQuery(what=what))).entries)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    clock = Clock()
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(staged(clock))
        access = await stack.enter_async_context(
            open_access(Database(tmp_path / "users.sqlite3"), clock=clock, hasher=QUICK)
        )
        for role in (Role.ADMIN, *(each for each in Role if each is not Role.ADMIN)):
            await access.add_user(str(role), role, PASSWORD, by=LOCAL)
        yield Room(stage, Session("demo", stage.store, stage.executor), access)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action_id", TARGETS)
async def test_each_role_may_begin_what_it_is_offered_and_nothing_else(
    room: Room, role: Role, action_id: str
) -> None:
    """Also with a plan that somebody else could make."""
    action = action_by_id(action_id)
    seat, admin = await room.seat(role), await room.seat(Role.ADMIN)
    made = seat.plan(action, [room.target(action_id)])
    may = right_for(action) in RIGHTS[role]
    assert seat.offers(action) is may
    assert bool(made.allowed) is may
    refusal = seat.start(admin.plan(action, [room.target(action_id)]))
    if may:
        assert refusal == ""
        begun = await room.stage.until(lambda snapshot: snapshot.operations)
        assert begun.operations[0].who == str(role)
        entry = (await room.told(What.ACTION))[0]
        assert (entry.who, entry.role, entry.address) == (str(role), str(role), "10.0.0.1")
        assert (entry.target, entry.plan) == (TARGETS[action_id], begun.operations[0].plan_id)
        assert entry.outcome == Outcome.AGREED
    else:
        assert refusal.startswith(f"Your role, {role}, does not allow it")
        assert made.refused[0].refusal == refusal
        assert room.stage.store.snapshot.operations == ()
        assert room.stage.wire.commands == 0
        assert {each.who for each in await room.told(What.ACTION_REFUSED)} == {str(role)}


def test_the_actions_of_the_catalogue_are_all_tried() -> None:
    assert set(TARGETS) == {action.id for action in ACTIONS}


async def test_once_a_session_has_ended_its_page_begins_nothing(room: Room) -> None:
    seat = await room.seat(Role.OPERATOR)
    restart, ids = action_by_id("restart"), [room.target("restart")]
    agreed = seat.plan(restart, ids)
    assert agreed.allowed
    await room.access.end_sessions_of("operator", by=LOCAL)
    assert seat.start(agreed) == ENDED
    assert not seat.plan(restart, ids).allowed
    assert not seat.offers_any
    assert not seat.may(Right.LOOK)
    assert not seat.is_taken()
    assert room.stage.store.snapshot.operations == ()
    assert {each.who for each in await room.told(What.ACTION_REFUSED)} == {"operator"}
    assert (await room.told(What.REQUEST_REFUSED))[0].detail == ENDED


async def test_a_role_that_was_taken_away_meanwhile_begins_nothing(room: Room) -> None:
    seat = await room.seat(Role.OPERATOR)
    agreed = seat.plan(action_by_id("restart"), [room.target("restart")])
    await room.access.set_role("operator", Role.VIEWER, by=LOCAL)
    assert seat.start(agreed) != ""
    assert room.stage.store.snapshot.operations == ()


async def test_how_a_plan_came_out_is_told_when_it_has_ended_whoever_has_left_by_then(
    room: Room,
) -> None:
    """Once, in the name of whoever agreed, and only when its last runner has ended."""
    stage, seat = room.stage, await room.seat(Role.OPERATOR)
    ids = [stage.world.named(name).id for name in ("marketing-fargate", "hr-aca")]
    stage.wire.fate = lambda request: "refuse" if f"{ids[1]}/commands" in str(request.url) else ""
    listeners = len(stage.store._listeners)
    assert seat.start(seat.plan(action_by_id("restart"), ids)) == ""
    await stage.until(lambda snapshot: len(snapshot.open_operations) == 1)
    await room.access.end_sessions_of("operator", by=LOCAL)
    assert await room.told(What.ACTION_ENDED) == []
    await stage.executor.finished()
    (agreed,), (ended,) = await room.told(What.ACTION), await room.told(What.ACTION_ENDED)
    assert (ended.outcome, ended.detail) == (Outcome.FAILED, "Restart: 1 done, 1 failed")
    assert replace(ended, at=agreed.at, what=agreed.what, detail="Restart", outcome="") == replace(
        agreed, outcome=""
    )
    assert len(stage.store._listeners) == listeners


async def test_forged_ids_are_refused_and_begin_nothing(room: Room) -> None:
    seat = await room.seat(Role.ADMIN)
    forged = seat.plan(action_by_id("restart"), ["no-such-runner", "<script>", ""])
    assert {step.refusal for step in forged.steps} == {GONE}
    assert seat.start(forged) == NOTHING
    assert room.stage.store.snapshot.operations == ()
    assert seat.fitting_action("no such key", ["1"]) == ""


async def test_nothing_is_offered_in_a_read_only_session(room: Room) -> None:
    signed_in = await room.access.sign_in("admin", PASSWORD, address="10.0.0.1")
    looking = Seat(replace(room.session, executor=None), signed_in.person, room.access)
    agreed = (await room.seat(Role.ADMIN)).plan(action_by_id("pause"), [room.target("pause")])
    assert looking.start(agreed) == READ_ONLY
    assert not looking.offers_any
    assert looking.action_lines((room.target("pause"),)) == ()


async def test_who_did_not_sign_in_sits_only_where_nobody_does(room: Room) -> None:
    """The first user ends it for pages that were open before there was one."""
    assert Seat(room.session, LOCAL).is_taken()
    assert not Seat(room.session, LOCAL, room.access).is_taken()


async def test_a_page_says_what_a_role_lacks_and_who_has_it(room: Room) -> None:
    notes = {role: (await room.seat(role)).offer_note for role in Role}
    assert notes[Role.VIEWER].endswith("takes helpdesk.")
    assert notes[Role.HELPDESK].endswith("takes operator.")
    assert notes[Role.OPERATOR] == notes[Role.ADMIN] == ""
