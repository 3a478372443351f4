"""Pause and resume: hold a runner's new work without losing it, and let it go again."""

from datetime import timedelta
from typing import TYPE_CHECKING

from console.actions.action import DRAIN_PATIENCE, Action, Danger, Progress
from console.fleet.snapshot import Runner, Status

if TYPE_CHECKING:
    from console.api.client import RunnerApi

_PAUSE_REFUSED = {
    Status.PENDING: "It has never connected, so there is nothing to pause.",
    Status.PAUSING: "It is already pausing.",
    Status.PAUSED: "It is already paused.",
    Status.STOPPING: "It is stopping.",
    Status.STOPPED: "It is stopped.",
    Status.UNKNOWN: "Its state is unknown. Find out whether it is alive first.",
}

_RESUME_REFUSED = {
    Status.PENDING: "It has never connected.",
    Status.RUNNING: "It is not paused.",
    Status.STOPPING: "It is stopping.",
    Status.STOPPED: "It is stopped, not paused. Start it in its cloud.",
}


def refuse_pause(runner: Runner) -> str | None:
    return _PAUSE_REFUSED.get(Status(runner.status)) if runner.status in set(Status) else None


def refuse_resume(runner: Runner) -> str | None:
    return _RESUME_REFUSED.get(Status(runner.status)) if runner.status in set(Status) else None


def pause_consequences(runner: Runner) -> tuple[str, ...]:
    return (
        "The tasks it has finish first. New tasks wait in its queue; pipelines show as running"
        " and take longer.",
        "Maia resumes it by itself after a time that the API chooses.",
    )


def resume_consequences(runner: Runner) -> tuple[str, ...]:
    if runner.connected is False:
        return (
            "It is not connected: it will show as stopped or unknown until it is started in its"
            " cloud.",
        )
    return ("It starts on the tasks that have been waiting.",)


async def call_pause(api: "RunnerApi", runner_id: str) -> None:
    from console.api.models.runners import Command

    await api.command(runner_id, Command.PAUSE)


async def call_resume(api: "RunnerApi", runner_id: str) -> None:
    from console.api.models.runners import Command

    await api.command(runner_id, Command.RESUME)


def has_paused(progress: Progress) -> bool:
    return progress.now.status == Status.PAUSED


def has_resumed(progress: Progress) -> bool:
    """No longer held: running where it is connected, stopped or unknown where it is not."""
    return progress.now.status in (Status.RUNNING, Status.STOPPED) or (
        progress.now.status == Status.UNKNOWN and progress.before.status != Status.UNKNOWN
    )


PAUSE = Action(
    id="pause",
    command="pause",
    choice="",
    key="p",
    label="Pause",
    doing="pausing",
    explains="Finish the tasks in hand and hold new ones",
    danger=Danger.DISRUPTIVE,
    patience=DRAIN_PATIENCE,
    refuse=refuse_pause,
    consequences=lambda runner, snapshot, now: pause_consequences(runner),
    call=call_pause,
    is_done=has_paused,
    disturbs=True,
)

RESUME = Action(
    id="resume",
    command="resume",
    choice="",
    key="p",
    label="Resume",
    doing="resuming",
    explains="Let a paused runner take work again",
    danger=Danger.SAFE,
    patience=timedelta(minutes=10),
    refuse=refuse_resume,
    consequences=lambda runner, snapshot, now: resume_consequences(runner),
    call=call_resume,
    is_done=has_resumed,
)
