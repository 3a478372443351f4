"""Which runners a query asks for, in its order. The order of the whole fleet is worked out once for
each column, so that another letter of a filter sorts nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import Assessment, assessments
from console.rules.outlook import Judgement, by_the_minute
from console.view.columns import BY_KEY, RunnerColumn
from console.view.query import Query
from console.view.text import folded

BY_NAME = "name"


def matching(snapshot: Snapshot, query: Query, now: datetime) -> list[Assessment]:
    """The runners that match the query's filter, as it sorts them; ties by name, then account, then
    id, always ascending."""
    return query.filter.among(_ordered(snapshot, by_the_minute(now), query.sort, query.descending))


@lru_cache(maxsize=8)
def _ordered(
    snapshot: Snapshot, minute: datetime, sort: str, descending: bool
) -> tuple[Assessment, ...]:
    if sort == BY_NAME and not descending:
        return _by_name(assessments(snapshot, minute))
    by_name = _ordered(snapshot, minute, BY_NAME, False)
    places = _places(BY_KEY[sort], by_name)
    return tuple(chain.from_iterable(places[key] for key in sorted(places, reverse=descending)))


def _places(column: RunnerColumn, assessed: Iterable[Assessment]) -> dict[Any, list[Assessment]]:
    """The runners by what the column's order says of them; asked once for all that the rules judge
    alike, where their cells are the same too."""
    places: dict[Any, list[Assessment]] = defaultdict(list)
    order = column.order
    if column.is_own:
        for each in assessed:
            places[order(each)].append(each)
        return places
    alike: dict[Judgement, list[Assessment]] = {}
    for each in assessed:
        place = alike.get(each.judged)
        if place is None:
            place = alike[each.judged] = places[order(each)]
        place.append(each)
    return places


def _by_name(assessed: Iterable[Assessment]) -> tuple[Assessment, ...]:
    return tuple(sorted(assessed, key=lambda each: _tie(each.runner)))


def _tie(runner: Runner) -> tuple[str, str, str]:
    return folded(runner.name), runner.account, runner.id
