"""How the tests call the command line, and what they get back."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str


Console = Callable[..., Ended]
Connect = Callable[[ASGIApp], str]
