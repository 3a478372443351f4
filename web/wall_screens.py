"""Which screen asks for a wall: a name, the options of its profile, and what it is to show instead
of the wall. Screens are no persons; nothing here knows who may sign one in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from starlette.requests import Request

from console.view.wall_options import NO_PROFILE


@dataclass(frozen=True, slots=True)
class Screen:
    """`options` are its profile's. `notice` is all that it may show, such as that it was switched
    off; "" for the wall."""

    name: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: NO_PROFILE)
    notice: str = ""


ANY = Screen()
"""One without a name, a profile or a notice."""


class Screens(Protocol):
    """Asked for the page, and at every sign of life of its stream, so that a screen that is
    switched off shows so within seconds. Must be cheap, and must not raise."""

    def asking(self, request: Request) -> Screen: ...


class AnyScreen:
    """Where no screen signs in: each may look, and has no profile."""

    def asking(self, request: Request) -> Screen:
        return ANY
