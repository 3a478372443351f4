"""What was done to the fleet: what is under way first, then what has ended, newest first, by days
of the user's time zone."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from console.fleet.snapshot import Operation, Runner, Snapshot
from console.journal.history import History, RecordedAction
from console.view.activity_filter import ActivityFilter, activity_caption
from console.view.detail import operation_line
from console.view.history import history_view
from console.view.names import runner_label
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

EVERYTHING = ActivityFilter()


class Wanted(Protocol):
    """Which of it to look at."""

    def lets_pass(self, action: RecordedAction) -> bool: ...


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One action on one runner. `clock` is when it began, with the zone; of several accounts the
    name begins with the runner's: "eu/name"."""

    runner_id: str
    name: str
    clock: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class ActivityDay:
    """What began on one day, newest first. The title is "Today", "Yesterday" or the date."""

    title: str
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """`running` is what this console watches now. `note` says that nothing was done, that there is
    more, or why the record cannot be read; its text is "" when there is nothing to say. `caption`
    says how many pass what is wanted: "3 of 12 actions"."""

    running: tuple[ActivityLine, ...]
    days: tuple[ActivityDay, ...]
    note: Cell
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far a plan has come of which something is under way: `ended` of `total` runners."""

    title: str
    words: str
    ended: int
    total: int


def activity_view(
    snapshot: Snapshot,
    recorded: History | None,
    now: datetime,
    zone: tzinfo,
    wanted: Wanted = EVERYTHING,
    most: int | None = None,
) -> Activity:
    """`recorded` is what the journal tells, None until it has been read or where there is none.
    What this process did is told from the snapshot until the journal has it. Of what has ended at
    most `most` lines are told, the newest, of what is `wanted`."""
    under_way = [each for each in snapshot.operations if each.is_open]
    running = [each for each in under_way if wanted.lets_pass(recorded_from(each))]
    over = ended_actions(snapshot, recorded)
    ended = [each for each in over if wanted.lets_pass(each)]
    several = bool(snapshot.accounts)
    days: dict[str, list[ActivityLine]] = {}
    for action in ended[:most]:
        title, line = _line(action, now, zone, several=several)
        days.setdefault(title, []).append(line)
    return Activity(
        tuple(_running(each, now, zone, several=several) for each in reversed(running)),
        tuple(ActivityDay(title, tuple(lines)) for title, lines in days.items()),
        _note(
            recorded or History(),
            is_empty=not running and not days,
            is_filtered=wanted != EVERYTHING,
            is_cut=most is not None and len(ended) > most,
        ),
        activity_caption(len(running) + len(ended), len(under_way) + len(over)),
    )


def ended_actions(snapshot: Snapshot, recorded: History | None) -> list[RecordedAction]:
    """All that has ended, each once, newest first."""
    actions = recorded.actions if recorded is not None else ()
    watched = {_mark(each) for each in snapshot.operations if each.is_open}
    known = {_mark(each) for each in actions} | watched
    fresh = [recorded_from(each) for each in snapshot.operations if _mark(each) not in known]
    ended = [*fresh, *(each for each in actions if _mark(each) not in watched)]
    return sorted(ended, key=lambda each: each.started, reverse=True)


def plans_under_way(snapshot: Snapshot) -> tuple[PlanProgress, ...]:
    """The plans of which something is under way, the newest first."""
    plans: dict[tuple[str, str], list[Operation]] = {}
    for operation in snapshot.operations:
        plans.setdefault((operation.plan_id, operation.action_id), []).append(operation)
    return tuple(
        _progress(operations)
        for operations in reversed(plans.values())
        if any(each.is_open for each in operations)
    )


def _progress(operations: list[Operation]) -> PlanProgress:
    first, total = operations[0], len(operations)
    ended = sum(not each.is_open for each in operations)
    who = f" by {shown(first.who, 60)}" if first.who else ""
    runners = shown(first.runner_name, 60) if total == 1 else f"{total} runners"
    words = f"{ended} of {total} ended" if total > 1 else first.doing
    return PlanProgress(f"{first.label}{who}: {runners}", words, ended, total)


def _mark(action: Operation | RecordedAction) -> tuple[str, str, str]:
    return action.plan_id, action.runner_id, action.action_id


def _running(operation: Operation, now: datetime, zone: tzinfo, *, several: bool) -> ActivityLine:
    _, line = _line(recorded_from(operation), now, zone, several=several)
    return ActivityLine(line.runner_id, line.name, line.clock, operation_line(operation, now))


def _line(
    action: RecordedAction, now: datetime, zone: tzinfo, *, several: bool
) -> tuple[str, ActivityLine]:
    day = history_view(History(actions=(action,)), now, zone).days[0]
    account = action.account if several else ""
    name = runner_label(
        Runner(action.runner_id, action.runner_name or action.runner_id, account=account)
    )
    return day.title, ActivityLine(action.runner_id, name, day.lines[0].clock, day.lines[0].cell)


def recorded_from(operation: Operation) -> RecordedAction:
    return RecordedAction(
        plan_id=operation.plan_id,
        action_id=operation.action_id,
        label=operation.label,
        runner_id=operation.runner_id,
        runner_name=operation.runner_name,
        who=operation.who,
        face="",
        expected=operation.expected,
        phase=operation.phase,
        note=operation.note,
        started=operation.started,
        changed=operation.changed,
        account=operation.account,
    )


def _note(history: History, *, is_empty: bool, is_filtered: bool, is_cut: bool) -> Cell:
    if history.problem:
        return Cell(shown(history.problem, 300), Tone.WARNING, "!", "!")
    if is_empty and is_filtered:
        return Cell("Nothing that was done is like this.", Tone.MUTED)
    if is_empty:
        return Cell("Nothing has been done from a console yet.", Tone.MUTED)
    return Cell("Older actions are not listed." if history.is_cut or is_cut else "", Tone.MUTED)
