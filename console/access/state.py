"""All users, sessions, tokens and screens at one moment, as they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.access.screens import Screen
from console.access.tokens import Token
from console.access.users import User


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One that has not ended. `of_user` is the user's number."""

    id: str
    digest: str
    of_user: int
    address: str
    agent: str
    way: str
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class State:
    """`users` are by number, `sessions` by id, `tokens` and
    `screens` by digest; `ended` says why the sessions
    ended that did so lately. `count` differs between any two states that differ."""

    count: int = 0
    users: Mapping[int, User] = field(default_factory=dict)
    sessions: Mapping[str, StoredSession] = field(default_factory=dict)
    tokens: Mapping[str, Token] = field(default_factory=dict)
    screens: Mapping[str, Screen] = field(default_factory=dict)
    ended: Mapping[str, str] = field(default_factory=dict)


NOBODY = State()
