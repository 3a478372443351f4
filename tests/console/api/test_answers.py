"""Every kind of wrong answer is an error of its own, in the server's words where it has any."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.api.answers import EXCERPT, error_for
from console.api.client import RunnerApi
from console.api.http import httpx
from console.api.models.runners import Command, RunnerChange
from console.errors import (
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ConsoleError,
    NotFound,
    PermissionDenied,
    RequestRefused,
    SignInRefused,
)
from tests.console.api.wires import ScriptedWire, in_turn, opened, problem

VARIANT_A = {
    "type": "https://api.matillion.com/problems/bad-request",
    "title": "Bad Request",
    "status": 400,
    "detail": "Failed to read request. Please check your request body.",
    "instance": "/v1/agents/{agentId}",
}
VARIANT_B = {**VARIANT_A, "title": "Bad request", "violations": ["projectId: must be a UUID"]}
GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head></html>"
ADDRESS_REFUSED = "IP not allowed for any organization"


async def error_of(response: httpx.Response) -> ConsoleError:
    """What a command gets for this answer, twice if it is asked twice."""
    async with opened(ScriptedWire(in_turn(response))) as api:
        with pytest.raises(ConsoleError) as caught:
            await api.command("a", Command.RESTART)
    return caught.value


async def test_a_problem_document_is_quoted() -> None:
    error = await error_of(problem(400, **VARIANT_A))
    assert type(error) is RequestRefused
    assert (error.status, error.title, error.detail, error.violations) == (
        400,
        "Bad Request",
        VARIANT_A["detail"],
        (),
    )
    assert str(error) == f"HTTP 400: {VARIANT_A['detail']}"


async def test_a_problem_document_with_violations_is_quoted_with_them() -> None:
    error = await error_of(problem(400, **VARIANT_B))
    assert isinstance(error, RequestRefused)
    assert error.violations == ("projectId: must be a UUID",)
    assert str(error) == f"HTTP 400: {VARIANT_A['detail']}; projectId: must be a UUID"


@pytest.mark.parametrize(
    ("members", "text"),
    [
        ({"title": "Conflict"}, "HTTP 409: Conflict"),
        (
            {"title": None, "detail": 5, "violations": "no"},
            'HTTP 409: {"title": null, "detail": 5, "violations": "no"}',
        ),
        ({"detail": "", "title": "Conflict"}, "HTTP 409: Conflict"),
        ({"violations": [{"field": "x"}, None]}, "HTTP 409: {'field': 'x'}; None"),
        ({"detail": "\x1b[31mred\r\n\u202etxet"}, "HTTP 409: [31mred txet"),
        ({"detail": "left \ud800 right"}, "HTTP 409: left   right"),
    ],
)
async def test_a_problem_document_is_read_tolerantly_and_made_harmless(
    members: dict[str, object], text: str
) -> None:
    assert str(await error_of(problem(409, **members))) == text


@pytest.mark.parametrize(
    ("response", "kind", "text"),
    [
        (httpx.Response(401, text="Unauthorized"), SignInRefused, "Unauthorized"),
        (httpx.Response(401), SignInRefused, "HTTP 401"),
        (problem(401, detail="The token is expired."), SignInRefused, "The token is expired."),
        (httpx.Response(403, text="Forbidden"), PermissionDenied, "Forbidden"),
        (httpx.Response(403), PermissionDenied, "HTTP 403"),
        (httpx.Response(403, html=GATEWAY_PAGE), PermissionDenied, "HTTP 403"),
        (problem(404, title="Not Found"), NotFound, "HTTP 404: Not Found"),
        (httpx.Response(404), NotFound, "HTTP 404"),
        (httpx.Response(404, html="<html>"), ApiNonsense, "HTTP 404 with a web page"),
        (httpx.Response(409, text="busy"), RequestRefused, "HTTP 409: busy"),
        (httpx.Response(418), RequestRefused, "HTTP 418"),
        (httpx.Response(429), ApiThrottled, "too many requests"),
        (httpx.Response(500), ApiFailed, "HTTP 500"),
        (httpx.Response(502, html=GATEWAY_PAGE), ApiFailed, "HTTP 502"),
        (httpx.Response(502, text=GATEWAY_PAGE), ApiFailed, "HTTP 502"),
        (problem(503, detail="Down."), ApiFailed, "HTTP 503: Down."),
        (httpx.Response(200, html=GATEWAY_PAGE), ApiNonsense, "a web page instead of data"),
        (httpx.Response(200, text=" <!DOCTYPE html>"), ApiNonsense, "a web page instead of data"),
        (httpx.Response(302, headers={"location": "/"}), ApiNonsense, "HTTP 302, a redirect"),
        (httpx.Response(304), ApiNonsense, "HTTP 304, a redirect"),
    ],
)
async def test_each_answer_is_its_own_error(
    response: httpx.Response, kind: type[ConsoleError], text: str
) -> None:
    error = await error_of(response)
    assert type(error) is kind
    assert str(error).startswith(text)


@pytest.mark.parametrize("status", [502, 200])
async def test_a_gateways_page_is_never_quoted(status: int) -> None:
    assert "<" not in str(await error_of(httpx.Response(status, html=GATEWAY_PAGE)))


@pytest.mark.parametrize(
    ("response", "is_trap"),
    [
        (httpx.Response(403, text=ADDRESS_REFUSED), True),
        (httpx.Response(403, text=f"{ADDRESS_REFUSED.upper()}\n"), True),
        (problem(403, detail=ADDRESS_REFUSED), True),
        (httpx.Response(403, text="Forbidden"), False),
        (problem(403, detail="Your role does not allow this."), False),
    ],
)
async def test_an_address_that_is_not_allowed_is_told_from_a_role_that_is_too_low(
    response: httpx.Response, is_trap: bool
) -> None:
    error = await error_of(response)
    assert isinstance(error, PermissionDenied)
    assert error.address_not_allowed is is_trap


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", "5", '"text"', "{}", '{"results": 5}', "\x00", "[" * 100_000]
)
async def test_a_list_that_is_none_is_nonsense(body: str) -> None:
    async with opened(ScriptedWire(in_turn(httpx.Response(200, text=body)))) as api:
        with pytest.raises(ApiNonsense):
            await api.list_runners()


async def test_bytes_that_are_no_text_are_nonsense() -> None:
    async with opened(ScriptedWire(in_turn(httpx.Response(200, content=b"\xff{}")))) as api:
        with pytest.raises(ApiNonsense):
            await api.runner("a")


@pytest.mark.parametrize(
    "write",
    [
        lambda api: api.command("a", Command.PAUSE),
        lambda api: api.update_runner("a", RunnerChange(name="b")),
        lambda api: api.delete_runner("a"),
        lambda api: api.remove_from_allow_list("a", "p"),
    ],
)
@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(202),
        httpx.Response(200, text="Agent command received successfully"),
        httpx.Response(204),
        httpx.Response(201, json={}),
    ],
)
async def test_any_success_is_one_and_its_body_is_not_looked_at(
    write: Callable[[RunnerApi], Awaitable[None]], answer: httpx.Response
) -> None:
    async with opened(ScriptedWire(in_turn(answer))) as api:
        await write(api)


async def test_an_answer_that_needs_a_body_and_has_none_is_nonsense_that_may_have_arrived() -> None:
    async with opened(ScriptedWire(in_turn(httpx.Response(202)))) as api:
        with pytest.raises(ApiNonsense) as caught:
            await api.refresh_credentials("a")
    assert caught.value.may_have_arrived


async def test_an_answer_packed_wrongly_is_an_error_of_ours() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(
            200,
            headers={"content-encoding": "gzip"},
            stream=httpx.ByteStream(b"not gzip"),
        )

    async with opened(ScriptedWire(answer)) as api:
        with pytest.raises(ConsoleError):
            await api.list_runners()


async def test_a_long_answer_is_cut() -> None:
    error = await error_of(httpx.Response(400, text="x" * 100_000))
    assert len(str(error)) <= EXCERPT + len("HTTP 400: ")
    assert str(error).endswith("…")


@given(
    status=st.integers(300, 599),
    content=st.binary(max_size=300) | st.text(max_size=100).map(str.encode),
    kind=st.sampled_from(["application/json", "application/problem+json", "text/html", "x", ""]),
)
def test_whatever_is_answered_becomes_an_error_of_one_printable_line(
    status: int, content: bytes, kind: str
) -> None:
    error = error_for(httpx.Response(status, content=content, headers={"content-type": kind}))
    assert isinstance(error, ConsoleError)
    text = str(error)
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text
    text.encode("utf-8")
