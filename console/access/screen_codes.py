"""The codes that screens show while they wait to be let in. They are in memory: a stranger can make
the console neither write nor keep more than a little. A code by itself opens nothing: it names a
browser that holds a secret, and only that browser is let in."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from console.access.digests import digest, new_secret
from console.access.limits import address_key
from console.access.refusals import SignInRefused

LETTERS = "CDFHJKMNPRTVWXY34679"
"""None looks like another, and without vowels they make no words."""

LENGTH = 6
VALID = timedelta(minutes=10)
KEPT = timedelta(minutes=10)
"""How long after its end a code can be replaced by a new one for the same browser."""

MOST_OPEN, MOST_OF_ADDRESS = 200, 10
"""Codes at once, together with those that can be replaced."""

LONGEST_AGENT = 200

MANY_WAIT = "Too many screens wait to be let in at this moment. It is tried again in a minute."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A browser that waits to be let in as a screen, until its code ends."""

    code: str = field(repr=False)
    digest: str
    address: str
    agent: str
    since: datetime
    until: datetime

    def is_open(self, now: datetime) -> bool:
        """Not once the clock was set back beyond its beginning either."""
        return self.since - VALID < now < self.until

    def is_renewed(self, now: datetime) -> bool:
        """Whether its browser gets another code, once this one has ended."""
        return self.since - VALID < now < self.until + KEPT


class Codes:
    """Pure but for what it holds; the time is an argument."""

    def __init__(self) -> None:
        self._waiting: dict[str, Waiting] = {}

    def ask(self, address: str, agent: str, now: datetime) -> tuple[Waiting, str]:
        """One more that waits, and the secret of its browser. Raises SignInRefused."""
        self._forget(now)
        network = address_key(address)
        beside = sum(address_key(each.address) == network for each in self._waiting.values())
        if len(self._waiting) >= MOST_OPEN or beside >= MOST_OF_ADDRESS:
            raise SignInRefused(MANY_WAIT, wait=60.0)
        secret = new_secret()
        waiting = Waiting(
            self._new_code(), digest(secret), address, agent[:LONGEST_AGENT], now, now + VALID
        )
        self._waiting[waiting.digest] = waiting
        return waiting, secret

    def of(self, secret: str, now: datetime) -> Waiting | None:
        """What the browser with this secret has to show: a new code where the old one has ended.
        None for a secret that is not, or no longer, one of ours."""
        known = self._waiting.get(digest(secret))
        if known is None or known.is_open(now):
            return known
        self._forget(now)
        if known.digest not in self._waiting:
            return None
        renewed = replace(known, code=self._new_code(), since=now, until=now + VALID)
        self._waiting[known.digest] = renewed
        return renewed

    def named(self, code: str, now: datetime) -> Waiting | None:
        """Who shows this code now, as it was typed."""
        wanted = typed_code(code)
        return next((each for each in self.open(now) if each.code == wanted), None)

    def end(self, waiting: Waiting) -> None:
        """It has been let in: its code holds no longer."""
        self._waiting.pop(waiting.digest, None)

    def open(self, now: datetime) -> tuple[Waiting, ...]:
        """Those that show a code now, longest first."""
        return tuple(each for each in self._waiting.values() if each.is_open(now))

    def _new_code(self) -> str:
        taken = {each.code for each in self._waiting.values()}
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            if code not in taken:
                return code

    def _forget(self, now: datetime) -> None:
        for each in tuple(self._waiting.values()):
            if not each.is_renewed(now):
                del self._waiting[each.digest]


def typed_code(text: str) -> str:
    """A code as it is compared: without regard to case, spaces and hyphens; "" for what is none."""
    code = "".join(text[:40].split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def spoken_code(code: str) -> str:
    """In two halves, as it is read and typed."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
