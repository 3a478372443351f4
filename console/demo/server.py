"""The demo API as one ASGI application: tokens, the runner API, and a call to stir the fleet."""

import asyncio
from itertools import count

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from console.demo.problems import Problem, problem_response
from console.demo.runner_routes import RunnerRoutes
from console.demo.scenarios import SCENARIOS, Sleep, Weather, set_scene
from console.demo.tokens import Tokens
from console.demo.usage_routes import UsageRoutes
from console.demo.world import World

TOKEN_PATH = "/oauth/dpc/token"
API_PATH = "/dpc"


def build_app(
    world: World,
    scenario: str = "calm",
    *,
    client_id: str = "demo",
    client_secret: str = "demo-secret",
    summaries: bool = False,
    sleep: Sleep = asyncio.sleep,
) -> Starlette:
    """The API below /dpc/v1, tokens at /oauth/dpc/token, POST /demo/change?share=0.01.

    The scenario is set on the world at once. `app.state.tokens` can revoke what was given out.
    Raises ValueError for an unknown scenario.
    """
    if scenario not in SCENARIOS:
        raise ValueError(f"unknown scenario {scenario!r}: use one of {', '.join(SCENARIOS)}")
    set_scene(world, scenario)
    tokens = Tokens(world.now, client_id, client_secret)
    app = Starlette(
        routes=[
            Route(TOKEN_PATH, tokens.endpoint, methods=["POST"]),
            *RunnerRoutes(world, summaries=summaries).routes(),
            *UsageRoutes(world).routes(),
            Route("/demo/change", Stirring(world).change, methods=["POST"]),
        ],
        middleware=[
            Middleware(Weather, scenario=scenario, seed=world.seed, sleep=sleep),
            Middleware(Guard, tokens=tokens),
        ],
        exception_handlers={Problem: _on_problem, HTTPException: _on_http_exception},
    )
    app.state.tokens = tokens
    return app


class Guard:
    """Lets nobody into the API without a token that is still good."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(f"{API_PATH}/"):
            try:
                self._tokens.check(Request(scope))
            except Problem as problem:
                await problem_response(problem, scope["path"])(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Stirring:
    """Each call changes another part of the fleet, unless a seed says which."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seeds = count(1)

    async def change(self, request: Request) -> Response:
        try:
            share = float(request.query_params.get("share", "0.01"))
            seed = int(request.query_params.get("seed") or next(self._seeds))
        except ValueError as wrong:
            raise Problem(400, "share and seed must be numbers") from wrong
        if not 0 <= share <= 1:
            raise Problem(400, "share must be between 0 and 1")
        return JSONResponse({"changed": len(self._world.change(share, seed))})


def _on_problem(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, Problem)
    return problem_response(exc, request.url.path)


def _on_http_exception(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    return problem_response(Problem(exc.status_code, exc.detail), request.url.path)
