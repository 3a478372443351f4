"""All that the rules say of versions, worked out once for every kind of case in the fleet.

A large fleet has few different cases: most runners share track, version, status and settings with
many others, so each case is judged once and looked up afterwards.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is known and expected of one runner's version. `leaves_in` is how long it is expected to
    stay in support, never negative; `coming` are the next releases of its line; `lesson` is what
    was seen of it: a restart that moved nothing, a track that it has left."""

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
    """Judges runners at one moment."""

    def __init__(self, memory: Memory, now: datetime) -> None:
        self._memory = memory
        self._now = now
        self._judged: dict[Case, Judgement] = {}
        self._coming: dict[tuple[Line, datetime | None], tuple[Expected, ...]] = {}

    def judgement(self, runner: Runner) -> Judgement:
        lesson = self._memory.lessons.get(runner.id)
        if lesson is not None:
            return self._judge(runner, lesson)
        case = (
            runner.version,
            runner.latest_version,
            runner.latest_released,
            runner.track,
            runner.api_support,
            runner.update_available,
            runner.auto_updates,
            runner.status,
            runner.connected,
            runner.kind,
            runner.provider,
            runner.deployment,
        )
        judged = self._judged.get(case)
        if judged is None:
            judged = self._judged[case] = self._judge(runner, NOTHING_LEARNT)
        return judged

    def coming(self, line: Line, newest_out: datetime | None = None) -> tuple[Expected, ...]:
        """The next releases of a line, as many as decide about support."""
        key = (line, newest_out)
        if key not in self._coming:
            self._coming[key] = expected_releases(
                self._memory, line, self._now, LOOKED_AHEAD, newest_out
            )
        return self._coming[key]

    def _judge(self, runner: Runner, lesson: Lesson) -> Judgement:
        line = line_of(runner)
        stands = standing(runner, self._memory)
        why = why_not_updated(runner, stands, lesson, self._now)
        restart = restart_forecast(runner, lesson)
        coming = self.coming(line, self._believed(runner.latest_released)) if line else ()
        forecast = support_forecast(runner, stands, follows_by_itself(runner, why), coming)
        leaves_in = max(timedelta(), forecast.leaves - self._now) if forecast.leaves else None
        return Judgement(
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

    def _believed(self, released: datetime | None) -> datetime | None:
        """A date from the future is a clock that is wrong: it counts as today, or not at all where
        no clock is as wrong."""
        if released is None or released > self._now + CLOCK_SKEW:
            return None
        return min(released, self._now)


def by_the_minute(now: datetime) -> datetime:
    """Rules look at the time by the minute, so that what they say can be shared within one."""
    return now.astimezone(UTC).replace(second=0, microsecond=0)


@lru_cache(maxsize=8)
def outlook(memory: Memory, minute: datetime) -> Outlook:
    """The outlook of a minute; the same object for the same memory within it."""
    return Outlook(memory, minute)
