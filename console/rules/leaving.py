"""The fleet's support forecast in numbers: who leaves support soon, and what keeps them in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from console.rules.assessment import Assessment
from console.rules.releases import Expected
from console.rules.restart import RestartEffect


@dataclass(frozen=True, slots=True)
class Leaving:
    """Runners that are supported now and expected to leave support within the span.

    Each of `total` is in one of the others: a restart now keeps it in support; a restart does once
    the named release is out; or neither is known to, because its image is pinned or unknown.
    """

    total: int
    by_restart_now: int
    after_release: tuple[tuple[Expected, int], ...]
    not_by_restart: int


def leaving(assessed: Iterable[Assessment], within: timedelta) -> Leaving:
    soon = [each for each in assessed if _leaves_within(each, within)]
    now = sum(1 for each in soon if each.judged.restart.effect is RestartEffect.MOVES)
    later = Counter(
        each.judged.coming[0]
        for each in soon
        if each.judged.restart.effect is RestartEffect.NOTHING and each.judged.coming
    )
    by_date = sorted(later.items(), key=lambda entry: (entry[0].at, entry[0].line))
    return Leaving(len(soon), now, tuple(by_date), len(soon) - now - later.total())


def _leaves_within(assessed: Assessment, within: timedelta) -> bool:
    span = assessed.judged.leaves_in
    return span is not None and span <= within
