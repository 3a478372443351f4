"""The API's OpenAPI document, as it is: FastAPI's own would promise answers that are not given."""

from collections.abc import Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from console import __version__
from web.api.problems import MEDIA_TYPE, Problem

Json = dict[str, Any]

TITLE = "Maia runner console"
SUMMARY = "The fleet as data, to read."
DESCRIPTION = (
    "Every answer tells how fresh the data is. Send the `ETag` of an answer back as"
    " `If-None-Match`, and an answer that has nothing new is 304, without a body."
)

WRONG: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "A parameter cannot be used."},
    401: {"model": Problem, "description": "No token, or one that is not good."},
    403: {"model": Problem, "description": "The token lacks the scope."},
}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing is new since the answer with that ETag."}
}
NOT_THERE: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is no such runner."}
}


def document_of(routes: Sequence[BaseRoute], server: str) -> Json:
    """`server` is the path at which the API is served."""
    document: Json = get_openapi(
        title=TITLE,
        version=__version__,
        summary=SUMMARY,
        description=DESCRIPTION,
        routes=routes,
        servers=[{"url": server}],
    )
    for path in document["paths"].values():
        for operation in path.values():
            _correct(operation["responses"])
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return document


def _correct(responses: Json) -> None:
    """Wrong parameters get 400, and what is wrong has a media type of its own."""
    responses.pop("422", None)
    for status, response in responses.items():
        if status >= "400":
            response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        elif status == "200":
            response["headers"] = {
                "ETag": {"description": "Changes with the data.", "schema": {"type": "string"}}
            }
