"""What is answered where the console itself fails: one sentence and a number. What went wrong is in
the log under that number, and nowhere else."""

import logging
import secrets
from http import HTTPStatus

from fastapi import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.plain_page import link, note, plain_page, root_of, shows_page

TITLE = "The console failed"
WHAT = (
    "It is not your doing. Try again; if it fails again, tell whoever runs the console the number"
    " {reference}: its log says what went wrong, under that number."
)

ABANDONED = "No response returned."
"""What Starlette raises where a browser went away before it was answered, which is no failure."""

log = logging.getLogger("console.web")


class Failures:
    """Around an application. What is raised goes no further: the server would log it once more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_answered = False

        async def watched(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if str(error) == ABANDONED and await Request(scope, receive).is_disconnected():
                return
            told = (reference_of(scope), scope["method"], scope["path"])
            log.error("failure %s: %s %r", *told, exc_info=error)
            if not is_answered:
                await failed(Request(scope))(scope, receive, send)


def reference_of(scope: Scope) -> str:
    """The number of a request's failure, the same however often it is asked for."""
    state = scope.setdefault("state", {})
    return str(state.setdefault("reference", secrets.token_hex(4)))


def failed(request: Request) -> Response:
    reference, status = reference_of(request.scope), HTTPStatus.INTERNAL_SERVER_ERROR
    if not shows_page(request.scope):
        said = f"The console failed; its log says why, under {reference}.\n"
        return PlainTextResponse(said, status, headers={"cache-control": "no-store"})
    home = link(f"{root_of(request)}/", "To the runners", "button")
    return plain_page(request, TITLE, note(WHAT.format(reference=reference)) + home, status)


def pass_on(request: Request, error: Exception) -> Response:
    """Instead of the toolkit's own page of an error."""
    raise error
