"""The runners of a plan by what is told of them, so that a plan for hundreds stays short."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.view.plan import StepLine


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """Runners of which the same is told, in the singular. `title` is the only one's name, or says
    that it holds for each of so many."""

    title: str
    names: tuple[str, ...]
    sentences: tuple[str, ...]


def plan_groups(lines: Iterable[StepLine]) -> tuple[PlanGroup, ...]:
    """In the order of their first runners."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        groups.setdefault(line.sentences, []).append(line.name)
    return tuple(
        PlanGroup(_title(names, sentences), tuple(names), sentences)
        for sentences, names in groups.items()
    )


def _title(names: list[str], sentences: tuple[str, ...]) -> str:
    if len(names) == 1:
        return names[0]
    return f"Each of these {len(names)}" if sentences else f"{len(names)} runners"
