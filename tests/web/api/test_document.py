"""The real program keeps to the API's own OpenAPI document, and its tokens open nothing else."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.web.api.conftest import RunningConsole

ROOT = Path(__file__).parents[3]
SECONDS = "5"
OPTIONS = ("--max-time", SECONDS, "--max-examples", "25", "--seed", "7", "--no-color")


def test_schemathesis_finds_nothing_wrong(running_console: RunningConsole, tmp_path: Path) -> None:
    """With its examples, the edges of every parameter, random requests and links, for a token."""
    schemathesis = Path(sys.executable).with_name("schemathesis")
    finds = {"SCHEMATHESIS_HOOKS": "tests.web.api.formats", "PYTHONPATH": str(ROOT)}
    header = f"Authorization: Bearer {running_console.tokens['runners:read']}"
    document = f"{running_console.url}/api/openapi.json"
    done = subprocess.run(
        [schemathesis, "run", document, "--header", header, *OPTIONS],
        env={**os.environ, **finds},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=50,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Selected: 5/5" in done.stdout
    assert "No issues found" in done.stdout


@pytest.mark.parametrize(
    ("path", "runners", "metrics"),
    [
        ("/api/runners", 200, 403),
        ("/api/me", 200, 200),
        ("/metrics", 403, 200),
        ("/", 401, 401),
        ("/rows", 401, 401),
        ("/releases", 401, 401),
        ("/releases.ics", 401, 401),
        ("/activity", 401, 401),
        ("/audit", 401, 401),
        ("/settings", 401, 401),
        ("/wall", 401, 401),
        ("/wall/events", 401, 401),
        ("/_nicegui_ws/socket.io/?EIO=4&transport=polling", 401, 401),
    ],
)
def test_a_token_opens_what_its_scope_names_and_no_page(
    running_console: RunningConsole, path: str, runners: int, metrics: int
) -> None:
    for scope, status in (("runners:read", runners), ("metrics:read", metrics)):
        header = {"authorization": f"Bearer {running_console.tokens[scope]}"}
        answer = httpx.get(f"{running_console.url}{path}", headers=header, timeout=10)
        assert answer.status_code == status, (scope, answer.text)
        assert "Traceback" not in answer.text


def test_a_token_opens_no_socket(running_console: RunningConsole) -> None:
    url = running_console.url.replace("http", "ws")
    header = {"authorization": f"Bearer {running_console.tokens['runners:read']}"}

    async def opened() -> None:
        query = "?EIO=4&transport=websocket&client_id=x&implicit_handshake=true"
        async with connect(f"{url}/_nicegui_ws/socket.io/{query}", additional_headers=header):
            pass

    with pytest.raises(InvalidStatus, match=r"401|403"):
        asyncio.run(opened())


def test_a_signed_out_browser_is_led_to_the_sign_in_but_a_program_is_not(
    running_console: RunningConsole,
) -> None:
    page = httpx.get(f"{running_console.url}/api/docs", headers={"accept": "text/html"}, timeout=10)
    assert page.status_code == 401
    assert page.headers["content-type"] == "application/problem+json"
