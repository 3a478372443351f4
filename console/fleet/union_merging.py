"""Joins the snapshots of several accounts into one. What has not changed stays the same object, so
that a poll without news costs next to nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from typing import TypeVar

from console.fleet.learning import with_releases
from console.fleet.memory import NOTHING_REMEMBERED, Lesson, Memory
from console.fleet.snapshot import AccountState, Operation, Problem, Runner, Snapshot
from console.fleet.usage import NOT_ASKED, Usage

Whole = TypeVar("Whole")
Told = Sequence[Snapshot]


class Merging:
    """Keeps what was joined last. `accounts` are the names, in order, each with whether it is
    read-only; snapshots are given in that order."""

    def __init__(self, accounts: Mapping[str, bool]) -> None:
        self._accounts = accounts
        self._told: Told = ()
        self._merged = Snapshot()
        self._runners: dict[tuple[str, str], tuple[Runner, Runner]] = {}
        self._operations: dict[tuple[str, int], tuple[Operation, Operation]] = {}

    def merged(self, told: Told) -> Snapshot:
        """The one snapshot; the same object when each of these is the same as before."""
        before = self._merged
        if self._is_same(told, lambda each: each):
            return before
        accounts = self._states(told)
        taken, problem = _taken(accounts), _first_problem(accounts)
        self._merged = Snapshot(
            runners=self._kept(told, lambda s: s.runners, before.runners, self._join_runners),
            taken=taken,
            problem=problem,
            operations=self._kept(
                told, lambda s: s.operations, before.operations, self._join_operations
            ),
            status_since=self._kept(
                told, lambda s: s.status_since, before.status_since, _join_status_since
            ),
            poll_seconds=max(each.poll_seconds for each in told),
            memory=self._kept(told, lambda s: s.memory, before.memory, _join_memories),
            usage=self._kept(told, lambda s: s.usage, before.usage, self._join_usages),
            accounts=accounts,
        )
        self._told = told
        return self._merged

    def _is_same(self, told: Told, part: Callable[[Snapshot], object]) -> bool:
        return len(told) == len(self._told) and all(
            part(new) is part(old) for new, old in zip(told, self._told, strict=True)
        )

    def _kept(
        self,
        told: Told,
        part: Callable[[Snapshot], object],
        before: Whole,
        join: Callable[[Told], Whole],
    ) -> Whole:
        return before if self._is_same(told, part) else join(told)

    def _states(self, told: Told) -> tuple[AccountState, ...]:
        return tuple(
            AccountState(
                name,
                each.taken,
                replace(each.problem, account=name) if each.problem is not None else None,
                is_read_only,
            )
            for (name, is_read_only), each in zip(self._accounts.items(), told, strict=True)
        )

    def _join_runners(self, told: Told) -> tuple[Runner, ...]:
        """Each with its account; of two with one id the first. The same objects as before for those
        that have not changed."""
        known, self._runners = self._runners, {}
        joined: dict[str, Runner] = {}
        for account, snapshot in zip(self._accounts, told, strict=True):
            for runner in snapshot.runners:
                if runner.id in joined:
                    continue
                key = account, runner.id
                pair = known.get(key)
                if pair is None or pair[0] is not runner:
                    pair = runner, replace(runner, account=account)
                self._runners[key] = pair
                joined[runner.id] = pair[1]
        return tuple(joined.values())

    def _join_operations(self, told: Told) -> tuple[Operation, ...]:
        """In the order in which they changed last, under numbers that no two accounts share."""
        known, self._operations = self._operations, {}
        for place, (account, snapshot) in enumerate(zip(self._accounts, told, strict=True)):
            for operation in snapshot.operations:
                key = account, operation.id
                pair = known.get(key)
                if pair is None or pair[0] is not operation:
                    number = operation.id * len(told) + place
                    pair = operation, replace(operation, id=number, account=account)
                self._operations[key] = pair
        joined = [named for _, named in self._operations.values()]
        return tuple(sorted(joined, key=lambda each: each.changed))

    def _join_usages(self, told: Told) -> Usage:
        if all(each.usage is NOT_ASKED for each in told):
            return NOT_ASKED
        usages = [each.usage for each in told]
        asked = frozenset[str]().union(*(usage.asked for usage in usages))
        return Usage(asked=asked, by_account=dict(zip(self._accounts, usages, strict=True)))


def _taken(accounts: Sequence[AccountState]) -> datetime | None:
    """The oldest reading among those that are read well; if none is, the oldest there is."""
    well = [each.taken for each in accounts if each.taken is not None and each.problem is None]
    return min(well or [each.taken for each in accounts if each.taken is not None], default=None)


def _first_problem(accounts: Sequence[AccountState]) -> Problem | None:
    return next((each.problem for each in accounts if each.problem is not None), None)


def _join_status_since(told: Told) -> Mapping[str, datetime]:
    joined: dict[str, datetime] = {}
    for snapshot in reversed(told):
        joined.update(snapshot.status_since)
    return joined


def _join_memories(told: Told) -> Memory:
    """What one account taught of releases holds for all: they are the vendor's."""
    memories = [each.memory for each in told]
    if all(memory is NOTHING_REMEMBERED for memory in memories):
        return NOTHING_REMEMBERED
    lessons: dict[str, Lesson] = {}
    for memory in reversed(memories):
        lessons.update(memory.lessons)
    releases = reduce(
        with_releases,
        ([each for line in memory.releases.values() for each in line] for memory in memories[1:]),
        memories[0].releases,
    )
    announced = dict.fromkeys(each for memory in memories for each in memory.announced)
    return Memory(releases, lessons, tuple(announced))
