"""What a wall tells beside its problems: work under way, who leaves support next, what is paused,
the next releases."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from console.ages import duration, moment
from console.fleet.lines import line_of
from console.fleet.snapshot import Operation, Snapshot, Status
from console.rules.assessment import Assessment
from console.rules.releases import expected_releases
from console.rules.restart import RestartEffect
from console.rules.support import Support
from console.view.dates import release_date
from console.view.names import runner_label
from console.view.release_words import CURRENT, STABLE, line_title
from console.view.runners import runner_count
from console.view.text import shown
from console.view.tone import Tone
from console.view.wall_versions import Alike, Case
from console.view.wall_words import Dates, days_left

MOST = 5
"""How many lines a panel has."""


@dataclass(frozen=True, slots=True)
class PanelLine:
    """`name` is the subject, `text` what is told of it, `detail` the rest, for where there is room.
    `share` is how much of it is done, between 0 and 1; -1 where nothing is counted."""

    name: str
    text: str
    tone: Tone = Tone.NEUTRAL
    symbol: str = ""
    detail: str = ""
    share: float = -1.0


@dataclass(frozen=True, slots=True)
class Panel:
    """`more` says what is not listed, "" for nothing. Without lines it is not shown."""

    key: str
    title: str
    lines: tuple[PanelLine, ...]
    more: str = ""


def work(snapshot: Snapshot, now: datetime) -> Panel:
    """The plans under way, the newest first, with what is expected of them. Nobody is named."""
    plans: dict[tuple[str, str], list[Operation]] = {}
    for operation in snapshot.operations:
        plans.setdefault((operation.plan_id, operation.action_id), []).append(operation)
    under_way = [each for each in plans.values() if any(one.is_open for one in each)]
    lines = tuple(_plan(each, now) for each in reversed(under_way))
    return _panel("work", "Under way", lines, "plan", "plans")


def support(alike: Alike, now: datetime, dates: Dates) -> Panel:
    """Who leaves support next, by days, and how many have left it."""
    days: dict[date, list[Case]] = {}
    for judged, count in alike.items():
        leaves = judged.support.leaves
        if leaves is not None:
            days.setdefault(release_date(leaves, dates.zone), []).append((judged, count))
    today = now.astimezone(dates.zone).date()
    lines = [_leaving(day, days[day], today, dates) for day in sorted(days)[: MOST - 1]]
    out = sum(
        count for judged, count in alike.items() if judged.support.support is Support.UNSUPPORTED
    )
    if out:
        lines.append(PanelLine("Out of support", runner_count(out, out), Tone.CRITICAL, "✕"))
    return Panel("support", "Leaves support next", tuple(lines))


def paused(assessed: Iterable[Assessment], snapshot: Snapshot, now: datetime) -> Panel:
    """The longest paused first; for how long is counted from when it was first seen so."""
    since = snapshot.status_since
    found = sorted(
        (each.runner for each in assessed if each.runner.status == Status.PAUSED),
        key=lambda runner: (since.get(runner.id, now), runner.name),
    )
    lines = tuple(
        PanelLine(
            runner_label(runner),
            f"for {_minutes(now - since.get(runner.id, now))}",
            Tone.WARNING,
            "‖",
            f"until {moment(runner.paused_until, now)}" if runner.paused_until else "",
        )
        for runner in found
    )
    return _panel("paused", "Paused", lines, "paused", "paused")


def releases(alike: Alike, snapshot: Snapshot, now: datetime, dates: Dates) -> Panel:
    """What is expected next of each line that the fleet follows."""
    followed = {line_of(judged.example) for judged in alike}
    today = now.astimezone(dates.zone).date()
    lines: list[PanelLine] = []
    for line in (CURRENT, STABLE, *sorted(each for each in followed if each)):
        if line in (CURRENT, STABLE) and len(lines) >= 2:
            continue
        for release in expected_releases(snapshot.memory, line, now, 1):
            day = release_date(release.at, dates.zone)
            version = f"{shown(release.version, 24)}, expected" if release.version else ""
            text = f"{dates.day(day)}, {days_left(day, today)}"
            lines.append(PanelLine(line_title(line), text, Tone.INFO, "◇", version))
    return _panel("releases", "Next releases, as expected", tuple(lines), "line", "lines")


def _panel(
    key: str, title: str, lines: Sequence[PanelLine], one_more: str, more_of_them: str
) -> Panel:
    left = len(lines) - MOST
    more = f"and {left} more {one_more if left == 1 else more_of_them}" if left > 0 else ""
    return Panel(key, title, tuple(lines[:MOST]), more.replace("more paused", "more"))


def _plan(operations: Sequence[Operation], now: datetime) -> PanelLine:
    first, total = operations[0], len(operations)
    ended = sum(not each.is_open for each in operations)
    name = first.runner_name if total == 1 else f"{total} runners"
    waited = next(each for each in operations if each.is_open)
    age = _minutes(now - min(each.started for each in operations))
    return PanelLine(
        f"{first.label}: {shown(name, 40)}",
        f"{ended} of {total} ended" if total > 1 else age,
        Tone.INFO,
        "↻",
        shown(waited.note or waited.expected, 120),
        ended / total,
    )


def _leaving(day: date, found: Sequence[Case], today: date, dates: Dates) -> PanelLine:
    """A day with who leaves support on it, and what keeps them in it."""
    by_effect: Counter[RestartEffect] = Counter()
    for judged, count in found:
        by_effect[judged.restart.effect] += count
    total, now = by_effect.total(), by_effect[RestartEffect.MOVES]
    later = by_effect[RestartEffect.NOTHING]
    other = total - now - later
    ways = [f"restart {now} now"] if now else []
    ways += [f"{later} after the next release"] if later else []
    ways += [f"check {other} {'image' if other == 1 else 'images'}"] if other else []
    soon = (day - today).days <= 7
    return PanelLine(
        _begun(f"{days_left(day, today)}, {dates.day(day)}"),
        runner_label(found[0][0].example) if total == 1 else runner_count(total, total),
        Tone.WARNING if soon else Tone.NEUTRAL,
        "!" if soon else "",
        _begun(", ".join(ways)),
    )


def _minutes(span: timedelta) -> str:
    """By the minute, so that it is not another one at each poll."""
    return duration(span) if span >= timedelta(minutes=1) else "1 min"


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
