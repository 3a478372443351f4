"""Passwords: which are taken, and how they are kept: by Argon2id, on a thread of its own, as one
takes a twentieth of a second and 64 MB."""

import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from console.access.users import user_key
from console.journal.worker import Worker

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")

SHORTEST = 12
LONGEST = 200

MOST_WAITING = 40
"""Passwords that wait for their turn, which is then some seconds off."""

COMMON = frozenset(
    {
        *("password1234", "passwordpassword", "password12345", "password123456", "passw0rd1234"),
        *("qwertyuiop12", "qwertyuiop123", "qwertyuiopasdf", "qwerty123456", "qwertyqwerty"),
        *("1qaz2wsx3edc", "q1w2e3r4t5y6", "1q2w3e4r5t6y", "zaq12wsxcde3", "asdfghjkl123"),
        *("administrator", "administrator1", "admin1234567", "adminadminadmin", "letmeinletmein"),
        *("welcome12345", "welcome123456", "iloveyou1234", "iloveyouiloveyou", "changemechangeme"),
        *("changeme1234", "abcdefghijkl", "abcdefghijklm", "abcd1234abcd", "abc123abc123"),
        *("1234567890ab", "correcthorsebatterystaple", "thisismypassword", "trustno1trustno1"),
        *("mypassword123", "secretpassword", "supersecret123", "superpassword", "testtesttest"),
        *("maia-console", "maiaconsole1", "matillion123", "matillion1234", "monkeymonkey"),
    }
)
"""Those of twelve letters and more that are tried first; shorter ones are refused anyway."""

RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def password_fault(password: str, name: str) -> str:
    """Why a user of this name cannot have this password, in one sentence, or ""."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    folded, key = unicodedata.normalize("NFKC", password).casefold(), user_key(name)
    if len(key) > 2 and key in folded and len(folded) - len(key) < SHORTEST - 4:
        return "A password must not be the user's name."
    if folded in COMMON or _is_run(folded) or _repeats(folded):
        return "That password is one of those that are tried first."
    return ""


class Passwords:
    """Hashes and compares, one at a time. `hasher` is for tests, which have no time."""

    def __init__(self, hasher: "PasswordHasher | None" = None) -> None:
        self._made = hasher
        self._worker = Worker("access-passwords")
        self._nobodys = ""
        self._waiting = 0

    @property
    def is_busy(self) -> bool:
        return self._waiting >= MOST_WAITING

    async def hashed(self, password: str) -> str:
        return await self._run(partial(self._hash, password))

    async def matches(self, stored: str, password: str) -> bool:
        """Takes as long without a stored hash, "", for which it is always False."""
        return await self._run(partial(self._matches, stored, password))

    def is_outdated(self, stored: str) -> bool:
        """Whether it was made with less work than one made today."""
        return self._hasher().check_needs_rehash(stored)

    async def close(self) -> None:
        await self._worker.end(lambda: None, seconds=0.5)

    async def _run(self, job: Callable[[], T]) -> T:
        self._waiting += 1
        try:
            return await self._worker.run(job)
        finally:
            self._waiting -= 1

    def _hash(self, password: str) -> str:
        return self._hasher().hash(_bytes(password))

    def _matches(self, stored: str, password: str) -> bool:
        from argon2.exceptions import Argon2Error, InvalidHashError

        if not self._nobodys:
            self._nobodys = self._hash("a password that nobody has")
        try:
            self._hasher().verify(stored or self._nobodys, _bytes(password))
        except (Argon2Error, InvalidHashError):
            return False
        return bool(stored)

    def _hasher(self) -> "PasswordHasher":
        if self._made is None:
            from argon2 import PasswordHasher

            self._made = PasswordHasher()
        return self._made


def _bytes(password: str) -> bytes:
    """The same for a password however its letters are composed."""
    return unicodedata.normalize("NFKC", password[: LONGEST + 1]).encode("utf-8", "surrogatepass")


def _is_run(folded: str) -> bool:
    return any(folded in run or folded in run[::-1] for run in RUNS)


def _repeats(folded: str) -> bool:
    """Whether it is a part of up to four letters, again and again."""
    return any((folded[:size] * len(folded))[: len(folded)] == folded for size in (1, 2, 3, 4))
