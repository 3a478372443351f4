"""What a command does to a runner, at once and by steps later; pure functions without a clock.

When the steps fall due is the world's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from console.demo.runners import Runner

Command = Literal["PAUSE", "RESUME", "RESTART"]
Happening = Literal["paused", "resumed", "drained", "reconnected", "updated"]

COMMANDS: tuple[Command, ...] = ("PAUSE", "RESUME", "RESTART")
PAUSE_LENGTH = timedelta(hours=8)
PAUSING = timedelta(seconds=6)
RESUMING = timedelta(seconds=2)
DRAINING = timedelta(seconds=8)
RECONNECTING = timedelta(seconds=6)
FOLLOWING = timedelta(seconds=60)

ACCEPTED_IN: Mapping[Command, tuple[str, ...]] = {
    "PAUSE": ("running",),
    "RESUME": ("pausing", "paused"),
    "RESTART": ("running", "paused", "unknown"),
}
DELETABLE = ("stopped", "pending", "unknown")


class Refusal(Exception):
    """The API says no; the text is the reason that it gives."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens to a runner later.

    `turn` is compared with the runner's when it falls due. `is_paced` steps follow the world's
    pace; the others take as long as they say.
    """

    after: timedelta
    happening: Happening
    turn: int = 0
    is_paced: bool = True


def begin(runner: Runner, command: Command) -> tuple[Runner, tuple[Step, ...]]:
    """The runner right after a command, and the steps to come. Raises Refusal."""
    if runner.is_hosted:
        raise Refusal("Matillion hosted agents cannot be managed.")
    if runner.status not in ACCEPTED_IN[command]:
        raise Refusal(f"Command {command} is not possible while the agent is {runner.status}.")
    return BEGINNINGS[command](runner)


def following_after(runner: Runner) -> timedelta:
    """How long after a release a runner follows it: between twenty minutes and four hours, always
    the same for one runner."""
    return timedelta(minutes=20 + int(runner.id[:4], 16) % 220)


def happen(
    runner: Runner, step: Step, at: datetime, newest: str
) -> tuple[Runner, tuple[Step, ...]]:
    """The runner after a step that fell due `at`; the same runner if the step came too late."""
    if step.happening in ("paused", "resumed"):
        if step.turn != runner.pause_turn:
            return runner, ()
        return _paused(runner, at) if step.happening == "paused" else (_resumed(runner), ())
    if step.happening == "updated":
        return _updated(runner, newest), ()
    if step.turn != runner.restart_turn:
        return runner, ()
    return (_drained(runner) if step.happening == "drained" else _reconnected(runner, newest)), ()


def without_secret(runner: Runner) -> Runner:
    """A new secret cuts a runner off; whatever it was doing no longer matters."""
    lost = replace(runner, pause_turn=runner.pause_turn + 1, restart_turn=runner.restart_turn + 1)
    if runner.version is None:
        return lost
    return replace(
        lost, status="unknown", connected=False, paused_until=None, stopped_cleanly=False
    )


def _pause(runner: Runner) -> tuple[Runner, tuple[Step, ...]]:
    turn = runner.pause_turn + 1
    return replace(runner, status="pausing", pause_turn=turn), (Step(PAUSING, "paused", turn),)


def _resume(runner: Runner) -> tuple[Runner, tuple[Step, ...]]:
    turn = runner.pause_turn + 1
    return replace(runner, pause_turn=turn), (Step(RESUMING, "resumed", turn),)


def _restart(runner: Runner) -> tuple[Runner, tuple[Step, ...]]:
    turn = runner.restart_turn + 1
    reconnected = Step(DRAINING + RECONNECTING, "reconnected", turn)
    if runner.status == "unknown":
        return replace(runner, restart_turn=turn), (Step(RECONNECTING, "reconnected", turn),)
    status = "paused" if runner.status == "paused" else "stopping"
    begun = replace(runner, status=status, restart_turn=turn)
    return begun, (Step(DRAINING, "drained", turn), reconnected)


def _paused(runner: Runner, at: datetime) -> tuple[Runner, tuple[Step, ...]]:
    paused = replace(runner, status="paused", paused_until=at + PAUSE_LENGTH)
    return paused, (Step(PAUSE_LENGTH, "resumed", runner.pause_turn, is_paced=False),)


def _resumed(runner: Runner) -> Runner:
    gone = "stopped" if runner.stopped_cleanly else "unknown"
    status = "running" if runner.connected else gone
    return replace(runner, status=status, paused_until=None)


def _drained(runner: Runner) -> Runner:
    status = "paused" if runner.status == "paused" else "stopped"
    return replace(runner, status=status, connected=False, stopped_cleanly=True)


def _reconnected(runner: Runner, newest: str) -> Runner:
    return replace(
        runner,
        status="paused" if runner.status == "paused" else "running",
        connected=True,
        stopped_cleanly=False,
        version=newest if runner.floats else runner.version,
    )


def _updated(runner: Runner, newest: str) -> Runner:
    can_follow = runner.auto_updates and runner.floats and runner.connected
    if can_follow and runner.status in ("running", "pausing", "paused"):
        return replace(runner, version=newest)
    return runner


BEGINNINGS = {"PAUSE": _pause, "RESUME": _resume, "RESTART": _restart}
