"""What all tabs are told of one snapshot, each part made once, when the first of them asks."""

from dataclasses import asdict
from datetime import timedelta
from functools import cached_property

from console.fleet.fleet import Fleet
from console.view.activity import plans_under_way
from console.view.detail import operation_line
from console.view.overview import Overview, overview
from console.view.text import shown
from web.wire import Json, cell_json, verdict_json

MOST_NEWS = 3

NEWS_LASTS = timedelta(seconds=60)
"""How long the end of an action is told at the foot of the page."""


class Bulletin:
    """Of the snapshot that is the newest when it is made."""

    def __init__(self, store: Fleet) -> None:
        self._snapshot, self._now = store.snapshot, store.now

    @cached_property
    def overview(self) -> Overview:
        return overview(self._snapshot, self._now)

    @cached_property
    def verdict(self) -> Json:
        return verdict_json(self.overview)

    @cached_property
    def deeds(self) -> Json:
        """`news` are the newest ends of actions, [runner's name, cell]; `progress` are
        the plans that are under way."""
        ended = [
            each
            for each in reversed(self._snapshot.operations)
            if not each.is_open and self._now - each.changed < NEWS_LASTS
        ]
        plans = plans_under_way(self._snapshot)[:MOST_NEWS]
        return {
            "news": [
                [shown(each.runner_name, 60), cell_json(operation_line(each, self._now))]
                for each in ended[:MOST_NEWS]
            ],
            "progress": [asdict(each) for each in plans],
        }
