"""The walk through all screens on which their pictures are taken: what leads to each, and back."""

from dataclasses import dataclass, replace
from datetime import timedelta

from console.fleet.changes import Change, What
from console.fleet.snapshot import Operation, Phase
from console.fleet.store import FleetStore
from console.journal.history import History, RecordedAction
from tests.console.fleets import NOW
from tests.tui.conftest import Console

HOUR = timedelta(hours=1)
BACK = ("escape",)

WALK: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("runners", ("down", "space", "down"), (*BACK, "up")),
    ("details", ("enter",), BACK),
    ("plan", ("r",), BACK),
    ("releases", ("v",), BACK),
    ("help", ("question_mark",), BACK),
    ("profiles", ("colon", *"profiles", "enter"), BACK),
    ("history", ("h",), BACK),
    ("activity", ("l",), BACK),
    ("connection", ("colon", *"connection", "enter"), BACK),
)
"""A screen, the keys that lead to it, and those that lead back to the table."""


@dataclass(frozen=True)
class Remembered:
    """A history of whichever runner is looked at."""

    told: History

    def want(self, runner_id: str) -> None:
        return None

    def history(self, runner_id: str) -> History:
        return self.told


async def prepare(console: Console, screen: str) -> None:
    """What there must be for a screen to have something to show."""
    if screen == "history":
        _remember(console)
    elif screen == "activity":
        store = console.session.store
        assert isinstance(store, FleetStore)
        for each in _operations(console):
            store.record(each)
        await console.pilot.pause()
    elif screen == "connection":
        console.cable.is_cut = True
        console.clock.move(seconds=40)
        await console.read()


def _remember(console: Console) -> None:
    assert console.app.desk
    at, name = console.id_of("legacy-eks"), "legacy-eks"
    changes = (
        Change(at, name, What.STATUS, "stopping", "running", NOW - 2 * HOUR),
        Change(at, name, What.VERSION, "10.1306.0", "10.1308.0", NOW - 2 * HOUR),
        Change(at, name, What.SUPPORT, "supported", "out_of_support", NOW - 30 * HOUR),
    )
    action = RecordedAction(
        plan_id="p",
        action_id="restart",
        label="Restart",
        runner_id=at,
        runner_name=name,
        who="ada",
        face="terminal",
        expected="It is expected to come back on 10.1308.0.",
        phase="done",
        note="",
        started=NOW - 2 * HOUR - timedelta(minutes=4),
        changed=NOW - 2 * HOUR,
    )
    told = History(changes, (action,), recorded_since=NOW - 90 * HOUR)
    lookups: object = Remembered(told)
    console.app.desk.session = replace(console.app.desk.session, lookups=lookups)  # type: ignore[arg-type]


def _operations(console: Console) -> tuple[Operation, ...]:
    begun = (
        (1, "prod-eu-fargate", Phase.DONE, 30, ""),
        (2, "sales-aca", Phase.FAILED, 20, "HTTP 409: it is stopping."),
        (3, "iot-gke", Phase.UNDER_WAY, 2, ""),
    )
    return tuple(
        Operation(
            id=number,
            action_id="restart",
            label="Restart",
            doing="restarting",
            runner_id=console.id_of(name),
            runner_name=name,
            phase=phase,
            started=NOW - timedelta(minutes=minutes),
            changed=NOW - timedelta(minutes=minutes - 2),
            note=note,
            who="ada",
        )
        for number, name, phase, minutes, note in begun
    )
