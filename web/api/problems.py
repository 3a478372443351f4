"""What is wrong with a request, as RFC 9457 has it: one shape for every refusal, no traceback."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from web.access.failures import reference_of

MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 10
MOST_LETTERS = 200
METHODS = "GET, HEAD"
FAILED = "The console failed; its log says why, under {}."


class Fault(BaseModel):
    """One thing that is wrong."""

    model_config = ConfigDict(frozen=True)

    where: str = Field(description="The parameter, or “path”.")
    detail: str = Field(description="One sentence.")
    position: int | None = Field(
        None, description="In a filter: the letter at which the fault is, counted from 0."
    )


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    model_config = ConfigDict(frozen=True)

    type: Literal["about:blank"] = Field("about:blank", description="The status says the kind.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="One sentence on what to do otherwise.")
    faults: tuple[Fault, ...] = Field((), description="Each parameter that is wrong.")


class Refusal(Exception):
    """Becomes the answer to the request. `headers` go with it."""

    def __init__(
        self,
        status: int,
        detail: str,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.faults = tuple(faults)
        self.headers = headers or {}


def problem_response(refusal: Refusal) -> Response:
    problem = Problem(
        type="about:blank",
        title=HTTPStatus(refusal.status).phrase,
        status=refusal.status,
        detail=str(refusal),
        faults=refusal.faults,
    )
    headers = {"cache-control": "no-store", **refusal.headers}
    return Response(problem.model_dump_json(), refusal.status, headers, MEDIA_TYPE)


def add_problems(app: FastAPI) -> None:
    """Has every error of an application answered so."""

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> Response:
        return problem_response(refusal)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        return problem_response(_worded(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [_fault(each) for each in error.errors()[:MOST_FAULTS]]
        return problem_response(wrong(faults))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        return problem_response(Refusal(500, FAILED.format(reference_of(request.scope))))


def wrong(faults: Iterable[Fault]) -> Refusal:
    """For parameters that cannot be used."""
    told = tuple(faults)
    return Refusal(400, " ".join(f"{each.where}: {each.detail}" for each in told), told)


def _worded(error: HTTPException) -> Refusal:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return Refusal(405, "This API only reads: use GET.", headers={"allow": METHODS})
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Refusal(404, "There is nothing here; /api/docs lists what there is.")
    return Refusal(error.status_code, str(error.detail)[:MOST_LETTERS])


def _fault(error: Mapping[str, object]) -> Fault:
    place = error["loc"]
    name = place[-1] if isinstance(place, tuple) and len(place) > 1 else "request"
    sentence = str(error["msg"]).replace("Input should be", "It must be").removesuffix(".")
    told = _SENTENCES.get(str(error["type"]), f"{sentence}.").removeprefix("Value error, ")
    return Fault(where=str(name)[:MOST_LETTERS], detail=told, position=None)


_SENTENCES = {
    "extra_forbidden": "There is no such parameter.",
    "int_parsing": "It must be a whole number.",
    "int_parsing_size": "It must be a whole number.",
    "int_from_float": "It must be a whole number.",
}
