"""The demo API on a real socket: it is there while the context lasts, and gone afterwards."""

import asyncio
import signal
import subprocess
import sys
import threading

import httpx
import pytest

from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World

AGENTS = "/dpc/v1/agents"


async def test_a_fleet_is_fetched_in_parallel_over_a_real_socket(clock, sign_in_form) -> None:
    world = World(1000, clock=clock)
    with serve(build_app(world)) as url:
        async with httpx.AsyncClient(base_url=url) as client:
            token = (await client.post("/oauth/dpc/token", data=sign_in_form)).json()
            client.headers["Authorization"] = f"Bearer {token['access_token']}"
            pages = await asyncio.gather(
                *(client.get(AGENTS, params={"page": n, "size": 100}) for n in range(10))
            )
    ids = [one["agentId"] for page in pages for one in page.json()["results"]]
    assert ids == [runner.id for runner in world.runners()]


def test_the_server_and_its_thread_are_gone_afterwards(world) -> None:
    before = set(threading.enumerate())
    with serve(build_app(world)) as url:
        assert url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{url}{AGENTS}").status_code == 401
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}{AGENTS}")
    assert set(threading.enumerate()) <= before


def test_an_address_that_is_taken_is_an_error_not_an_exit(world) -> None:
    app = build_app(world)
    with serve(app) as url, pytest.raises(OSError, match="in use"), serve(app, port=port_of(url)):
        pass


def test_serving_in_the_foreground_says_where_and_ends_on_an_interrupt() -> None:
    program = (
        "from console.demo.server import build_app\n"
        "from console.demo.serving import serve_forever\n"
        "from console.demo.world import World\n"
        "serve_forever(build_app(World()), '127.0.0.1', 0, lambda url: print(url, flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            assert httpx.get(f"{url}{AGENTS}").status_code == 401
        finally:
            process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 0


def test_the_demo_imports_nothing_else_of_this_project() -> None:
    program = (
        "import sys, console.demo.serving, console.demo.server\n"
        "ours = {name.split('.')[1] for name in sys.modules if name.startswith('console.')}\n"
        "assert ours == {'demo'}, ours\n"
        "assert 'uvicorn' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1])
