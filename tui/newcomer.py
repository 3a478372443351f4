"""Somebody without an account yet: what they are told, and what they may choose."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.connecting import Connected
    from console.view.first_run import FirstRun
    from console.view.form import Form

Connecting = Callable[[Mapping[str, str]], Awaitable["tuple[Connected | None, dict[str, str]]"]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be opened: the demo, else the account that has just been connected, of which
    `said` tells."""

    wants_demo: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """`connect` takes the answers to the form, by field."""

    told: "FirstRun"
    form: "Form"
    connect: Connecting
