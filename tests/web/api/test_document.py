"""The API keeps to its own OpenAPI document, on a real socket, whatever it is sent."""

import os
import subprocess
import sys
from pathlib import Path

from fastapi import FastAPI

from console.demo.serving import serve
from console.session import Session
from tests.console.fleets import demo_snapshot
from tests.web.api.stage import StillFleet, usual_tokens
from web.api.application import build_api

ROOT = Path(__file__).parents[3]
SECONDS = "6"


def test_schemathesis_finds_nothing_wrong() -> None:
    """With its examples, the edges of every parameter, random requests and links, for a token."""
    app = FastAPI()
    fleet = StillFleet(demo_snapshot(60, hostile=True))
    app.mount("/api", build_api(Session("eu", fleet, None), usual_tokens()))
    schemathesis = Path(sys.executable).with_name("schemathesis")
    options = ("--max-time", SECONDS, "--max-examples", "25", "--seed", "7", "--no-color")
    finds = {"SCHEMATHESIS_HOOKS": "tests.web.api.formats", "PYTHONPATH": str(ROOT)}
    header = ("--header", "Authorization: Bearer reads")
    with serve(app) as url:
        done = subprocess.run(
            [schemathesis, "run", f"{url}/api/openapi.json", *header, *options],
            env={**os.environ, **finds},
            capture_output=True,
            text=True,
            timeout=50,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Selected: 5/5" in done.stdout
    assert "No issues found" in done.stdout
