"""The client over real HTTP on loopback: tolerant reading, dropped connections, time-outs."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from console.api.client import RunnerApi, open_api
from console.api.models.runners import Command, RunnerRecord
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from console.errors import ApiFailed, ApiNonsense, ApiUnreachable, ConsoleError, SettingError
from console.fleet.reading import runner_from
from tests.console.api.wires import TOKEN_PATH, HandClock, profile

ODD_FLEET: tuple[dict[str, object], ...] = (
    {"agentId": "1", "name": "shouting", "agentStatus": "RUNNING", "cloudProvider": "AWS"},
    {"agentId": "2", "name": "unheard of", "agentStatus": "rebooting", "agentType": "quantum"},
    {"agentId": "3", "name": "no version", "agentStatus": "pending", "versionDetails": None},
    {"agentId": "4", "agentStatus": "stopped", "name": None, "description": None},
    {"agentId": "5", "name": 5, "agentStatus": "running", "connected": "true", "new": {"a": [1]}},
    {
        "agentId": "6",
        "name": "odd",
        "agentStatus": "paused",
        "pausedUntil": "later",
        "connected": 9,
    },
    {"agentId": "7", "name": "name only"},
)


class OddApi:
    """An API of its own mind; `answers` are given to calls in turn, and the last one for ever."""

    def __init__(self, *answers: Response) -> None:
        self._answers = list(answers)
        self.calls = 0

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route(TOKEN_PATH, self._token, methods=["POST"]),
                Route("/dpc/v1/agents/{agent_id}", self._one),
                Route("/dpc/{rest:path}", self._call, methods=["GET", "POST"]),
            ]
        )

    async def _token(self, request: Request) -> Response:
        return JSONResponse({"access_token": "t", "expires_in": 1800})

    async def _one(self, request: Request) -> Response:
        wanted = request.path_params["agent_id"]
        return JSONResponse(next(one for one in ODD_FLEET if one["agentId"] == wanted))

    async def _call(self, request: Request) -> Response:
        self.calls += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


async def listed(url: str, **settings: object) -> tuple[RunnerRecord, ...]:
    clock = HandClock()
    made = profile(api_url=f"{url}/dpc", token_url=f"{url}{TOKEN_PATH}", **settings)
    async with open_api(made, sleep=clock.sleep) as api:
        return await api.list_runners()


def test_the_whole_fleet_is_read_and_a_command_carried_out() -> None:
    world = World(230, pace=0)

    async def act(url: str) -> tuple[int, str | None]:
        made = profile(api_url=f"{url}/dpc", token_url=f"{url}{TOKEN_PATH}")
        async with open_api(made) as api:
            runners = await api.list_runners()
            await api.command(world.named("prod-eu-fargate").id, Command.PAUSE)
            return len(runners), await paused(api)

    async def paused(api: RunnerApi) -> str | None:
        return (await api.runner(world.named("prod-eu-fargate").id)).agent_status

    with serve(build_app(world)) as url:
        assert asyncio.run(act(url)) == (230, "paused")


def test_a_fleet_of_odd_records_is_read_whole() -> None:
    api = OddApi(JSONResponse({"results": list(ODD_FLEET), "page": 0, "size": 0, "total": 0}))
    with serve(api.app()) as url:
        runners = [runner_from(record) for record in asyncio.run(listed(url))]
    assert [(one.name, one.status) for one in runners] == [
        ("shouting", "running"),
        ("unheard of", "rebooting"),
        ("no version", "pending"),
        ("4", "stopped"),
        ("5", "running"),
        ("odd", "paused"),
        ("name only", None),
    ]
    assert (runners[0].provider, runners[1].kind, runners[4].connected) == ("aws", "quantum", True)
    assert (runners[5].paused_until, runners[5].connected) == (None, None)


def test_a_flaky_service_is_read_in_the_end() -> None:
    """Connections cut in the middle of an answer, 503 and a gateway's page, one call in three."""
    world = World(250)
    with serve(build_app(world, "flaky")) as url:
        assert len(asyncio.run(listed(url))) == 250


