"""What was seen and is not written yet, kept within bounds however long the database is away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from console.fleet.lines import Line
from console.fleet.memory import NOTHING_LEARNT, Lesson, Memory, Release
from console.fleet.snapshot import Operation, Runner

MOST_SIGHTINGS = 20_000
MOST_OPERATIONS = 2_000


@dataclass(frozen=True, slots=True)
class Sighting:
    """A runner as it was read at `at`; None when it was no longer in the account."""

    at: datetime
    runner: Runner | None


@dataclass(frozen=True, slots=True)
class Census:
    """The first reading of the fleet in this run of the program: who was there, and nobody else."""

    at: datetime
    runner_ids: frozenset[str]


@dataclass(slots=True)
class Unsaved:
    """`readings` are by runner id, oldest first. Beyond the bounds the oldest sightings of runners
    that were seen again later are given up; `lost` counts them."""

    census: Census | None = None
    readings: list[dict[str, Sighting]] = field(default_factory=list)
    releases: dict[tuple[Line, str], Release] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    operations: dict[int, Operation] = field(default_factory=dict)
    lost: int = 0

    def __bool__(self) -> bool:
        return bool(
            self.census or self.readings or self.releases or self.lessons or self.operations
        )

    @property
    def size(self) -> int:
        """How many records it would lose; a sighting need not be a change."""
        sightings = sum(map(len, self.readings))
        others = len(self.releases) + len(self.lessons) + len(self.operations)
        return self.lost + sightings + others

    def learn(self, before: Memory, after: Memory) -> None:
        """Takes what is different between two memories."""
        for line, releases in after.releases.items():
            known = set(before.releases.get(line, ()))
            for release in releases:
                if release not in known:
                    self.releases[line, release.version] = release
        for runner_id in before.lessons.keys() | after.lessons.keys():
            lesson = after.lessons.get(runner_id, NOTHING_LEARNT)
            if lesson != before.lessons.get(runner_id, NOTHING_LEARNT):
                self.lessons[runner_id] = lesson

    def see(self, reading: dict[str, Sighting]) -> None:
        if reading:
            self.readings.append(reading)
            self._keep_within_bounds()

    def act(self, operations: Iterable[Operation], before: Mapping[int, Operation]) -> None:
        for operation in operations:
            if operation != before.get(operation.id):
                self.operations[operation.id] = operation
        self._keep_within_bounds()

    def put_back(self, older: "Unsaved") -> None:
        """Takes back what could not be written; what came since stands behind it."""
        self.census = self.census or older.census
        self.readings = older.readings + self.readings
        self.releases = older.releases | self.releases
        self.lessons = older.lessons | self.lessons
        self.operations = older.operations | self.operations
        self.lost += older.lost
        self._keep_within_bounds()

    def _keep_within_bounds(self) -> None:
        while len(self.readings) > 1 and sum(map(len, self.readings)) > MOST_SIGHTINGS:
            oldest, second = self.readings[0], self.readings[1]
            self.lost += len(oldest.keys() & second.keys())
            self.readings[:2] = [oldest | second]
        surplus = len(self.operations) - MOST_OPERATIONS
        if surplus > 0:
            for number in tuple(islice(self.operations, surplus)):
                del self.operations[number]
            self.lost += surplus
