"""One runner in full: facts in groups, findings with remedies, and what can be done to it now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from console.actions.action import Action, Danger
from console.actions.catalogue import ACTIONS
from console.actions.plan import plan
from console.actions.restart import version_sentence
from console.ages import day, duration, moment
from console.fleet.kinds import is_hosted
from console.fleet.snapshot import Operation, Phase, Runner, Snapshot, Status
from console.journal.history import History
from console.rules.assessment import Assessment, assess
from console.rules.findings import Finding
from console.view.history import HistoryView, history_view
from console.view.section import Fact, Section
from console.view.table import Cell
from console.view.text import shown
from console.view.timeline import Timeline, timeline
from console.view.tone import Tone
from console.view.usage import used_by_section
from console.view.version_words import (
    ARMED,
    cause_words,
    currency_sentence,
    forecast_sentence,
    latest_cell,
    support_cell,
    version_cell,
)
from console.view.words import (
    DASH,
    NOTHING,
    SEVERITY_SYMBOL,
    SEVERITY_TONE,
    STATUS_EXPLAINED,
    finding_words,
    kind,
    platform,
    status_cell,
    track_cell,
)

A_MINUTE = timedelta(minutes=1)
"""Below it no duration is told of a state, as it would change with each look."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding for a reader: its mark, what is so, and what to do about it."""

    tone: Tone
    symbol: str
    ascii_symbol: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action for this runner now. `refusal` is "" when it can be done."""

    action_id: str
    key: str
    label: str
    explains: str
    danger: Danger
    refusal: str


@dataclass(frozen=True, slots=True)
class Detail:
    """`operations` tells of actions on it since this process started, newest first. `timeline` and
    `history` are None until what was recorded of it has been read."""

    runner_id: str
    title: str
    description: str
    badges: tuple[Cell, ...]
    sections: tuple[Section, ...]
    findings: tuple[FindingLine, ...]
    actions: tuple[ActionLine, ...]
    operations: tuple[Cell, ...]
    timeline: Timeline | None = None
    history: HistoryView | None = None


def runner_detail(
    snapshot: Snapshot,
    runner_id: str,
    now: datetime,
    *,
    read_only: bool = False,
    history: History | None = None,
    zone: tzinfo = UTC,
    may: Callable[[Action], bool] = lambda action: True,
) -> Detail | None:
    """None when there is no such runner any more. A read-only viewer gets no actions at all, any
    other those that they `may` do. `history` is what was recorded of the runner, where that has
    been read."""
    runner = snapshot.by_id.get(runner_id)
    if runner is None:
        return None
    assessed = assess(runner, snapshot, now)
    return Detail(
        runner_id=runner.id,
        title=shown(runner.name),
        description=shown(runner.description, 500),
        badges=(status_cell(runner), track_cell(runner), support_cell(assessed)),
        sections=(
            _state(runner, snapshot, now),
            _versions(assessed, now),
            used_by_section(runner, snapshot.usage, now),
            _settings(runner),
        ),
        findings=tuple(_finding_line(finding, now) for finding in assessed.findings),
        actions=() if read_only else action_lines((runner.id,), snapshot, now, may=may),
        operations=operation_lines(snapshot, runner.id, now),
        timeline=timeline(runner, history, snapshot.memory, now, zone) if history else None,
        history=history_view(history, now, zone) if history else None,
    )


def action_lines(
    runner_ids: tuple[str, ...],
    snapshot: Snapshot,
    now: datetime,
    *,
    may: Callable[[Action], bool] = lambda action: True,
) -> tuple[ActionLine, ...]:
    """Every action for these runners that whoever looks `may` do, in the catalogue's order. One
    that is refused for all of them carries the first one's reason; a choice that they already have
    is left out."""
    lines = []
    for action in filter(may, ACTIONS):
        made = plan(action, runner_ids, snapshot, now)
        refusal = "" if made.allowed or not made.steps else (made.steps[0].refusal or "")
        if refusal and _has_open_choice(action, runner_ids, snapshot, now):
            continue
        lines.append(
            ActionLine(action.id, action.key, action.label, action.explains, action.danger, refusal)
        )
    return tuple(lines)


def operation_line(operation: Operation, now: datetime) -> Cell:
    """What became of an action: "Restart: done after 2 min"."""
    took = duration(operation.changed - operation.started)
    text, tone, symbol = {
        Phase.ASKED: (f"asked {duration(now - operation.started)} ago", Tone.INFO, "↻"),
        Phase.UNDER_WAY: (f"under way for {duration(now - operation.started)}", Tone.INFO, "↻"),
        Phase.DONE: (f"done after {took}, at {moment(operation.changed, now)}", Tone.GOOD, "✓"),
        Phase.FAILED: (f"failed at {moment(operation.changed, now)}", Tone.CRITICAL, "✕"),
        Phase.NOT_SEEN: (f"not seen to finish within {took}", Tone.WARNING, "!"),
    }[operation.phase]
    note = f". {shown(operation.note, 300)}" if operation.note else ""
    return Cell(f"{operation.label}: {text}{note}", tone, symbol, _ASCII[symbol])


def operation_lines(snapshot: Snapshot, runner_id: str, now: datetime) -> tuple[Cell, ...]:
    mine = [each for each in snapshot.operations if each.runner_id == runner_id]
    return tuple(operation_line(each, now) for each in reversed(mine[-5:]))


_ASCII = {"↻": "~", "✓": "+", "✕": "x", "!": "!"}


def _has_open_choice(
    action: Action, runner_ids: Iterable[str], snapshot: Snapshot, now: datetime
) -> bool:
    """Whether another action under the same key can be done, so that this one need not show."""
    return any(
        plan(other, runner_ids, snapshot, now).allowed
        for other in ACTIONS
        if other.key == action.key and other is not action
    )


def _state(runner: Runner, snapshot: Snapshot, now: datetime) -> Section:
    facts = [Fact("Account", account_cell(runner, snapshot, now))] if runner.account else []
    facts.append(Fact("Status", status_cell(runner)))
    if runner.status in STATUS_EXPLAINED:
        facts.append(Fact("Meaning", Cell(STATUS_EXPLAINED[Status(runner.status)], Tone.MUTED)))
    since = snapshot.status_since.get(runner.id)
    if since is not None:
        span = now - since
        at_least = f"at least {duration(span)}" if span >= A_MINUTE else "at least a moment"
        seen = f"{at_least}, as seen from here"
        facts.append(Fact("For", Cell(seen, Tone.MUTED)))
    facts.append(Fact("Connected", _yes_or_no(runner.connected)))
    if runner.paused_until is not None:
        facts.append(Fact("Resumes by itself", Cell(moment(runner.paused_until, now))))
    return Section("State", tuple(facts))


def account_cell(runner: Runner, snapshot: Snapshot, now: datetime) -> Cell:
    """The account, one of several; while it cannot be read, how old all that is told here is."""
    name, account = shown(runner.account, 24), snapshot.by_account.get(runner.account)
    if account is None or account.problem is None or account.taken is None:
        return Cell(name)
    age = duration(now - account.taken)
    return Cell(f"{name}, which cannot be read now: as last read {age} ago", Tone.WARNING, "!", "!")


def _versions(assessed: Assessment, now: datetime) -> Section:
    runner, judged = assessed.runner, assessed.judged
    facts = [
        Fact("Version", version_cell(runner)),
        Fact("Latest of its track", _latest(assessed)),
        Fact("Currency", Cell(currency_sentence(assessed))),
        Fact("Track", track_cell(runner)),
        Fact("Support", support_cell(assessed)),
        Fact("Forecast", Cell(forecast_sentence(assessed))),
    ]
    if runner.latest_released is not None:
        ago = duration(now - runner.latest_released)
        facts.append(
            Fact("Latest released", Cell(f"{day(runner.latest_released)}, {ago} ago", Tone.MUTED))
        )
    if not is_hosted(runner):
        facts.append(Fact("A restart", Cell(shown(version_sentence(judged.restart)))))
    if judged.is_armed:
        facts.append(Fact("Armed", Cell(ARMED, Tone.INFO, "↻", "~")))
    why = cause_words(assessed)
    if why is not None:
        facts.append(Fact("Not updated because", Cell(f"{why.sentence} {why.remedy}")))
    return Section("Version", tuple(facts))


def _latest(assessed: Assessment) -> Cell:
    latest = assessed.runner.latest_version
    return Cell(shown(latest, 40)) if latest else latest_cell(assessed)


def _settings(runner: Runner) -> Section:
    return Section(
        "Settings",
        (
            Fact("Platform", Cell(platform(runner))),
            Fact("Type", Cell(kind(runner))),
            Fact("Auto-update", _auto_update(runner)),
            Fact("Restricted", _yes_or_no(runner.restricted)),
            Fact("Id", Cell(shown(runner.id), Tone.MUTED)),
        ),
    )


def _auto_update(runner: Runner) -> Cell:
    if is_hosted(runner):
        return Cell("The vendor updates it", Tone.MUTED)
    if runner.auto_updates is None:
        return Cell(DASH, Tone.MUTED)
    return Cell("On" if runner.auto_updates else "Off")


def _yes_or_no(value: bool | None) -> Cell:
    return NOTHING if value is None else Cell("Yes" if value else "No")


def _finding_line(finding: Finding, now: datetime) -> FindingLine:
    words = finding_words(finding, now)
    symbol, ascii_symbol = SEVERITY_SYMBOL[finding.severity]
    return FindingLine(
        SEVERITY_TONE[finding.severity], symbol, ascii_symbol, words.sentence, words.remedy
    )
