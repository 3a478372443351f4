"""Runners as JSON text, written once and reused until the runner or its track's releases change."""

from collections.abc import Mapping, Sequence

from console.demo.releases import Line, Standing
from console.demo.runners import Runner, as_json, details, summary


class Writing:
    """What was written is kept per runner; `forget` and `forget_all` make it be written anew."""

    def __init__(self, standings: Mapping[Line, Standing]) -> None:
        self._standings = standings
        self._full: dict[str, bytes] = {}
        self._short: dict[str, bytes] = {}

    def runner(self, runner: Runner) -> bytes:
        text = self._full.get(runner.id)
        if text is None:
            text = self._full[runner.id] = as_json(details(runner, self._standings))
        return text

    def summary(self, runner: Runner) -> bytes:
        text = self._short.get(runner.id)
        if text is None:
            text = self._short[runner.id] = as_json(summary(runner))
        return text

    def page(self, runners: Sequence[Runner], page: int, size: int, *, as_summaries: bool) -> bytes:
        """One page in the API's envelope."""
        write = self.summary if as_summaries else self.runner
        results = b",".join(map(write, runners[page * size : (page + 1) * size]))
        return b'{"page":%d,"results":[%b],"size":%d,"total":%d}' % (
            page,
            results,
            size,
            len(runners),
        )

    def forget(self, runner_id: str) -> None:
        self._full.pop(runner_id, None)
        self._short.pop(runner_id, None)

    def forget_all(self) -> None:
        self._full.clear()
        self._short.clear()
