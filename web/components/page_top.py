"""The top of a page: what it is about, how the fleet stands, and what is wrong with reading it."""

from web.components.panel import Panel
from web.wire import Json, words_json


class PageTop(Panel, script="page_top.js"):
    """Its value is the verdict with its tone, and the banner. A page that is about something else
    has a `title`, beside which the verdict stands."""

    def _changed(self, before: Json, after: Json) -> Json:
        changed = super()._changed(before, after)
        return {name: words_json(before[name], part) for name, part in changed.items()}
