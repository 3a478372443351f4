"""Restart: every instance finishes its tasks and is replaced. With a floating tag, an update."""

from datetime import datetime
from typing import TYPE_CHECKING

from console.actions.action import DRAIN_PATIENCE, Action, Danger, Progress
from console.ages import day
from console.fleet.memory import NOTHING_LEARNT
from console.fleet.snapshot import Runner, Snapshot, Status
from console.rules.restart import RestartEffect, RestartForecast, restart_forecast

if TYPE_CHECKING:
    from console.api.client import RunnerApi

_FINISHES_FIRST = (
    "It finishes the tasks it has, which can take hours, then each instance is replaced."
)
_STAYS_PAUSED = "It stays paused afterwards, until it is resumed."

_REFUSED = {
    Status.PENDING: "It has never connected, so there is nothing to restart.",
    Status.PAUSING: "It is pausing. Wait until it is paused, or resume it.",
    Status.STOPPING: "It is already stopping.",
    Status.STOPPED: "It is stopped. Start it in its cloud; a restart has no effect on it.",
}

_UNKNOWN_EFFECT = {
    "no_version": "Whether its version changes cannot be known: it has not reported one.",
    "no_latest": "Whether its version changes cannot be known: the latest of its track is not"
    " known.",
    "not_comparable": "Whether its version changes cannot be known: {before} and {after}"
    " cannot be compared.",
    "ahead": "It runs {before}, ahead of {after}, the latest of its track;"
    " a restart may take it back.",
    "vendor_managed": "Its version does not change: Snowflake upgrades the app once a month.",
    "hosted": "The vendor decides on its version.",
    "pinned": "Its version probably stays {before}: it came back from a restart on {seen} without"
    " taking {after}, so its image is probably pinned.",
    "track_changed": "Whether its version changes cannot be known: its track changed on {seen}, and"
    " its image tag may still be the old one.",
}


def version_sentence(forecast: RestartForecast) -> str:
    """What a restart is expected to do to the version, in one sentence."""
    if forecast.effect is RestartEffect.MOVES:
        return (
            f"It is expected to come back on {forecast.after} instead of {forecast.before},"
            " unless its image is pinned."
        )
    if forecast.effect is RestartEffect.NOTHING:
        return f"Its version stays {forecast.before}, the latest of its track."
    return _UNKNOWN_EFFECT[forecast.reason].format(
        before=forecast.before,
        after=forecast.after,
        seen=day(forecast.seen) if forecast.seen else "",
    )


def refuse_restart(runner: Runner) -> str | None:
    return _REFUSED.get(Status(runner.status)) if runner.status in set(Status) else None


def restart_consequences(runner: Runner, snapshot: Snapshot, now: datetime) -> tuple[str, ...]:
    lesson = snapshot.memory.lessons.get(runner.id, NOTHING_LEARNT)
    lines = [version_sentence(restart_forecast(runner, lesson)), _FINISHES_FIRST]
    if runner.status == Status.PAUSED:
        lines.append(_STAYS_PAUSED)
    if runner.status == Status.UNKNOWN:
        lines.append("Its state is unknown, so the command may not reach it.")
    return tuple(lines)


async def call_restart(api: "RunnerApi", runner_id: str) -> None:
    from console.api.models.runners import Command

    await api.command(runner_id, Command.RESTART)


def has_restarted(progress: Progress) -> bool:
    """It was away and is back, or reports another version. A paused runner comes back paused."""
    back = progress.now.connected is not False and progress.now.status in (
        Status.RUNNING,
        Status.PAUSED,
    )
    return back and (progress.left or progress.now.version != progress.before.version)


RESTART = Action(
    id="restart",
    command="restart",
    choice="",
    key="r",
    label="Restart",
    doing="restarting",
    explains="Finish the tasks in hand and replace every instance",
    danger=Danger.DISRUPTIVE,
    patience=DRAIN_PATIENCE,
    refuse=refuse_restart,
    consequences=restart_consequences,
    call=call_restart,
    is_done=has_restarted,
    disturbs=True,
)
