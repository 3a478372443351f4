"""`/readyz` and `/metrics`, for those who run the console: whether it has fresh data, and the
fleet in numbers. What is counted and what it is called is decided in `console.view.metrics`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from console import __version__
from console.access.sessions import SignedIn
from console.access.tokens import Scope
from console.fleet.snapshot import Phase, Snapshot
from console.session import Session
from console.traffic import Traffic
from console.view.metrics import (
    Family,
    action_families,
    fleet_families,
    program_families,
    session_families,
    traffic_families,
)
from console.view.overview import data_age, problem_text
from web.access.people import NOBODY, person_of
from web.api.callers import Tokens, caller_of
from web.api.problems import Refusal, problem_response

NOT_KEPT = {"cache-control": "no-store"}


class SignedInOnes(Tokens, Protocol):
    """Who knows tokens and sessions."""

    def sessions(self) -> tuple[SignedIn, ...]: ...


def add_monitoring(
    app: FastAPI,
    session: Session,
    traffic: Mapping[str, Traffic],
    access: SignedInOnes | None = None,
) -> None:
    """`traffic` is that of each account, by its name; `access` is None where nobody signs in.
    Nothing is counted in the process: each application has a registry of its own."""
    registry = CollectorRegistry()
    registry.register(FleetCollector(session, traffic, access))

    @app.get("/readyz")
    async def readyz(request: Request) -> JSONResponse:
        """Whether the data is fresh enough to go by; why not is for those who may know it."""
        reason = why_not_ready(session)
        body = {"status": "not ready" if reason else "ready"}
        if reason and (access is None or person_of(request) != NOBODY):
            body["reason"] = reason
        return JSONResponse(body, 503 if reason else 200, NOT_KEPT)

    @app.get("/metrics")
    async def metrics(request: Request) -> Response:
        if access is not None:
            try:
                caller_of(request, access, Scope.METRICS)
            except Refusal as refusal:
                return problem_response(refusal)
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(registry), headers={**NOT_KEPT, "content-type": media_type})


def why_not_ready(session: Session) -> str:
    """One sentence, "" when the last good reading is fresh."""
    store = session.store
    problem = problem_text(store.snapshot)
    if store.snapshot.taken is None:
        return problem or "The fleet has not been read yet."
    age = data_age(store.snapshot, store.now)
    if not age.is_stale:
        return ""
    return f"The data is {age.text}. {problem}".strip()


class FleetCollector(Collector):
    """Reads the newest snapshot when it is scraped. Only actions are counted as they end, because
    snapshots forget the older ones."""

    def __init__(
        self,
        session: Session,
        traffic: Mapping[str, Traffic],
        access: SignedInOnes | None = None,
    ) -> None:
        self._session = session
        self._traffic = traffic
        self._access = access
        self._ended: Counter[tuple[str, str, Phase]] = Counter()
        self._counted: frozenset[tuple[str, int]] = frozenset()
        self._before: Snapshot | None = None
        self.close = session.store.subscribe(self._count)

    def describe(self) -> list[Metric]:
        """None: a registry would collect once, only to learn the names."""
        return []

    def collect(self) -> Iterator[Metric]:
        session, store = self._session, self._session.store
        signed_in = self._access.sessions() if self._access is not None else ()
        families = (
            *program_families(__version__, history_problem=bool(session.history_problem)),
            *fleet_families(session.name, store.snapshot, store.now),
            *action_families(session.profiles, self._ended),
            *session_families(each.role for each in signed_in),
            *traffic_families(self._traffic),
        )
        return map(_metric, families)

    def _count(self, snapshot: Snapshot) -> None:
        before, self._before = self._before, snapshot
        if before is not None and snapshot.operations is before.operations:
            return
        ended = {(each.account, each.id): each for each in snapshot.operations if not each.is_open}
        for key in ended.keys() - self._counted:
            self._ended[ended[key].account, ended[key].action_id, ended[key].phase] += 1
        self._counted = frozenset(ended)


def _metric(family: Family) -> Metric:
    kind = CounterMetricFamily if family.kind == "counter" else GaugeMetricFamily
    metric = kind(family.name, family.help, labels=family.labels)
    for labels, value in family.samples:
        metric.add_metric(labels, value)
    return metric
