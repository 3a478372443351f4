"""Change the version track. It moves the goal, not the runner: its image must be changed to match.

Sources: update-an-agent (Snowflake cannot), agent-updates (the change does not update the runner).
"""

from typing import TYPE_CHECKING

from console.actions.action import SETTING_PATIENCE, Action, Danger, Progress
from console.fleet.kinds import is_snowflake, is_streaming
from console.fleet.snapshot import Runner, Track

if TYPE_CHECKING:
    from console.api.client import RunnerApi

_NOT_UPDATED = "This does not update the runner: it keeps {version} until its next restart."
_IMAGE_MUST_FOLLOW = (
    "The image tag in its cloud must be changed to :{track} as well, or it may show as out of"
    " support."
)
_NEWER_PIPELINES = "Pipelines built with features newer than Stable may not run on it."


def refuse_track(runner: Runner, track: Track) -> str | None:
    if is_snowflake(runner):
        return "Snowflake runners follow their own schedule; their track cannot be changed."
    if is_streaming(runner):
        return "The API does not document tracks of Streaming runners, so this is not offered."
    if runner.track == track:
        return f"It already follows the {track.title()} track."
    return None


def track_consequences(runner: Runner, track: Track) -> tuple[str, ...]:
    version = runner.version or "its version"
    lines = [_NOT_UPDATED.format(version=version), _IMAGE_MUST_FOLLOW.format(track=track)]
    if track is Track.STABLE:
        lines.append(_NEWER_PIPELINES)
    return tuple(lines)


def _use(track: Track) -> Action:
    async def call(api: "RunnerApi", runner_id: str) -> None:
        from console.api.models.runners import RunnerChange

        await api.update_runner(runner_id, RunnerChange(track=track))

    def is_done(progress: Progress) -> bool:
        return progress.now.track == track

    return Action(
        id=f"use-{track}",
        command="set-track",
        choice=str(track),
        key="t",
        label=f"Use the {track.title()} track",
        doing=f"changing to {track}",
        explains=f"Follow {track.title()} releases; does not update the runner itself",
        danger=Danger.DISRUPTIVE,
        patience=SETTING_PATIENCE,
        refuse=lambda runner: refuse_track(runner, track),
        consequences=lambda runner: track_consequences(runner, track),
        call=call,
        is_done=is_done,
    )


USE_CURRENT = _use(Track.CURRENT)
USE_STABLE = _use(Track.STABLE)
