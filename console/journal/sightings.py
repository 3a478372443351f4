"""From what is stored of the runners and what was seen of them to what has changed. Pure: the
database is read before and written after.

What is stored is the truth about what was already recorded, whoever recorded it and whenever.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from console.fleet.changes import TOLD, Change, What
from console.fleet.snapshot import Runner
from console.journal.storing import MICROSECOND, stored_key, stored_moment, stored_text
from console.journal.unsaved import Census, Sighting

CLOCK_SKEW = timedelta(days=1)
"""What is stored may come from a clock ahead of ours by this much; beyond it, it is overruled."""


@dataclass(slots=True)
class State:
    """What is stored of one runner. `number` is None for one that is not stored yet."""

    told: Mapping[What, str]
    first_at: int
    seen_at: int
    gone: bool = False
    number: int | None = None
    is_changed: bool = False


@dataclass(slots=True)
class Comparison:
    """Brings `states`, by stored runner id, up to what was seen, and collects the changes.

    In an account of which nothing is stored nobody joined. `doubted` are runners of which somebody
    else's later sighting says something else: they should be looked at again.
    """

    states: dict[str, State]
    is_new_account: bool
    changes: list[Change] = field(default_factory=list)
    doubted: set[str] = field(default_factory=set)

    def apply(self, census: Census | None, readings: Iterable[Mapping[str, Sighting]]) -> None:
        """Readings are oldest first."""
        if census is not None:
            there = {stored_key(runner_id) for runner_id in census.runner_ids}
            for runner_id in self.states.keys() - there:
                self._miss(runner_id, census.at)
        for reading in readings:
            for runner_id, sighting in reading.items():
                if sighting.runner is None:
                    self._miss(stored_key(runner_id), sighting.at)
                else:
                    was_there = census is not None and runner_id in census.runner_ids
                    self._see(sighting.runner, sighting.at, may_be_new=not was_there)

    def _see(self, runner: Runner, at: datetime, *, may_be_new: bool) -> None:
        runner_id, now = stored_key(runner.id), stored_moment(at)
        told = {what: stored_text(tell(runner)) for what, tell in TOLD.items()}
        state = self.states.get(runner_id)
        if state is None:
            self.states[runner_id] = State(told, first_at=now, seen_at=now, is_changed=True)
            if may_be_new or not self.is_new_account:
                self._add(runner_id, told, What.JOINED, "", told[What.NAME], at)
            return
        if state.told == told and not state.gone:
            return
        if self._is_overtaken(state, runner_id, now):
            return
        if state.gone:
            self._add(runner_id, told, What.JOINED, "", told[What.NAME], at)
        for what, before in state.told.items():
            if before != told[what]:
                self._add(runner_id, told, what, before, told[what], at)
        state.told, state.gone = told, False
        state.seen_at, state.is_changed = now, True

    def _miss(self, runner_id: str, at: datetime) -> None:
        state, now = self.states.get(runner_id), stored_moment(at)
        if state is None or state.gone or self._is_overtaken(state, runner_id, now):
            return
        self._add(runner_id, state.told, What.LEFT, state.told[What.NAME], "", at)
        state.gone, state.seen_at, state.is_changed = True, now, True

    def _is_overtaken(self, state: State, runner_id: str, now: int) -> bool:
        if now < state.seen_at <= now + CLOCK_SKEW // MICROSECOND:
            self.doubted.add(runner_id)
            return True
        return False

    def _add(
        self,
        runner_id: str,
        told: Mapping[What, str],
        what: What,
        before: str,
        after: str,
        at: datetime,
    ) -> None:
        self.changes.append(Change(runner_id, told[What.NAME], what, before, after, at))
