"""Screens: wall displays that sign in themselves, with no person at their keyboard. Each has a
name, the options of its wall, and a secret of its own that opens the wall and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from console.access.users import BLANKS

LONGEST_NAME = 60
MOST_OPTIONS = 30
LONGEST_OPTION = 500
LONGEST_OPTIONS = 2000
"""Characters of all options together."""

MOST_SCREENS = 1000
COMING = timedelta(minutes=10)
"""How long a screen that was let in may take to come for its secret; it takes seconds."""

SWITCHED_OFF = "This screen was switched off by an admin."
"""All that a revoked screen may show."""

NO_OPTIONS: Mapping[str, str] = MappingProxyType({})


class ScreenState(StrEnum):
    EXPECTED = "expected"
    IN_USE = "in-use"
    MISSED = "missed"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Screen:
    """`id` is no secret; `by` let it in, at `made`; `opened` is when it came for its secret. A sign
    of life was last `seen` at this `address`, with this `version` of the console. A revoked one is
    kept for a while, so that it can say so."""

    id: str
    name: str
    by: str
    made: datetime
    options: Mapping[str, str] = field(default_factory=lambda: NO_OPTIONS)
    address: str = ""
    version: str = ""
    opened: datetime | None = None
    seen: datetime | None = None
    revoked: datetime | None = None
    revoked_by: str = ""

    @property
    def is_revoked(self) -> bool:
        return self.revoked is not None

    def state(self, now: datetime) -> ScreenState:
        if self.revoked is not None:
            return ScreenState.REVOKED
        if self.opened is not None:
            return ScreenState.IN_USE
        return ScreenState.EXPECTED if abs(now - self.made) < COMING else ScreenState.MISSED


def screen_name_fault(name: str) -> str:
    """Why no screen can be called so, in one sentence, or ""."""
    is_seen = name.isprintable() and not any(letter in BLANKS for letter in name)
    if not name.strip() or len(name) > LONGEST_NAME or not is_seen:
        return f"A screen needs a name of at most {LONGEST_NAME} characters that can be seen."
    if name != name.strip():
        return "A screen's name begins and ends without a space."
    return ""


def screen_options_fault(options: Mapping[str, str]) -> str:
    """Why no screen can have them, in one sentence, or "". What they mean is the wall's to know."""
    texts = [*options, *options.values()]
    if len(options) > MOST_OPTIONS or sum(map(len, texts)) > LONGEST_OPTIONS:
        return f"A screen has at most {MOST_OPTIONS} options, of {LONGEST_OPTIONS} characters."
    if any(len(each) > LONGEST_OPTION or not each.isprintable() for each in texts):
        return f"An option has at most {LONGEST_OPTION} characters, which can be seen."
    return ""
