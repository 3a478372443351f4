"""The token is asked for as documented, shared, renewed ahead of its end, and after one 401."""

import asyncio
from urllib.parse import parse_qs

import pytest

from console.api.http import httpx
from console.api.models.runners import Command
from console.errors import (
    ApiError,
    ApiFailed,
    ApiNonsense,
    CredentialsMissing,
    RequestRefused,
    SignInRefused,
)
from tests.console.api.wires import HandClock, ScriptedWire, in_turn, listed, opened

RUNNER = {"agentId": "a", "agentStatus": "running"}
OK = listed(RUNNER)
REFUSED = httpx.Response(401, text="expired")


def bearers(wire: ScriptedWire) -> list[str]:
    return [request.headers["authorization"] for request in wire.requests]


async def test_it_is_asked_for_with_a_form_that_names_the_audience() -> None:
    wire = ScriptedWire(in_turn(OK))
    async with opened(wire) as api:
        await api.list_runners()
    (request,) = wire.token_requests
    assert request.method == "POST"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.content.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["demo"],
        "client_secret": ["demo-secret"],
        "audience": ["https://api.matillion.com"],
    }
    assert "authorization" not in request.headers
    assert bearers(wire) == ["Bearer t1"]


async def test_nothing_is_asked_for_before_the_first_call() -> None:
    wire = ScriptedWire(in_turn(OK))
    async with opened(wire):
        pass
    assert not wire.token_requests


async def test_concurrent_calls_share_one_token() -> None:
    wire = ScriptedWire(in_turn(OK))
    async with opened(wire) as api:
        await asyncio.gather(*(api.list_runners() for _ in range(20)))
    assert len(wire.token_requests) == 1
    assert set(bearers(wire)) == {"Bearer t1"}


@pytest.mark.parametrize(
    ("expires_in", "good_until"),
    [(1800, 1679), (300, 179), (60, 29), (None, 1679), ("soon", 1679), (-5, 1679), (True, 1679)],
)
async def test_it_is_renewed_two_minutes_or_half_its_life_ahead(
    expires_in: object, good_until: float
) -> None:
    """What cannot be a life is taken for the documented half hour."""
    clock = HandClock()
    wire = ScriptedWire(in_turn(OK), expires_in=expires_in)
    async with opened(wire, clock) as api:
        for moment in (0, good_until, good_until + 1):
            clock.seconds = moment
            await api.list_runners()
    assert bearers(wire) == ["Bearer t1", "Bearer t1", "Bearer t2"]


@pytest.mark.parametrize("act", ["list", "delete"])
async def test_a_401_renews_the_token_once_and_repeats_the_call_once(act: str) -> None:
    """A write too: what was answered with 401 was not carried out."""
    wire = ScriptedWire(in_turn(REFUSED, OK))
    async with opened(wire) as api:
        await (api.list_runners() if act == "list" else api.delete_runner("a"))
    assert bearers(wire) == ["Bearer t1", "Bearer t2"]


@pytest.mark.parametrize("act", ["list", "delete"])
async def test_a_second_401_is_the_end(act: str) -> None:
    wire = ScriptedWire(in_turn(REFUSED))
    async with opened(wire) as api:
        with pytest.raises(SignInRefused, match="expired"):
            await (api.list_runners() if act == "list" else api.delete_runner("a"))
    assert bearers(wire) == ["Bearer t1", "Bearer t2"]


async def test_calls_refused_together_renew_the_token_once() -> None:
    wire = ScriptedWire(
        lambda request: REFUSED if request.headers["authorization"] == "Bearer t1" else OK
    )
    async with opened(wire) as api:
        await asyncio.gather(*(api.list_runners() for _ in range(8)))
    assert len(wire.token_requests) == 2


@pytest.mark.parametrize("settings", [{"client_id": None}, {"client_secret": None}])
async def test_without_credentials_nothing_is_sent(settings: dict[str, None]) -> None:
    wire = ScriptedWire(in_turn(OK))
    async with opened(wire, **settings) as api:
        with pytest.raises(CredentialsMissing):
            await api.list_runners()
    assert not wire.token_requests
    assert not wire.requests


async def test_the_account_is_named_only_when_it_is_set() -> None:
    wire = ScriptedWire(in_turn(OK))
    async with opened(wire) as api:
        await api.list_runners()
    async with opened(wire, account_id="account-1") as api:
        await api.list_runners()
    named = [request.headers.get("account-id") for request in wire.requests]
    assert named == [None, "account-1"]


class TokenWire(httpx.AsyncBaseTransport):
    """A token address that says what it is told to, in turn."""

    def __init__(self, *answers: httpx.Response) -> None:
        self._answer = in_turn(*answers)
        self.asked = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        answer = self._answer(request)
        assert isinstance(answer, httpx.Response)
        return answer


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="hello"),
        httpx.Response(200, text="[" * 100_000),
        httpx.Response(200, html="<html>sign in here</html>"),
        httpx.Response(200, json=["t1"]),
        httpx.Response(200, json={}),
        httpx.Response(200, json={"access_token": None}),
        httpx.Response(200, json={"access_token": 5}),
        httpx.Response(200, json={"access_token": ""}),
        httpx.Response(200, json={"access_token": " "}),
        httpx.Response(200, json={"access_token": "a\r\nX-Evil: 1"}),
        httpx.Response(200, json={"access_token": "ä"}),
        httpx.Response(302, headers={"location": "https://elsewhere"}),
    ],
)
async def test_an_answer_that_is_no_token_is_nonsense(answer: httpx.Response) -> None:
    async with opened(TokenWire(answer)) as api:
        with pytest.raises(ApiNonsense):
            await api.list_runners()


async def test_refused_credentials_are_not_tried_again_and_said_in_the_words_of_the_server() -> (
    None
):
    wire = TokenWire(
        httpx.Response(
            401, json={"error": "access_denied", "error_description": "Client is locked"}
        )
    )
    async with opened(wire) as api:
        with pytest.raises(SignInRefused) as caught:
            await api.list_runners()
    assert str(caught.value) == "Client is locked"
    assert wire.asked == 1


async def test_a_token_address_that_is_down_for_a_moment_is_asked_again() -> None:
    wire = TokenWire(httpx.Response(503))
    async with opened(wire) as api:
        with pytest.raises(ApiFailed):
            await api.list_runners()
    assert wire.asked == 5


@pytest.mark.parametrize("error", ["invalid_client", "invalid_grant", "unauthorized_client"])
async def test_credentials_refused_with_a_400_are_refused_like_any(error: str) -> None:
    wire = TokenWire(httpx.Response(400, json={"error": error, "error_description": "Unknown id"}))
    async with opened(wire) as api:
        with pytest.raises(SignInRefused) as caught:
            await api.list_runners()
    assert str(caught.value) == "Unknown id"


async def test_another_400_of_the_token_address_is_no_matter_of_credentials() -> None:
    wire = TokenWire(httpx.Response(400, json={"error": "invalid_request"}))
    async with opened(wire) as api:
        with pytest.raises(RequestRefused):
            await api.list_runners()


@pytest.mark.parametrize(
    "answer", [httpx.Response(503), httpx.Response(200, text="hello"), httpx.Response(500)]
)
async def test_a_command_whose_token_failed_has_not_been_sent(answer: httpx.Response) -> None:
    async with opened(TokenWire(answer)) as api:
        with pytest.raises(ApiError) as caught:
            await api.command("a", Command.RESTART)
    assert not caught.value.may_have_arrived
