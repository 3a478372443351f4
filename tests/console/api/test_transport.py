"""Token, budget, retries and errors of a request."""

import asyncio
import logging
import traceback
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest

from console.api.budget import IN_FLIGHT, RequestBudget
from console.api.http import httpx
from console.api.models.runners import Command, RunnerChange
from console.errors import (
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    CredentialsMissing,
    NotFound,
    PermissionDenied,
    RequestRefused,
    SignInRefused,
)
from tests.console.api.wire import CANARY, Wire, api_on, page, record


def always(response: httpx.Response):  # type: ignore[no-untyped-def]
    return lambda request: response


def in_turn(*responses: httpx.Response | Exception):  # type: ignore[no-untyped-def]
    left: Iterator[httpx.Response | Exception] = iter(responses)

    def answer(request: httpx.Request) -> httpx.Response:
        following = next(left)
        if isinstance(following, Exception):
            raise following
        return following

    return answer


async def test_the_token_is_asked_for_form_encoded_with_an_audience() -> None:
    async with api_on(always(page(record(1)))) as (api, wire):
        await api.list_runners()
    asked = wire.requests[0]
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(asked.content.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["demo"],
        "client_secret": [CANARY],
        "audience": ["https://api.matillion.com"],
    }
    assert wire.calls[0].headers["authorization"] == "Bearer token-1"


async def test_concurrent_calls_share_one_token() -> None:
    async with api_on(always(page(record(1)))) as (api, wire):
        await asyncio.gather(*(api.list_runners() for _ in range(20)))
    assert wire.tokens == 1


async def test_the_token_is_renewed_ahead_of_its_end_and_not_before() -> None:
    async with api_on(always(page(record(1)))) as (api, wire):
        await api.list_runners()
        wire.seconds = 1800 - 121
        await api.list_runners()
        assert wire.tokens == 1
        wire.seconds = 1800 - 119
        await api.list_runners()
        assert wire.tokens == 2


async def test_a_401_renews_the_token_once_and_repeats_the_call_once() -> None:
    async with api_on(in_turn(httpx.Response(401), page(record(1)))) as (api, wire):
        assert len(await api.list_runners()) == 1
    assert wire.tokens == 2
    async with api_on(always(httpx.Response(401, text="no"))) as (api, wire):
        with pytest.raises(SignInRefused):
            await api.list_runners()
    assert (len(wire.calls), wire.tokens) == (2, 2)


async def test_nothing_is_sent_without_credentials() -> None:
    async with api_on(always(page()), client_secret=None) as (api, wire):
        with pytest.raises(CredentialsMissing):
            await api.list_runners()
    assert wire.requests == []


@pytest.mark.parametrize(
    "fault",
    [
        httpx.Response(429, headers={"retry-after": "2"}),
        httpx.Response(502, text="<html>bad gateway</html>"),
        httpx.Response(503),
        httpx.Response(504),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("dropped"),
        httpx.ConnectError("refused"),
    ],
    ids=repr,
)
async def test_a_read_is_tried_again_after_a_passing_fault(fault: Any) -> None:
    async with api_on(in_turn(fault, page(record(1)))) as (api, wire):
        assert len(await api.list_runners()) == 1
    assert len(wire.waits) == 1


async def test_a_read_is_tried_five_times_and_no_more() -> None:
    async with api_on(always(httpx.Response(503))) as (api, wire):
        with pytest.raises(ApiFailed):
            await api.list_runners()
    assert len(wire.calls) == 5


async def test_a_fault_of_the_api_s_own_is_not_tried_again() -> None:
    async with api_on(always(httpx.Response(500))) as (api, wire):
        with pytest.raises(ApiFailed):
            await api.list_runners()
    assert len(wire.calls) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        (
            {
                "retry-after": "Tue, 24 Nov 2026 10:00:09 GMT",
                "date": "Tue, 24 Nov 2026 10:00:00 GMT",
            },
            9,
        ),
        ({"retry-after": "100000"}, 60),
    ],
)
async def test_retry_after_is_obeyed_in_seconds_and_as_a_date(
    headers: dict[str, str], seconds: float
) -> None:
    async with api_on(in_turn(httpx.Response(429, headers=headers), page(record(1)))) as (
        api,
        wire,
    ):
        await api.list_runners()
    assert wire.waits == [seconds]


