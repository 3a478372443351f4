"""Which screen looks at a wall, as the gate has found out and as it is now. A screen is no person:
it has no role, and its secret opens the wall alone."""

from fastapi import Request
from starlette.types import Scope

from console.access.screen_desk import ScreenDesk
from console.access.screens import SWITCHED_OFF
from console.access.screens import Screen as SignedIn
from web.wall_screens import ANY, Screen

OFF = Screen(notice=SWITCHED_OFF)


class SignedInScreens:
    """What the wall asks of whoever has it open; a person has no profile of a screen."""

    def __init__(self, desk: ScreenDesk) -> None:
        self._desk = desk

    def asking(self, request: Request) -> Screen:
        signed_in = screen_in(request.scope)
        if signed_in is None:
            return ANY
        now = self._desk.still(signed_in.id)
        if now is None or now.is_revoked:
            return OFF
        return Screen(now.name, now.options)


def screen_in(scope: Scope) -> SignedIn | None:
    state = scope.get("state")
    screen = state.get("screen") if isinstance(state, dict) else None
    return screen if isinstance(screen, SignedIn) else None


def put_screen(scope: Scope, screen: SignedIn) -> None:
    """For everything further in. The state of the application itself is not touched."""
    scope["state"] = {**scope.get("state", {}), "screen": screen}
