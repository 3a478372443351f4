"""The read API, an application of its own, to be mounted at /api. Nothing here changes anything."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Path, Query, Request, Response, Security
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPBearer

from console.access.tokens import Scope
from console.session import Session
from web.api.answers import MeAnswer, ReleasesAnswer, RunnerAnswer, RunnersAnswer, SummaryAnswer
from web.api.asking import (
    LONGEST_ID,
    NothingAsked,
    RunnersAsked,
    SummaryAsked,
    once_each,
    query_of,
)
from web.api.callers import Tokens, caller_of
from web.api.document import NOT_MODIFIED, NOT_THERE, WRONG, document_of
from web.api.problems import Refusal, add_problems
from web.api.reference import reference_html
from web.api.tags import tagged_response
from web.api.telling import (
    accounts_json,
    me_json,
    reading_json,
    releases_json,
    runner_json,
    runners_json,
    summary_json,
)

NOT_KEPT = {"cache-control": "no-store"}

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token of the console with the scope `runners:read`. A browser that is signed"
    " in needs none.",
)

RunnerId = Annotated[str, Path(min_length=1, max_length=LONGEST_ID, description="Its id.")]


def build_api(session: Session, tokens: Tokens | None) -> FastAPI:
    """The application over one open session. `tokens` is None where nobody signs in."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    add_problems(api)

    async def may_read(request: Request) -> None:
        """Before any parameter is looked at."""
        caller_of(request, tokens, Scope.RUNNERS)
        once_each(request)

    router = APIRouter(dependencies=[Security(BEARER), Depends(may_read)], responses={**WRONG})
    _add_runners(router, session)
    _add_fleet(router, session)
    api.include_router(router)
    _add_caller(api, tokens)
    _add_document(api, tokens)
    return api


def _add_runners(router: APIRouter, session: Session) -> None:
    async def runners(request: Request, asked: Annotated[RunnersAsked, Query()]) -> Response:
        """The runners that match a filter, in order, a page at a time."""
        told = runners_json(session, query_of(asked), asked)
        return tagged_response(request, told, reading_json(session))

    async def runner(
        request: Request, runner_id: RunnerId, asked: Annotated[NothingAsked, Query()]
    ) -> Response:
        """One runner."""
        told = runner_json(session, runner_id)
        if told is None:
            raise Refusal(404, "There is no runner with this id.")
        return tagged_response(request, told, reading_json(session))

    _add(router, "/runners", runners, RunnersAnswer, NOT_MODIFIED)
    _add(router, "/runners/{runner_id}", runner, RunnerAnswer, {**NOT_MODIFIED, **NOT_THERE})


def _add_fleet(router: APIRouter, session: Session) -> None:
    async def summary(request: Request, asked: Annotated[SummaryAsked, Query()]) -> Response:
        """The numbers of the fleet, or of the part of it that a filter leaves."""
        told = {**summary_json(session, query_of(asked)), "accounts": accounts_json(session)}
        return tagged_response(request, told, reading_json(session))

    async def releases(request: Request, asked: Annotated[NothingAsked, Query()]) -> Response:
        """What is out on each release track, and what is expected next."""
        return tagged_response(request, releases_json(session), reading_json(session))

    _add(router, "/summary", summary, SummaryAnswer, NOT_MODIFIED)
    _add(router, "/releases", releases, ReleasesAnswer, NOT_MODIFIED)


def _add_caller(api: FastAPI, tokens: Tokens | None) -> None:
    router = APIRouter(dependencies=[Security(BEARER)], responses={401: WRONG[401]})

    async def me(request: Request) -> Response:
        """Who asks, and what they may. Every token may ask it."""
        return JSONResponse(me_json(caller_of(request, tokens, None)), headers=NOT_KEPT)

    _add(router, "/me", me, MeAnswer, {})
    api.include_router(router)


def _add_document(api: FastAPI, tokens: Tokens | None) -> None:
    @api.get("/openapi.json", include_in_schema=False)
    async def openapi(request: Request) -> JSONResponse:
        caller_of(request, tokens, None)
        return JSONResponse(document_of(api.routes, request.scope["root_path"]), headers=NOT_KEPT)

    @api.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        caller_of(request, tokens, None)
        document = document_of(api.routes, request.scope["root_path"])
        return HTMLResponse(reference_html(document), headers=NOT_KEPT)


def _add(
    router: APIRouter,
    path: str,
    endpoint: Callable[..., Awaitable[Response]],
    model: type,
    responses: dict[int | str, dict[str, Any]],
) -> None:
    """For GET, and for HEAD, which the document need not tell of."""
    name = endpoint.__name__
    router.add_api_route(
        path, endpoint, response_model=model, responses=responses, operation_id=name, name=name
    )
    router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)
