"""All that the rules say of versions, worked out once for every kind of case in the fleet.

A large fleet has few different cases: most runners share track, version, status and settings with
many others, so each case is judged once and looked up afterwards.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from console.fleet.learning import CLOCK_SKEW
from console.fleet.lines import Line, line_of
from console.fleet.memory import NOTHING_LEARNT, Lesson, Memory
from console.fleet.snapshot import Runner
from console.rules.currency import Standing, has_update, standing
from console.rules.releases import Expected, expected_releases
from console.rules.restart import RestartForecast, is_armed, restart_forecast
from console.rules.support import SupportForecast, support_forecast
from console.rules.updating import NotUpdated, follows_by_itself, why_not_updated

LOOKED_AHEAD = 2
"""How many releases decide when a version leaves support: the window is two releases wide."""

Case = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What is known and expected of the versions of all runners of one case, of which `example` is
    one; two are equal only when they are the same.

    `leaves_in` is how long they are expected to stay in support, never negative; `coming` are the
    next releases of their line; `lesson` is what was seen: a restart that moved nothing, a track
    that was left."""

    example: Runner
    has_update: bool
    standing: Standing
    support: SupportForecast
    restart: RestartForecast
    why: NotUpdated | None
    is_armed: bool
    leaves_in: timedelta | None
    coming: tuple[Expected, ...]
    lesson: Lesson = NOTHING_LEARNT


class Outlook:
    """Judges runners at one moment. What the memory knows of a release is better than what one
    runner tells of it, so the runner's own date counts only for releases that are not known."""

    def __init__(self, memory: Memory, now: datetime) -> None:
        self._memory = memory
        self._now = now
        self._lessons = {
            runner_id: lesson
            for runner_id, lesson in memory.lessons.items()
            if lesson.unmoved is not None or lesson.track_changed is not None
        }
        self._known = {each.version for line in memory.releases.values() for each in line}
        self._judged: dict[Case, Judgement] = {}
        self._standings: dict[Case, Standing] = {}
        self._coming: dict[tuple[Line, datetime | None], tuple[Expected, ...]] = {}

    def case(self, runner: Runner) -> Case:
        """All that a judgement rests on; runners of one case differ in nothing else but what they
        are called and who may use them."""
        return (
            runner.version,
            runner.latest_version,
            None if runner.latest_version in self._known else runner.latest_released,
            runner.track,
            runner.api_support,
            runner.update_available,
            runner.auto_updates,
            runner.status,
            runner.connected,
            runner.kind,
            runner.provider,
            runner.deployment,
            self._lessons.get(runner.id),
        )

    def judgement(self, runner: Runner) -> Judgement:
        case = self.case(runner)
        judged = self._judged.get(case)
        if judged is None:
            judged = self._judged[case] = self._judge(runner)
        return judged

    def coming(self, line: Line, newest_out: datetime | None = None) -> tuple[Expected, ...]:
        """The next releases of a line, as many as decide about support."""
        key = (line, newest_out)
        if key not in self._coming:
            self._coming[key] = expected_releases(
                self._memory, line, self._now, LOOKED_AHEAD, newest_out
            )
        return self._coming[key]

    def _judge(self, runner: Runner) -> Judgement:
        lesson = self._lessons.get(runner.id, NOTHING_LEARNT)
        line, released = line_of(runner), self._own_date(runner)
        stands = self._standing(runner, line, released)
        why = why_not_updated(runner, stands, lesson, self._now)
        restart = restart_forecast(runner, lesson)
        coming = self.coming(line, released) if line else ()
        forecast = support_forecast(runner, stands, follows_by_itself(runner, why), coming)
        leaves_in = max(timedelta(), forecast.leaves - self._now) if forecast.leaves else None
        return Judgement(
            runner,
            has_update(runner),
            stands,
            forecast,
            restart,
            why,
            is_armed(runner, restart),
            leaves_in,
            coming,
            lesson,
        )

    def _standing(self, runner: Runner, line: Line | None, released: datetime | None) -> Standing:
        flag = bool(runner.update_available)
        case = (line, runner.version, runner.latest_version, released, flag)
        if case not in self._standings:
            dated = replace(runner, latest_released=released)
            self._standings[case] = standing(dated, self._memory)
        return self._standings[case]

    def _own_date(self, runner: Runner) -> datetime | None:
        """What the runner tells of a release that is not known. A date from the future is a clock
        that is wrong: it counts as today, or not at all where no clock is as wrong."""
        released = runner.latest_released
        if released is None or runner.latest_version in self._known:
            return None
        return None if released > self._now + CLOCK_SKEW else min(released, self._now)


def by_the_minute(now: datetime) -> datetime:
    """Rules look at the time by the minute, so that what they say can be shared within one."""
    return now.astimezone(UTC).replace(second=0, microsecond=0)


@lru_cache(maxsize=8)
def outlook(memory: Memory, minute: datetime) -> Outlook:
    """The outlook of a minute; the same object for the same memory within it."""
    return Outlook(memory, minute)
