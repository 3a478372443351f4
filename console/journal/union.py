"""The journals of several accounts as one. Each account is recorded by its own, under its own name;
here they are asked together, and what they tell is joined."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from console.fleet.fleet import Fleet
from console.journal.history import History
from console.journal.journal import Journal
from console.journal.lookups import Lookups
from console.journal.reader import MOST


class JournalUnion:
    """`journals` are by account. Nothing here raises for a database's trouble: it is a sentence."""

    def __init__(self, journals: Mapping[str, Journal], fleet: Fleet) -> None:
        self._journals = journals
        self._fleet = fleet

    @property
    def problem(self) -> str:
        """Why nothing can be recorded at present, each reason once; "" while all is well."""
        return _reasons(journal.problem for journal in self._journals.values())

    async def settled(self) -> None:
        """Waits until all that was seen is written, or was found not to be writable now."""
        await asyncio.gather(*(journal.settled() for journal in self._journals.values()))

    async def history(
        self, runner_id: str, since: datetime | None = None, limit: int = MOST
    ) -> History:
        """Of one runner: what changed and what was done. One that is gone is looked for in all."""
        journal = self._journals.get(account_of(self._fleet, runner_id) or "")
        if journal is not None:
            return await journal.history(runner_id, since, limit)
        told = await self._all(lambda journal: journal.history(runner_id, since, limit))
        known = (each for each in told.values() if each.recorded_since or each.actions)
        return next(known, _joined(told, 0, limit))

    async def activity(self, since: datetime | None = None, limit: int = MOST) -> History:
        """What was done, to any runner of any of the accounts."""
        told = await self._all(lambda journal: journal.activity(since, limit))
        actions = [
            replace(action, account=account)
            for account, each in told.items()
            for action in each.actions
        ]
        actions.sort(key=lambda action: action.started, reverse=True)
        return replace(_joined(told, len(actions), limit), actions=tuple(actions[:limit]))

    async def changes_since(self, since: datetime | None = None, limit: int = MOST) -> History:
        """What changed, of any runner; of one that two accounts show only as the first has it."""
        told = await self._all(lambda journal: journal.changes_since(since, limit))
        changes = [
            change
            for account, each in told.items()
            for change in each.changes
            if account_of(self._fleet, change.runner_id) in (account, None)
        ]
        changes.sort(key=lambda change: change.at, reverse=True)
        return replace(_joined(told, len(changes), limit), changes=tuple(changes[:limit]))

    async def _all(self, ask: Callable[[Journal], Awaitable[History]]) -> dict[str, History]:
        told = await asyncio.gather(*(ask(journal) for journal in self._journals.values()))
        return dict(zip(self._journals, told, strict=True))


class LookupsUnion:
    """The histories that somebody looks at, each from the journal of its runner's account."""

    def __init__(self, lookups: Mapping[str, Lookups], fleet: Fleet) -> None:
        self._lookups = lookups
        self._fleet = fleet

    def history(self, runner_id: str) -> History | None:
        """The history as it was read last; None before that, and for a runner that is gone."""
        lookups = self._lookups.get(account_of(self._fleet, runner_id) or "")
        return lookups.history(runner_id) if lookups is not None else None

    def want(self, runner_id: str) -> None:
        """Has the history read soon, unless it is known."""
        lookups = self._lookups.get(account_of(self._fleet, runner_id) or "")
        if lookups is not None:
            lookups.want(runner_id)


def _joined(told: Mapping[str, History], count: int, limit: int) -> History:
    """All but the entries themselves, of which there are so many."""
    return History(
        is_cut=count > limit or any(each.is_cut for each in told.values()),
        problem=_reasons(each.problem for each in told.values()),
    )


def _reasons(problems: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(each for each in problems if each))


def account_of(fleet: Fleet, runner_id: str) -> str | None:
    """The account that shows a runner; None for one that is gone."""
    runner = fleet.snapshot.by_id.get(runner_id)
    return runner.account if runner is not None else None
