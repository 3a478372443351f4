"""What the sign-in pages need of the request before them, and how they lead on."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from console.access.access import Access
from console.access.refusals import SignInRefused
from console.access.sessions import SignIn
from web.access.cookies import signed_in
from web.access.entrance import Entrance
from web.access.gate import LONGEST_NEXT
from web.access.plain_page import root_of
from web.access.presence import Reasons

LONGEST_AGENT = 300
_INSIDE = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
"""A path of this console: no other host can stand behind one slash and no control character."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the pages before the sign-in share."""

    access: Access
    entrance: Entrance
    reasons: Reasons

    async def begin(self, request: Request, begun: SignIn, where: str) -> Response:
        """Leads on with the new session's cookie; a session that this browser had is over."""
        before = self.entrance.person(request.scope)
        if before is not None and before.session not in ("", begun.person.session):
            await self.access.sign_out(before.session)
        return signed_in(request.scope, where, begun.secret, begun.until, self.access.now)


def next_of(request: Request, asked: str) -> str:
    """Where to go after the sign-in: only ever to a page of this console."""
    root = root_of(request)
    is_ours = asked == root or asked.startswith(f"{root}/")
    fits = len(asked) <= LONGEST_NEXT and _INSIDE.fullmatch(asked) is not None
    leads_out = asked.startswith((f"{root}/sign-", f"{root}/first-admin"))
    return asked if is_ours and fits and not leads_out else f"{root}/"


def sign_in_address(request: Request, where: str, said: str = "") -> str:
    told = f"&said={quote(said, safe='')}" if said else ""
    return f"{root_of(request)}/sign-in?next={quote(where, safe='/')}{told}"


def agent_of(request: Request) -> str:
    return request.headers.get("user-agent", "")[:LONGEST_AGENT]


def refused_status(refused: SignInRefused) -> HTTPStatus:
    return HTTPStatus.TOO_MANY_REQUESTS if refused.wait else HTTPStatus.FORBIDDEN


def with_wait(response: Response, refused: SignInRefused) -> Response:
    if refused.wait:
        response.headers["retry-after"] = str(max(1, round(refused.wait)))
    return response
