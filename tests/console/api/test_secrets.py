"""No secret is in any text that a failure leaves behind: error, repr, log or traceback."""

import asyncio
import io
import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator
from urllib.parse import quote_plus

import pytest
from pydantic import SecretStr

from console.api.client import RunnerApi, open_api
from console.api.http import httpx
from console.api.models.runners import Command
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from console.errors import ConsoleError
from console.settings import Profile
from tests.console.api.wires import HandClock, ScriptedWire, in_turn, opened, problem, profile

CANARY = "canary+secret/7Qe9"
TOKEN = "canary-token-4Xz1"
RUNNER_SECRET = "canary-runner-2Lm8"
SECRETS = (CANARY, quote_plus(CANARY), TOKEN, RUNNER_SECRET)
ECHO = f"Denied: client_secret={CANARY} ({quote_plus(CANARY)}) Authorization: Bearer {TOKEN}"

FAILURES: dict[str, httpx.Response | Exception] = {
    "401": httpx.Response(401, text=ECHO),
    "403": problem(403, detail=ECHO),
    "400": problem(400, title=ECHO, detail=ECHO, violations=[ECHO]),
    "404": problem(404, detail=ECHO),
    "cut in the middle": httpx.Response(400, text="x" * 190 + ECHO),
    "429": httpx.Response(429, text=ECHO),
    "500": httpx.Response(500, text=ECHO),
    "503": httpx.Response(503, text=ECHO),
    "web page": httpx.Response(200, html=f"<html>{ECHO}"),
    "broken JSON": httpx.Response(200, text=ECHO),
    "another shape": httpx.Response(200, json={"clientId": [ECHO], "results": ECHO, ECHO: 1}),
    "redirect": httpx.Response(302, headers={"location": f"/?{ECHO}"}),
    "time-out": httpx.ReadTimeout(ECHO),
    "dropped": httpx.RemoteProtocolError(ECHO),
    "refused": httpx.ConnectError(ECHO),
    "tls": httpx.ConnectError(f"[SSL: CERTIFICATE_VERIFY_FAILED] {ECHO}"),
    "proxy": httpx.ProxyError(ECHO),
}
CALLS: dict[str, Callable[[RunnerApi], Awaitable[object]]] = {
    "list": lambda api: api.list_runners(),
    "command": lambda api: api.command("a", Command.RESTART),
    "credentials": lambda api: api.credentials("a"),
    "refresh": lambda api: api.refresh_credentials("a"),
}


class Overheard:
    """Everything logged at any level by anybody, formatted with its traceback."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)

    def text(self) -> str:
        return self._stream.getvalue()


@pytest.fixture
def overheard() -> Iterator[Overheard]:
    heard = Overheard()
    root = logging.getLogger()
    level = root.level
    root.addHandler(heard.handler)
    root.setLevel(logging.DEBUG)
    yield heard
    root.setLevel(level)
    root.removeHandler(heard.handler)


class LeakyWire(httpx.AsyncBaseTransport):
    """Gives out a token that can be recognised; `at_token` makes the token address fail."""

    def __init__(self, failure: httpx.Response | Exception, *, at_token: bool) -> None:
        self._failure = in_turn(failure)
        self._at_token = at_token

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token") and not self._at_token:
            return httpx.Response(200, json={"access_token": TOKEN, "expires_in": 1800})
        answer = self._failure(request)
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, httpx.Response)
        return answer


@pytest.mark.parametrize("at_token", [False, True], ids=["at the API", "at the token address"])
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_leaves_no_secret_behind_even_where_the_server_repeats_it(
    failure: str, call: str, at_token: bool, overheard: Overheard
) -> None:
    if call == "command" and not at_token and failure in ("broken JSON", "another shape"):
        return  # the body of an accepted command is not looked at
    secrets = [each for each in SECRETS if each != TOKEN or not at_token]
    wire = LeakyWire(FAILURES[failure], at_token=at_token)
    try:
        async with opened(wire, client_secret=CANARY) as api:
            await CALLS[call](api)
    except ConsoleError as error:
        logging.getLogger("console").exception("failed", exc_info=error)
        texts = [str(error), repr(error), *traceback.format_exception(error), overheard.text()]
        texts += [str(vars(error)), repr(api), repr(api.budget)]
        assert not [text for text in texts if any(secret in text for secret in secrets)]
    else:
        pytest.fail("this was to fail")


async def test_a_secret_of_a_runner_is_hidden_in_what_it_comes_in() -> None:
    answer = httpx.Response(200, json={"clientId": "c", "clientSecret": RUNNER_SECRET})
    async with opened(ScriptedWire(in_turn(answer))) as api:
        credentials = await api.credentials("a")
    assert RUNNER_SECRET not in f"{credentials} {credentials!r} {credentials.model_dump_json()}"
    assert credentials.client_secret.get_secret_value() == RUNNER_SECRET


@pytest.mark.parametrize(
    "body",
    [
        {"clientId": None, "clientSecret": RUNNER_SECRET},
        {"clientId": "c", "clientSecret": [RUNNER_SECRET]},
        {"clientId": "c", "clientSecret": {"value": RUNNER_SECRET}},
        [RUNNER_SECRET],
    ],
)
async def test_credentials_of_another_shape_are_not_quoted(body: object) -> None:
    async with opened(ScriptedWire(in_turn(httpx.Response(200, json=body)))) as api:
        with pytest.raises(ConsoleError) as caught:
            await api.credentials("a")
    assert RUNNER_SECRET not in "".join(traceback.format_exception(caught.value))


async def test_a_token_that_cannot_be_sent_is_not_quoted(overheard: Overheard) -> None:
    """A token with a line break in it would be refused below us, with its text."""
    answer = httpx.Response(200, json={"access_token": f"{TOKEN}\n", "expires_in": 60})
    async with opened(LeakyWire(answer, at_token=True)) as api:
        with pytest.raises(ConsoleError) as caught:
            await api.list_runners()
    told = "".join(traceback.format_exception(caught.value)) + overheard.text()
    assert TOKEN not in told


def test_a_profile_hides_its_secret_and_the_password_of_its_proxy() -> None:
    made = profile(client_secret=CANARY, proxy=f"http://me:{TOKEN}@proxy:8080")
    texts = f"{made} {made!r} {made.model_dump()!r}"
    assert isinstance(made.client_secret, SecretStr)
    assert CANARY not in texts
    assert CANARY not in made.model_dump_json()
    assert TOKEN not in f"{made} {made!r}"


@pytest.mark.parametrize("secret", ["demo-secret", CANARY], ids=["signed in", "refused"])
def test_over_real_http_nothing_below_us_logs_a_secret(secret: str, overheard: Overheard) -> None:
    world = World(3)
    app = build_app(world)

    async def look(url: str) -> list[str]:
        clock = HandClock()
        made: Profile = profile(
            client_secret=secret, api_url=f"{url}/dpc", token_url=f"{url}/oauth/dpc/token"
        )
        async with open_api(made, sleep=clock.sleep) as api:
            try:
                (runner, *_) = await api.list_runners()
                handed_out = await api.credentials(runner.id)
                await api.runner("nobody")
            except ConsoleError as error:
                logging.getLogger("console").exception("failed", exc_info=error)
                if secret == CANARY:
                    return []
                return [handed_out.client_secret.get_secret_value()]
        raise AssertionError("the last call fails")

    with serve(app) as url:
        handed_out = asyncio.run(look(url))
    given = list(app.state.tokens._expiries)
    assert "HTTP" in overheard.text()
    assert not [each for each in (secret, *handed_out, *given) if each in overheard.text()]
