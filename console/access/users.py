"""The users of a shared console, and what a user's name may be."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.access.roles import Role
from console.errors import printable

LONGEST_NAME = 100

BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
"""Letters that look like nothing."""


class Origin(StrEnum):
    """Who vouches for a user: this console by a password, or somebody it trusts."""

    PASSWORD = "password"
    OIDC = "oidc"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class User:
    """`role` is the provider's, and set anew at each sign-in, where the origin is no password."""

    name: str
    role: Role
    origin: Origin
    is_disabled: bool
    made: datetime
    last_sign_in: datetime | None = None
    number: int = 0


def user_key(name: str) -> str:
    """The same for names that are the same to a reader: without regard to case, width and
    composition."""
    name = unicodedata.normalize("NFKC", name[:LONGEST_NAME]).casefold()
    return unicodedata.normalize("NFKC", name)


def spoken(name: str) -> str:
    """Any text as a name within a sentence: not too long, and without what cannot be seen."""
    return printable(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…")


def name_fault(name: str) -> str:
    """Why nobody can be called so, in one sentence, or ""."""
    if not name.strip():
        return "A user needs a name."
    if len(name) > LONGEST_NAME or len(user_key(name)) > 2 * LONGEST_NAME:
        return f"A user's name has at most {LONGEST_NAME} characters."
    if not name.isprintable() or any(letter in BLANKS for letter in name):
        return "A user's name has only characters that can be seen."
    if name != name.strip() or not any(map(str.isalnum, name)):
        return "A user's name begins and ends without a space, and has a letter or a digit."
    return ""
