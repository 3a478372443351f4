"""The way to an OpenID provider and back. Who started it and who comes back must be the same
browser; what the provider is asked is in `console.oidc`."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import FastAPI, Request
from starlette.responses import Response

from console.access.audit import What
from console.access.person import Person
from console.access.refusals import SignInRefused
from console.access.roles import Role
from console.errors import AccessError
from console.oidc import Asked, Provider
from console.serving_settings import RoleMap
from web.access.cookies import cookie_in, cookie_text, is_secure, see_other
from web.access.desk import Desk, agent_of, next_of, refused_status, sign_in_address
from web.access.entrance import address_of
from web.access.gate import NO_ROLE
from web.access.plain_page import link, plain_page, root_of, wrong

PATH = "/sign-in/oidc"
COOKIE = "maia-console-oidc"
TITLE = "Sign in"
PATIENCE = 600
"""Seconds that somebody may take at the provider."""

MOST_UNDER_WAY = 1000
LONGEST = 4000
LATE = "This sign-in was begun too long ago, or in another browser. Try again."
DECLINED = "The sign-in provider did not sign you in."


@dataclass(frozen=True, slots=True)
class UnderWay:
    asked: Asked = field(repr=False)
    browser: str = field(repr=False)
    where: str
    since: float


class Journeys:
    """Those who are at the provider; each comes back once. `clock` tells seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_state: OrderedDict[str, UnderWay] = OrderedDict()

    def begin(self, asked: Asked, browser: str, where: str) -> None:
        self._by_state[asked.state] = UnderWay(asked, browser, where, self._clock())
        while len(self._by_state) > MOST_UNDER_WAY:
            self._by_state.popitem(last=False)

    def end(self, state: str, browser: str | None) -> UnderWay | None:
        """The journey of this state, if it is this browser's and not too old."""
        journey = self._by_state.get(state)
        if journey is None or browser is None:
            return None
        if not secrets.compare_digest(journey.browser, browser):
            return None
        del self._by_state[state]
        return journey if self._clock() - journey.since <= PATIENCE else None


def add_oidc(app: FastAPI, desk: Desk, provider: Provider, roles: RoleMap) -> None:
    """Registers the way there and the way back; the latter is to be registered at the provider."""
    journeys = Journeys()

    async def there(request: Request) -> Response:
        where = next_of(request, request.query_params.get("next", ""))
        redirect = str(request.url.replace(path=f"{root_of(request)}{PATH}/callback", query=""))
        try:
            asked = await provider.ask(redirect)
        except AccessError as error:
            return _failed(request, str(error), HTTPStatus.BAD_GATEWAY)
        browser = secrets.token_urlsafe(32)
        journeys.begin(asked, browser, where)
        response = see_other(asked.address)
        response.headers.append("set-cookie", _cookie(request, browser, PATIENCE))
        return response

    async def back(request: Request) -> Response:
        browser = cookie_in(request.scope, COOKIE)
        journey = journeys.end(request.query_params.get("state", ""), browser)
        code = request.query_params.get("code", "")
        if journey is None:
            response = _failed(request, LATE)
        elif not 0 < len(code) <= LONGEST:
            response = _failed(request, DECLINED, HTTPStatus.FORBIDDEN)
        else:
            response = await _arrived(request, desk, provider, roles, journey, code)
        response.headers.append("set-cookie", _cookie(request, "", 0))
        return response

    app.add_api_route(PATH, there, methods=["GET"])
    app.add_api_route(f"{PATH}/callback", back, methods=["GET"])


async def _arrived(
    request: Request,
    desk: Desk,
    provider: Provider,
    roles: RoleMap,
    journey: UnderWay,
    code: str,
) -> Response:
    address, agent = address_of(request.scope), agent_of(request)
    try:
        vouched = await provider.answer(journey.asked, code)
        role = roles.role(vouched.groups)
        if role is None:
            who = Person(vouched.name, Role.VIEWER, address)
            desk.entrance.note_refused(who, What.SIGN_IN_REFUSED, vouched.name, NO_ROLE)
            return _failed(request, NO_ROLE, HTTPStatus.FORBIDDEN)
        begun = await desk.access.sign_in_known(
            vouched.name, role, address=address, way="oidc", agent=agent
        )
    except SignInRefused as refused:
        return _failed(request, str(refused), refused_status(refused))
    except AccessError as error:
        nobody = Person("", Role.VIEWER, address)
        desk.entrance.note_refused(nobody, What.SIGN_IN_REFUSED, "", str(error))
        return _failed(request, str(error), HTTPStatus.FORBIDDEN)
    return await desk.begin(request, begun, journey.where)


def _failed(
    request: Request, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST
) -> Response:
    again = link(sign_in_address(request, f"{root_of(request)}/"), "Back to the sign-in", "button")
    return plain_page(request, TITLE, wrong(sentence) + again, status)


def _cookie(request: Request, browser: str, seconds: int) -> str:
    path = f"{root_of(request)}{PATH}"
    return cookie_text(COOKIE, browser, seconds, is_secure(request.scope), path)
