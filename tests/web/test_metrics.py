"""What a monitoring system reads of the web console, as Prometheus's own parser reads it."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import REGISTRY
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_parser
from prometheus_client.parser import text_string_to_metric_families
from starlette.types import Receive, Scope, Send

from console.access.person import Person
from console.access.roles import Role
from console.access.sessions import SignedIn, Way
from console.access.tokens import Token
from console.api.http import httpx
from console.errors import ApiUnreachable
from console.fleet.snapshot import AccountState, Operation, Phase, Problem, ProblemKind, Snapshot
from console.fleet.store import FleetStore
from console.rules.assessment import assessments
from console.session import Session
from console.traffic import Traffic
from console.view.metrics import fleet_families
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, operation_on, snapshot_of
from tests.web.api.stage import ADA, KnownTokens, token
from web.metrics import FleetCollector, add_monitoring

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


class StillFleet:
    """A fleet that shows what it is given."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.now = NOW
        self._listeners: list[Callable[[Snapshot], None]] = []

    def subscribe(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        for listener in self._listeners:
            listener(snapshot)


def monitored(fleet: object, traffic: dict[str, Traffic] | None = None) -> httpx.AsyncClient:
    app = FastAPI()
    session = Session("eu", fleet, None)  # type: ignore[arg-type]
    add_monitoring(app, session, traffic or {})
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


def guarded(person: Person | None = None, **tokens: Token) -> httpx.AsyncClient:
    """A console with sign-in, whose tokens are known by their secrets, asked by a person."""
    app = FastAPI()
    session = Session("eu", StillFleet(Snapshot()), None)  # type: ignore[arg-type]
    since = SignedIn("7", "ada", Role.ADMIN, "::1", "", Way.PASSWORD, NOW, NOW)

    class Access(KnownTokens):
        def sessions(self) -> tuple[SignedIn, ...]:
            return (since, since, replace(since, role=Role.VIEWER))

    add_monitoring(app, session, {}, Access(**tokens))

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"] = {"person": person} if person else {}
        await app(scope, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url="http://localhost")


async def scraped(fleet: object, traffic: dict[str, Traffic] | None = None) -> Samples:
    async with monitored(fleet, traffic) as client:
        return parsed((await client.get("/metrics")).text)


def parsed(text: str) -> Samples:
    samples: Samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            key = sample.name, frozenset(sample.labels.items())
            assert key not in samples, f"twice: {key}"
            samples[key] = sample.value
    return samples


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[name, frozenset({"account": "eu", **labels}.items())]


def total(samples: Samples, name: str) -> float:
    return sum(value for (each, _), value in samples.items() if each == name)


async def test_runners_are_counted_by_status_track_support_currency_and_connection() -> None:
    snapshot = demo_snapshot()
    samples = await scraped(StillFleet(snapshot))
    assert value(samples, "maia_runners") == 24
    for what in ("status", "track", "support", "currency", "connected"):
        assert total(samples, f"maia_runners_by_{what}") == 24
    assessed = assessments(snapshot, NOW)
    unsupported = sum(each.support == "unsupported" for each in assessed)
    assert value(samples, "maia_runners_by_support", support="unsupported") == unsupported == 2
    behind = sum(each.currency == "behind" for each in assessed)
    assert value(samples, "maia_runners_by_currency", currency="behind") == behind > 0


async def test_a_count_of_none_is_told_and_not_left_out() -> None:
    samples = await scraped(StillFleet(snapshot_of(HEALTHY)))
    assert value(samples, "maia_runners_by_status", status="unknown") == 0
    assert value(samples, "maia_runners_by_status", status="running") == 1


async def test_a_scrape_of_a_fleet_that_was_never_read_has_no_age() -> None:
    samples = await scraped(StillFleet(Snapshot()))
    assert not [name for name, _ in samples if name == "maia_last_good_poll_age_seconds"]
    assert value(samples, "maia_runners") == 0


HOSTILE = ('x"} 1\nmaia_runners{account="eu"', "\u202egnp", "a\\", "\x00", "", "ß" * 9999)


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_word_of_the_api_that_nobody_knows_is_counted_as_other(text: str) -> None:
    odd = replace(HEALTHY, status=text, track=text, api_support=text, connected=None, kind=text)
    samples = await scraped(StillFleet(snapshot_of(odd, HEALTHY)))
    assert value(samples, "maia_runners_by_status", status="other") == 1
    assert value(samples, "maia_runners_by_track", track="other") == 1
    assert value(samples, "maia_runners_by_connected", connected="other") == 1
    assert value(samples, "maia_runners") == 2


@given(st.lists(st.text() | st.none(), max_size=30))
def test_the_labels_are_bounded_whatever_the_api_says(words: list[str | None]) -> None:
    runners = [
        replace(HEALTHY, id=str(n), status=word, track=word, api_support=word)
        for n, word in enumerate(words)
    ]
    usual = fleet_families("eu", snapshot_of(HEALTHY), NOW)
    for family, plain in zip(fleet_families("eu", snapshot_of(*runners), NOW), usual, strict=True):
        labels = [labels for labels, _ in family.samples]
        assert labels == [labels for labels, _ in plain.samples]


async def test_each_of_several_accounts_is_told_apart() -> None:
    fleet = replace(
        snapshot_of(replace(HEALTHY, account="eu"), replace(HEALTHY, id="2", account="us")),
        accounts=(
            AccountState("eu", NOW),
            AccountState("us", NOW - timedelta(seconds=90), trouble()),
        ),
    )
    samples = await scraped(StillFleet(fleet))
    assert value(samples, "maia_runners") == 1
    assert value(samples, "maia_last_good_poll_age_seconds", account="us") == 90
    assert value(samples, "maia_poll_problem", account="us") == 1
    assert value(samples, "maia_poll_problem") == 0


async def test_actions_are_counted_once_as_they_end_although_snapshots_forget_them() -> None:
    fleet = StillFleet(snapshot_of(HEALTHY))
    async with monitored(fleet) as client:

        def show(*operations: Operation) -> None:
            fleet.show(snapshot_of(HEALTHY, operations=operations))

        show(operation_on(HEALTHY))
        assert value(parsed((await client.get("/metrics")).text), "maia_actions_open") == 1
        done = operation_on(HEALTHY, Phase.DONE)
        failed = replace(operation_on(HEALTHY, Phase.FAILED, 2), action_id="no-such-action")
        show(done)
        show(done, failed)
        show(failed)
        samples = parsed((await client.get("/metrics")).text)
    assert value(samples, "maia_actions_total", action="restart", outcome="done") == 1
    assert value(samples, "maia_actions_total", action="other", outcome="failed") == 1
    assert total(samples, "maia_actions_total") == 2
    assert value(samples, "maia_actions_open") == 0


async def test_what_passes_to_the_api_is_counted_with_what_is_left_of_the_budget() -> None:
    traffic = Traffic(300, lambda: 288)
    for _ in range(3):
        traffic.called("GET")
    traffic.failed("throttled")
    samples = await scraped(StillFleet(Snapshot()), {"eu": traffic})
    assert value(samples, "maia_api_requests_total", method="GET") == 3
    assert value(samples, "maia_api_errors_total", fault="throttled") == 1
    assert value(samples, "maia_api_errors_total", fault="failed") == 0
    assert value(samples, "maia_api_requests_left") == 288


async def test_the_actions_of_several_accounts_are_told_for_each_from_the_beginning() -> None:
    accounts = (AccountState("eu", NOW), AccountState("us", NOW))
    fleet = StillFleet(replace(snapshot_of(), accounts=accounts))
    samples = await scraped(fleet)
    for account in ("eu", "us"):
        labels = {"account": account, "action": "restart", "outcome": "failed"}
        assert value(samples, "maia_actions_total", **labels) == 0
    told = {dict(labels).get("account") for _, labels in samples}
    assert told == {"eu", "us", None}


async def test_where_people_sign_in_metrics_take_a_token_with_the_scope_or_a_person() -> None:
    tokens = {
        "meters": token("metrics:read"),
        "reads": token("runners:read"),
        "revoked": replace(token("metrics:read"), is_revoked=True),
        "expired": token("metrics:read", expires_in=timedelta()),
    }
    expected = {"meters": 200, "reads": 403, "revoked": 401, "expired": 401, "unknown": 401}
    async with guarded(**tokens) as client:
        for secret, status in expected.items():
            answer = await client.get("/metrics", headers={"authorization": f"Bearer {secret}"})
            assert answer.status_code == status, secret
            assert ("maia_runners" in answer.text) is (status == 200)
        assert (await client.get("/metrics")).status_code == 401
    async with guarded(ADA) as client:
        assert (await client.get("/metrics")).status_code == 200


async def test_sessions_are_counted_by_role() -> None:
    async with guarded(ADA) as client:
        samples = parsed((await client.get("/metrics")).text)
    counts = {role: samples["maia_sessions", frozenset({("role", role)})] for role in Role}
    assert counts == {"viewer": 1, "helpdesk": 0, "operator": 0, "admin": 2}


async def test_who_is_not_signed_in_learns_that_it_is_not_ready_but_not_why() -> None:
    async with guarded() as stranger, guarded(ADA) as known:
        told, explained = await stranger.get("/readyz"), await known.get("/readyz")
    assert (told.status_code, told.json()) == (503, {"status": "not ready"})
    assert explained.json()["reason"] == "The fleet has not been read yet."


async def test_both_formats_are_spoken_and_names_keep_to_the_conventions() -> None:
    async with monitored(StillFleet(demo_snapshot())) as client:
        plain = await client.get("/metrics")
        openly = await client.get("/metrics", headers={"accept": "application/openmetrics-text"})
    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert plain.headers["cache-control"] == "no-store"
    assert openly.headers["content-type"].startswith("application/openmetrics-text")
    assert len(list(open_parser(openly.text))) == len(parsed_names(plain.text))
    assert 'maia_console_build_info{version="' in plain.text
    for name in parsed_names(plain.text):
        assert re.fullmatch(r"maia_[a-z_]+", name)


def parsed_names(text: str) -> list[str]:
    return [family.name for family in text_string_to_metric_families(text)]


async def test_nothing_of_it_is_in_the_registry_of_the_process() -> None:
    await scraped(StillFleet(demo_snapshot()))
    assert not [family for family in REGISTRY.collect() if family.name.startswith("maia")]


async def test_ten_thousand_runners_are_as_few_samples_as_one_and_are_counted_in_one_pass() -> None:
    few = await scraped(StillFleet(snapshot_of(HEALTHY)))
    crowd = snapshot_of(*(replace(HEALTHY, id=str(number)) for number in range(10_000)))
    assessments(crowd, NOW)
    began = time.process_time()
    many = await scraped(StillFleet(crowd))
    assert time.process_time() - began < 0.5
    assert many.keys() == few.keys()
    assert value(many, "maia_runners_by_status", status="running") == 10_000


def trouble() -> Problem:
    return Problem(ProblemKind.UNREACHABLE, "no answer", NOW, NOW + timedelta(seconds=15))


@pytest.mark.parametrize(
    ("snapshot", "age", "reason"),
    [
        (Snapshot(), 0, "The fleet has not been read yet."),
        (Snapshot(problem=trouble()), 0, "The Maia API cannot be reached (no answer)."),
        (snapshot_of(HEALTHY), 35, ""),
        (snapshot_of(HEALTHY), 36, "The data is 36 s old."),
        (replace(snapshot_of(HEALTHY), problem=trouble()), 30, ""),
        (replace(snapshot_of(HEALTHY), problem=trouble()), 3600, "The data is 1 h old. The Maia"),
    ],
)
async def test_it_is_ready_while_the_last_good_reading_is_fresh_and_says_why_not(
    snapshot: Snapshot, age: float, reason: str
) -> None:
    fleet = StillFleet(snapshot)
    fleet.now = NOW + timedelta(seconds=age)
    async with monitored(fleet) as client:
        answer = await client.get("/readyz")
    assert answer.status_code == (503 if reason else 200)
    assert answer.json().get("reason", "").startswith(reason)
    assert answer.json()["status"] == ("not ready" if reason else "ready")


async def test_a_console_becomes_ready_with_its_first_good_reading() -> None:
    answers: list[object] = [ApiUnreachable("dns", "api.example"), ()]

    async def read() -> tuple[()]:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return ()

    store = FleetStore(read, clock=lambda: NOW)
    async with monitored(store) as client:
        statuses = []
        for _ in range(2):
            await store.refresh()
            statuses.append((await client.get("/readyz")).status_code)
    assert statuses == [503, 200]


async def test_every_metric_is_documented_with_its_labels() -> None:
    page = (Path(__file__).parents[2] / "docs/monitoring.md").read_text("utf-8")
    rows = re.findall(r"^\| `(maia_\w+)` \| (.*?) \|", page, re.MULTILINE)
    documented = {name: set(re.findall(r"\w+", labels)) for name, labels in rows}
    session = Session("eu", StillFleet(demo_snapshot()), None)  # type: ignore[arg-type]
    told = {}
    for family in FleetCollector(session, {"eu": Traffic(1, lambda: 1)}).collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        told[name] = set(family.samples[0].labels)
    assert documented == told
