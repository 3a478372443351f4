"""Change the version track. It moves the goal, not the runner: its image must be changed to match.

Sources: update-an-agent (Snowflake cannot), agent-updates (the change does not update the runner).
"""

from datetime import datetime
from typing import TYPE_CHECKING

from console.actions.action import SETTING_PATIENCE, Action, Danger, Progress
from console.ages import day
from console.fleet.kinds import is_snowflake, is_streaming
from console.fleet.snapshot import Runner, Snapshot, Track
from console.rules.tracks import TrackAdvice, track_advice

if TYPE_CHECKING:
    from console.api.client import RunnerApi

_NOT_UPDATED = "This does not update the runner: it keeps {version} until its image is changed."
_IMAGE = "Change its image in its cloud to {image}, then restart it."
_TAG = "Change the image tag in its cloud to :{track}, then restart it."
_WATCHED = (
    "Until it reports a version that {track} supports it is flagged here, and it may show as out of"
    " support."
)
_BACK = "The newest {track} version is {newest}, which is older than what it runs."
_FORWARD = "The newest {track} version is {newest}, which is newer than what it runs."
_SAME = "The newest {track} version is {newest}."
_NOT_SEEN = "The newest {track} version is not known: no runner here follows {track}."
_ONE_BETWEEN = "1 release lies between, {first}: pipelines built on it may not run."
_BETWEEN = "{count} releases lie between, {first} to {last}: pipelines built on them may not run."
_NEWER_PIPELINES = "Pipelines built with features newer than Stable may not run on it."
_TRADE = {
    Track.STABLE: "Stable brings a release a month, each after a month on Current, and supports it"
    " for about two months; features and fixes come later.",
    Track.CURRENT: "Current brings about two releases a week, features and fixes first, and"
    " supports each for about a week; it must be updated as often.",
}


def refuse_track(runner: Runner, track: Track) -> str | None:
    if is_snowflake(runner):
        return "Snowflake runners follow their own schedule; their track cannot be changed."
    if is_streaming(runner):
        return "The API does not document tracks of Streaming runners, so this is not offered."
    if runner.track == track:
        return f"It already follows the {track.title()} track."
    return None


def track_consequences(
    runner: Runner, track: Track, snapshot: Snapshot, now: datetime
) -> tuple[str, ...]:
    advice = track_advice(runner, track, snapshot.memory, now)
    version = runner.version or "its version"
    image = _IMAGE.format(image=advice.image) if advice.image else _TAG.format(track=track)
    lines = [_NOT_UPDATED.format(version=version), image, *_what_it_gets(advice), _TRADE[track]]
    lines += [_coming(each, advice) for each in (track, *(t for t in Track if t is not track))]
    lines.append(_WATCHED.format(track=track.title()))
    return tuple(line for line in lines if line)


def _what_it_gets(advice: TrackAdvice) -> tuple[str, ...]:
    words = {"track": advice.track.title(), "newest": advice.newest}
    if advice.newest is None:
        newest = _NOT_SEEN.format(**words)
        return (newest, _NEWER_PIPELINES) if advice.track is Track.STABLE else (newest,)
    if not advice.is_step_back:
        sentence = _SAME if advice.is_step_back is None else _FORWARD
        return (sentence.format(**words),)
    if not advice.between:
        return (_BACK.format(**words), _NEWER_PIPELINES)
    first, last = advice.between[0].version, advice.between[-1].version
    at_least = "" if advice.is_complete else "At least "
    count, sentence = len(advice.between), _BETWEEN
    if count == 1 and advice.is_complete:
        sentence = _ONE_BETWEEN
    between = sentence.format(count=f"{at_least}{count}", first=first, last=last)
    return (_BACK.format(**words), between)


def _coming(track: Track, advice: TrackAdvice) -> str:
    """ "Next Stable releases, expected: 1 Dec 2026 (10.1317.0), 1 Jan 2027." """
    dates = [
        f"{day(each.at)} ({each.version})" if each.version else day(each.at)
        for each in advice.coming[track]
    ]
    return f"Next {track.title()} releases, expected: {', '.join(dates)}." if dates else ""


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
        consequences=lambda runner, snapshot, now: track_consequences(runner, track, snapshot, now),
        call=call,
        is_done=is_done,
    )


USE_CURRENT = _use(Track.CURRENT)
USE_STABLE = _use(Track.STABLE)
