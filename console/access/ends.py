"""How a plan that somebody agreed to came out, told once the last of its runners has ended: whether
or not anybody still looks. Of what has not ended when the program does, nothing is told."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from console.access.audit import Outcome
from console.actions.plan import Plan
from console.fleet.fleet import Fleet
from console.fleet.snapshot import Phase, Snapshot

LONGEST = timedelta(days=1)
"""How long an end is waited for. Every action gives up long before; a fault of ours may not."""

WORDS = {Phase.DONE: "done", Phase.FAILED: "failed", Phase.NOT_SEEN: "not seen to finish"}

Tell = Callable[[str, Outcome], None]


def when_ended(store: Fleet, agreed: Plan, plan_id: str, tell: Tell) -> None:
    """To be called before the plan is started. `tell` is called at most once, in the event loop,
    with how it came out: in words, "Restart: 2 done, 1 failed", and as a whole. It must not
    raise."""
    _Watch(store, agreed, plan_id, tell)


class _Watch:
    """Kept by the store alone, until the end. It counts each runner as it ends, because snapshots
    forget the older ones of a large plan before the last one ends."""

    def __init__(self, store: Fleet, agreed: Plan, plan_id: str, tell: Tell) -> None:
        self._store, self._plan_id, self._tell = store, plan_id, tell
        self._label = agreed.action.label
        self._waiting = {(step.runner.account, step.runner.id) for step in agreed.allowed}
        self._ended: Counter[Phase] = Counter()
        self._counted = store.snapshot.operations
        self._gives_up = store.now + LONGEST
        self._leave = store.subscribe(self._on_snapshot)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.operations is not self._counted:
            self._counted = snapshot.operations
            self._count(snapshot)
        if not self._waiting:
            self._leave()
            self._tell(self._words, self._outcome)
        elif self._store.now >= self._gives_up:
            self._leave()

    def _count(self, snapshot: Snapshot) -> None:
        for each in snapshot.operations:
            runner = each.account, each.runner_id
            if each.plan_id == self._plan_id and not each.is_open and runner in self._waiting:
                self._waiting.remove(runner)
                self._ended[each.phase] += 1

    @property
    def _outcome(self) -> Outcome:
        if self._ended[Phase.FAILED]:
            return Outcome.FAILED
        return Outcome.NOT_SEEN if self._ended[Phase.NOT_SEEN] else Outcome.DONE

    @property
    def _words(self) -> str:
        counts = (f"{self._ended[each]} {WORDS[each]}" for each in WORDS if self._ended[each])
        return f"{self._label}: {', '.join(counts)}"
