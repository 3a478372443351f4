"""A vendor made up for a year: what it releases when, announces, and supports.

Written from the vendor's published rules alone and sharing no code with the program, so that a
mistake in the program's calendar cannot hide behind the same mistake here.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

DAY = timedelta(days=1)
BEFORE = timedelta(days=230)
AFTER = timedelta(days=480)
TRACKS = ("current", "stable")


@dataclass(frozen=True, slots=True)
class Temper:
    """What kind of a year it is: how punctual and how generous the vendor is (`generous` releases
    more than published are supported), which dates it tells, how many releases an operator's file
    announces, and how well the console remembers."""

    seed: int
    begins: date
    late: float = 0.0
    skips: float = 0.0
    generous: int = 0
    dates: str = "told"
    announced: float = 0.0
    forgets: float = 0.5


@dataclass(frozen=True, slots=True)
class Out:
    """A release, and the usual day that it stands for."""

    version: str
    at: datetime
    usual: date
    told: datetime | None


class Vendor:
    """Releases by line, oldest first, and the usual days that were skipped."""

    def __init__(self, temper: Temper) -> None:
        self._random = Random(temper.seed)
        self._temper = temper
        begin, end = temper.begins - BEFORE, temper.begins + AFTER
        days = [begin + number * DAY for number in range((end - begin).days)]
        self.skipped: dict[str, set[date]] = {"current": set(), "stable": set()}
        self.outs: dict[str, tuple[Out, ...]] = {"current": tuple(self._current(days))}
        self.outs["stable"] = tuple(self._monthly([day for day in days if day.day == 1], "current"))
        second_tuesdays = [day for day in days if day.weekday() == 1 and 8 <= day.day <= 14]
        self.outs["snowflake"] = tuple(self._monthly(second_tuesdays, "stable"))
        self.outs["streaming"] = tuple(
            Out(f"3.{number}.0", at := self._moment(day), day, at)
            for number, day in enumerate(day for day in days if day.day == 15)
        )
        self._moments = {line: [out.at for out in outs] for line, outs in self.outs.items()}
        self.is_announced = {
            out for track in TRACKS for out in self.outs[track] if self._chance(temper.announced)
        }

    def history(self, line: str, at: datetime) -> tuple[Out, ...]:
        return self.outs[line][: bisect_right(self._moments[line], at)]

    def newest(self, line: str, at: datetime) -> Out:
        return self.history(line, at)[-1]

    def place(self, line: str, version: str, at: datetime) -> int | None:
        """Which of the line's releases so far this version is, counted from 0."""
        outs = enumerate(self.history(line, at))
        return next((place for place, out in outs if out.version == version), None)

    def supports(self, line: str, version: str, at: datetime) -> bool:
        place = self.place(line, version, at)
        window = 2 + self._temper.generous
        return place is not None and place >= len(self.history(line, at)) - window

    def keeps_its_days(self, line: str, now: datetime, last: date) -> bool:
        """Whether all that is to come until that day comes when it is usual, or as announced."""
        today = now.date()
        if any(today <= day <= last for day in self.skipped[line]):
            return False
        return all(
            out.at.date() == out.usual or out in self.is_announced
            for out in self.outs[line]
            if out.at > now and out.usual <= last
        )

    def _current(self, days: list[date]) -> Iterator[Out]:
        number = 1200
        for day in days:
            if day.weekday() not in (1, 3):
                continue
            if self._chance(self._temper.skips):
                self.skipped["current"].add(day)
                continue
            number += self._random.choice((1, 1, 1, 2, 5))
            yield self._out(f"10.{number}.{self._random.choice((0, 0, 3))}", day)

    def _monthly(self, days: list[date], source: str) -> Iterator[Out]:
        """The first of the month before decides for Stable, the day itself for Snowflake."""
        for day in days:
            cut = (day - DAY).replace(day=1) if source == "current" else day
            midnight = datetime.combine(cut, time(), UTC)
            ready = [out for out in self.outs[source] if out.at <= midnight]
            if ready:
                yield self._out(ready[-1].version, day)

    def _out(self, version: str, usual: date) -> Out:
        day = usual + DAY if self._chance(self._temper.late) else usual
        at = self._moment(day)
        if self._temper.dates == "none":
            return Out(version, at, usual, None)
        if self._temper.dates == "odd":
            away = self._random.choice((0, 0, 9, 20, 24 * 30, -30))
            return Out(version, at, usual, at + timedelta(hours=away))
        return Out(version, at, usual, at)

    def _moment(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, self._random.randrange(24), 17, tzinfo=UTC)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share
