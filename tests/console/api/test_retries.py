"""Reads are tried five times while a fault looks passing; writes are sent once, come what may."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.api.answers import retry_after
from console.api.client import RunnerApi
from console.api.http import httpx
from console.api.models.runners import Command, NewRunner, RunnerChange
from console.api.models.usage import AllowList
from console.errors import (
    ApiFailed,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    NotFound,
    Unreachability,
)
from tests.console.api.wires import (
    NOON,
    Answer,
    HandClock,
    ScriptedWire,
    in_turn,
    listed,
    opened,
    problem,
)

OK = listed({"agentId": "a", "agentStatus": "running"})
PASSING: dict[str, Answer] = {
    "429": httpx.Response(429),
    "502": httpx.Response(502, html="<html>Bad Gateway</html>"),
    "503": problem(503, detail="The service is not available."),
    "504": httpx.Response(504),
    "read time-out": httpx.ReadTimeout("silence"),
    "write time-out": httpx.WriteTimeout("stuck"),
    "connect time-out": httpx.ConnectTimeout("no answer"),
    "refused connection": httpx.ConnectError("All connection attempts failed"),
    "dropped while reading": httpx.ReadError("cut"),
    "dropped before an answer": httpx.RemoteProtocolError("Server disconnected"),
}
LASTING: dict[str, Answer] = {
    "400": problem(400, detail="no"),
    "403": httpx.Response(403),
    "404": problem(404),
    "500": httpx.Response(500),
    "501": httpx.Response(501),
    "redirect": httpx.Response(307, headers={"location": "/"}),
    "web page": httpx.Response(200, html="<html>"),
    "broken JSON": httpx.Response(200, text="{"),
    "unknown host": httpx.ConnectError("[Errno -2] Name or service not known"),
    "untrusted host": httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"),
    "proxy": httpx.ProxyError("407 Proxy Authentication Required"),
}
WRITES: dict[str, Callable[[RunnerApi], Awaitable[object]]] = {
    "restart": lambda api: api.command("a", Command.RESTART),
    "pause": lambda api: api.command("a", Command.PAUSE),
    "resume": lambda api: api.command("a", Command.RESUME),
    "update": lambda api: api.update_runner("a", RunnerChange(auto_updates=True)),
    "delete": lambda api: api.delete_runner("a"),
    "refresh": lambda api: api.refresh_credentials("a"),
    "create": lambda api: api.create_runner(
        NewRunner(name="a", agent_type="streaming", cloud_provider="aws", deployment="eks")
    ),
    "set the allow list": lambda api: api.set_allow_list("a", AllowList()),
    "add to the allow list": lambda api: api.add_to_allow_list("a", AllowList()),
    "remove from the allow list": lambda api: api.remove_from_allow_list("a", "p"),
}


@pytest.mark.parametrize("fault", PASSING)
async def test_a_read_that_fails_four_times_succeeds_the_fifth(fault: str) -> None:
    clock = HandClock()
    wire = ScriptedWire(in_turn(*[PASSING[fault]] * 4, OK))
    async with opened(wire, clock) as api:
        assert [runner.id for runner in await api.list_runners()] == ["a"]
    assert len(wire.requests) == 5
    assert len(clock.slept) == 4


@pytest.mark.parametrize("fault", PASSING)
async def test_the_fifth_failure_is_told(fault: str) -> None:
    wire = ScriptedWire(in_turn(PASSING[fault]))
    async with opened(wire) as api:
        with pytest.raises((ApiThrottled, ApiFailed, ApiUnreachable)):
            await api.list_runners()
    assert len(wire.requests) == 5


@pytest.mark.parametrize("fault", LASTING)
async def test_what_will_not_pass_is_told_at_once(fault: str) -> None:
    wire = ScriptedWire(in_turn(LASTING[fault], OK))
    async with opened(wire) as api:
        with pytest.raises(ConsoleError):
            await api.list_runners()
    assert len(wire.requests) == 1


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("write", WRITES)
async def test_a_write_is_never_repeated(write: str, fault: str) -> None:
    wire = ScriptedWire(in_turn(PASSING[fault], httpx.Response(202)))
    async with opened(wire) as api:
        with pytest.raises(ConsoleError):
            await WRITES[write](api)
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    ("fault", "may_have_arrived"),
    [
        ("429", False),
        ("502", True),
        ("503", True),
        ("read time-out", True),
        ("connect time-out", False),
        ("refused connection", False),
        ("dropped while reading", True),
        ("dropped before an answer", True),
    ],
)
async def test_a_failed_write_says_whether_it_may_have_been_carried_out(
    fault: str, may_have_arrived: bool
) -> None:
    async with opened(ScriptedWire(in_turn(PASSING[fault]))) as api:
        with pytest.raises(ConsoleError) as caught:
            await api.command("a", Command.RESTART)
    assert caught.value.may_have_arrived is may_have_arrived


@pytest.mark.parametrize("wait", [0, 1, 7, 60])
async def test_retry_after_in_seconds_is_obeyed(wait: int) -> None:
    clock = HandClock()
    throttled = httpx.Response(429, headers={"retry-after": str(wait)})
    async with opened(ScriptedWire(in_turn(throttled, OK)), clock) as api:
        await api.list_runners()
    assert clock.slept == [wait]


async def test_retry_after_as_a_date_is_counted_from_the_servers_own_clock() -> None:
    clock = HandClock()
    throttled = httpx.Response(
        429,
        headers={
            "date": format_datetime(NOON, usegmt=True),
            "retry-after": format_datetime(NOON + timedelta(seconds=12), usegmt=True),
        },
    )
    async with opened(ScriptedWire(in_turn(throttled, OK)), clock) as api:
        await api.list_runners()
    assert clock.slept == [12]


async def test_a_server_that_asks_for_an_hour_is_asked_again_after_a_minute() -> None:
    clock = HandClock()
    throttled = httpx.Response(429, headers={"retry-after": "3600"})
    async with opened(ScriptedWire(in_turn(throttled, OK)), clock) as api:
        await api.list_runners()
    assert clock.slept == [60]


async def test_throttled_to_the_end_says_what_the_server_asked_for() -> None:
    throttled = httpx.Response(429, headers={"retry-after": "9"})
    async with opened(ScriptedWire(in_turn(throttled))) as api:
        with pytest.raises(ApiThrottled) as caught:
            await api.list_runners()
    assert caught.value.retry_after == 9


async def test_waits_grow_and_stay_bearable() -> None:
    clock = HandClock()
    async with opened(ScriptedWire(in_turn(httpx.Response(503))), clock) as api:
        with pytest.raises(ApiFailed):
            await api.list_runners()
    assert [round(wait - 0.5, 9) >= 0 for wait in clock.slept] == [True] * 4
    assert clock.slept[0] < clock.slept[3]
    assert sum(clock.slept) < 15


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"retry-after": ""},
        {"retry-after": "soon"},
        {"retry-after": "-1"},
        {"retry-after": "1.5"},
        {"retry-after": "Wed, 99 Oct 2026 12:00:00 GMT"},
    ],
)
def test_a_retry_after_that_cannot_be_read_is_as_good_as_none(headers: dict[str, str]) -> None:
    assert retry_after(httpx.Response(429, headers=headers)) is None


LATER = "Wed, 07 Oct 2026 12:00:12 GMT"


@pytest.mark.parametrize("date", ["", "today", "Wed, 07 Oct 2026 12:00:00 -0000", "\u00e4"])
def test_a_strange_date_header_does_not_break_a_wait(date: str) -> None:
    headers = [(b"retry-after", LATER.encode()), (b"date", date.encode())]
    assert retry_after(httpx.Response(429, headers=headers)) is not None


@given(value=st.text(), date=st.text())
def test_whatever_the_headers_say_the_wait_is_none_or_a_span(value: str, date: str) -> None:
    headers = [(b"retry-after", value.encode()), (b"date", date.encode())]
    wait = retry_after(httpx.Response(429, headers=headers))
    assert wait is None or wait >= 0


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), "dns"),
        (httpx.ConnectError("getaddrinfo failed"), "dns"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"), "tls"),
        (httpx.ProxyError("407 Proxy Authentication Required"), "proxy"),
        (httpx.ConnectError("All connection attempts failed"), "connect"),
        (httpx.ConnectTimeout(""), "connect"),
        (httpx.ReadTimeout(""), "timeout"),
        (httpx.WriteTimeout(""), "timeout"),
        (httpx.ReadError(""), "dropped"),
        (httpx.WriteError(""), "dropped"),
        (httpx.RemoteProtocolError(""), "dropped"),
    ],
)
async def test_each_way_of_not_reaching_the_api_has_its_kind(
    error: httpx.HTTPError, kind: Unreachability
) -> None:
    async with opened(ScriptedWire(in_turn(error))) as api:
        with pytest.raises(ApiUnreachable) as caught:
            await api.list_runners()
    assert (caught.value.kind, caught.value.host) == (kind, "localhost")
    assert "localhost" in str(caught.value)


async def test_a_runner_that_does_not_exist_is_not_found() -> None:
    async with opened(ScriptedWire(in_turn(problem(404, title="Not Found")))) as api:
        with pytest.raises(NotFound, match="404: Not Found"):
            await api.runner("a")