@pytest.mark.parametrize(
    ("answer", "kind", "calls"),
    [
        (Response("<html>sign in</html>", media_type="text/html"), ApiNonsense, 1),
        (Response('{"results": [', media_type="application/json"), ApiNonsense, 1),
        (Response(b"", media_type="application/json"), ApiNonsense, 1),
        (Response("<html>502</html>", 502, media_type="text/html"), ApiFailed, 5),
        (Response(status_code=307, headers={"location": "/elsewhere"}), ApiNonsense, 1),
    ],
)
def test_an_answer_of_another_kind_is_its_own_error(
    answer: Response, kind: type[ConsoleError], calls: int
) -> None:
    api = OddApi(answer)
    with serve(api.app()) as url, pytest.raises(kind):
        asyncio.run(listed(url))
    assert api.calls == calls


@contextmanager
def bare_socket() -> Iterator[tuple[socket.socket, str]]:
    """A socket that is listened on, and its address; nobody answers yet."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with bare_socket() as (_, url):
        pass
    with pytest.raises(ApiUnreachable) as caught:
        asyncio.run(listed(url))
    assert (caught.value.kind, caught.value.host) == ("connect", "127.0.0.1")


def test_a_server_that_says_nothing_is_given_up_after_the_time_of_the_profile() -> None:
    with bare_socket() as (_, url), pytest.raises(ApiUnreachable) as caught:
        asyncio.run(listed(url, timeout_seconds=0.02))
    assert caught.value.kind == "timeout"


def test_a_port_that_speaks_no_tls_cannot_be_trusted() -> None:
    api = OddApi(Response("x"))
    with serve(api.app()) as url, pytest.raises(ApiUnreachable) as caught:
        asyncio.run(listed(url.replace("http:", "https:")))
    assert caught.value.kind == "tls"


def test_an_unknown_name_is_told_from_a_closed_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(ApiUnreachable) as caught:
        asyncio.run(listed("https://api.invalid"))
    assert (caught.value.kind, caught.value.host) == ("dns", "api.invalid")


def test_ipv4_only_connects_over_ipv4() -> None:
    with serve(build_app(World(3))) as url:
        assert len(asyncio.run(listed(url, ipv4_only=True))) == 3


def test_a_proxy_is_used() -> None:
    """A proxy gets the whole address; the demo behind it takes the path."""
    with serve(build_app(World(3))) as url:
        assert len(asyncio.run(listed("http://localhost:9", proxy=url))) == 3


def test_a_ca_bundle_is_trusted_and_the_proxy_of_the_environment_still_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Companies that need a bundle have a proxy: one must not switch off the other."""
    certificates = ssl.get_default_verify_paths().cafile
    if certificates is None:
        pytest.skip("this machine has no certificates")
    with bare_socket() as (listener, url):
        monkeypatch.setenv("HTTPS_PROXY", url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        listener.settimeout(0.5)

        async def first_line() -> bytes:
            asking = asyncio.ensure_future(
                listed("https://api.invalid", ca_bundle=certificates, timeout_seconds=0.1)
            )
            connection, _ = await asyncio.to_thread(listener.accept)
            with connection:
                line = await asyncio.to_thread(connection.recv, 1024)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            return line

        assert asyncio.run(first_line()).startswith(b"CONNECT api.invalid:443")


@pytest.mark.parametrize("proxy", ["proxy.example:8080x", "ftp://proxy", "socks5://proxy:1080"])
def test_a_proxy_of_the_environment_that_cannot_be_used_is_a_setting_to_correct(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(SettingError, match="HTTPS_PROXY"):
        asyncio.run(listed("https://api.invalid"))


def test_a_ca_bundle_without_certificates_is_a_setting_to_correct(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    bundle.write_text("no certificate")
    with pytest.raises(SettingError, match=r"“.*ca\.pem” cannot be used"):
        asyncio.run(listed("https://api.invalid", ca_bundle=bundle))