@pytest.mark.parametrize(
    "fault",
    [httpx.Response(503), httpx.Response(429), httpx.ReadTimeout("slow"), httpx.WriteError("cut")],
    ids=repr,
)
@pytest.mark.parametrize("what", ["command", "update", "delete", "refresh"])
async def test_a_write_is_never_repeated(what: str, fault: Any) -> None:
    async with api_on(in_turn(fault)) as (api, wire):
        calls = {
            "command": lambda: api.command("id", Command.RESTART),
            "update": lambda: api.update_runner("id", RunnerChange(auto_updates=True)),
            "delete": lambda: api.delete_runner("id"),
            "refresh": lambda: api.refresh_credentials("id"),
        }
        with pytest.raises(ConsoleError):
            await calls[what]()
    assert len(wire.calls) == 1


async def test_a_lost_answer_to_a_command_may_have_arrived_and_a_refused_connection_not() -> None:
    for fault, arrived in ((httpx.ReadTimeout("slow"), True), (httpx.ConnectError("no"), False)):
        async with api_on(in_turn(fault)) as (api, _):
            with pytest.raises(ApiUnreachable) as caught:
                await api.command("id", Command.RESTART)
        assert caught.value.may_have_arrived is arrived


PROBLEM = {"type": "x", "title": "Bad Request", "status": 400, "detail": "No such\x1b[31m track."}


@pytest.mark.parametrize(
    ("response", "kind", "text"),
    [
        (httpx.Response(400, json=PROBLEM), RequestRefused, "No such"),
        (
            httpx.Response(400, json={**PROBLEM, "violations": ["name: too long"]}),
            RequestRefused,
            "name: too long",
        ),
        (httpx.Response(404, json=PROBLEM), NotFound, "404"),
        (httpx.Response(403, text="IP not allowed for any organization"), PermissionDenied, "IP"),
        (httpx.Response(401, text="nope"), SignInRefused, "nope"),
        (httpx.Response(200, html="<html>sign in</html>"), ApiNonsense, "web page"),
        (httpx.Response(200, text="{broken"), ApiNonsense, "broken JSON"),
        (httpx.Response(200, json=["no", "page"]), ApiNonsense, ""),
        (httpx.Response(302, headers={"location": "http://x"}), ApiNonsense, "redirect"),
        (httpx.Response(418, text="x" * 5000), RequestRefused, "…"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_each_wrong_answer_is_its_own_error(
    response: httpx.Response, kind: type[ConsoleError], text: str
) -> None:
    async with api_on(always(response)) as (api, _):
        with pytest.raises(kind) as caught:
            await api.list_runners()
    assert text in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 500


async def test_an_address_that_is_not_allowed_is_told_apart() -> None:
    answer = always(httpx.Response(403, text="IP not allowed for any organization"))
    async with api_on(answer) as (api, _):
        with pytest.raises(PermissionDenied) as caught:
            await api.list_runners()
    assert caught.value.address_not_allowed


async def test_a_429_that_stays_says_how_long_to_wait() -> None:
    async with api_on(always(httpx.Response(429, headers={"retry-after": "3"}))) as (api, _):
        with pytest.raises(ApiThrottled) as caught:
            await api.list_runners()
    assert caught.value.retry_after == 3


async def test_no_more_requests_start_in_a_minute_than_the_budget_allows() -> None:
    wire = Wire(always(page()))
    budget = RequestBudget(10, clock=wire.clock, sleep=wire.sleep)
    starts = []
    for _ in range(35):
        async with budget.place():
            starts.append(wire.seconds)
        wire.seconds += 0.5
    assert all(starts[n + 10] - starts[n] >= 60 for n in range(25))


async def test_at_most_eight_requests_are_in_flight() -> None:
    flying = most = 0

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal flying, most
        if request.url.path == "/token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 1800})
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        flying -= 1
        return page(record(1))

    from console.api.client import open_api
    from tests.console.api.wire import profile

    async with open_api(profile(), http_transport=httpx.MockTransport(answer)) as api:
        await asyncio.gather(*(api.list_runners() for _ in range(40)))
    assert most == IN_FLIGHT


@pytest.mark.parametrize(
    "fault",
    [
        httpx.Response(401, text=f"bad {CANARY[:0]}"),
        httpx.Response(400, json={"detail": "no"}),
        httpx.Response(200, text="{broken"),
        httpx.ReadTimeout("slow"),
        httpx.ConnectError("refused"),
    ],
    ids=repr,
)
async def test_no_secret_is_in_any_error_log_or_repr(
    fault: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = always(fault) if isinstance(fault, httpx.Response) else in_turn(*[fault] * 9)
    async with api_on(answer) as (api, _):
        with pytest.raises(ConsoleError) as caught:
            await api.list_runners()
    told = [str(caught.value), repr(caught.value), caplog.text, repr(api)]
    told += traceback.format_exception(caught.value)
    assert not any(secret in text for text in told for secret in (CANARY, "token-1"))
