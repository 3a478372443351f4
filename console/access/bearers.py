"""The tokens that programs show: whether they hold, and to the audit whenever one does not. No part
of a secret is ever written. A program goes on asking by itself for months: of the same token from
the same address it is written once an hour."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from console.access.audit import AuditEntry, Outcome, What
from console.access.digests import digest
from console.access.ledger import Ledger
from console.access.limits import address_key
from console.access.roll import Roll
from console.access.tokens import Token

AGAIN = timedelta(hours=1)
MOST_REMEMBERED = 1000

UNREAD = "the tokens could not be read yet"
UNKNOWN = "not known"
REVOKED = "revoked"
EXPIRED = "expired"
LACKS = "lacks the scope {scope}"


class Bearers:
    def __init__(self, roll: Roll, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._roll, self._ledger, self._clock = roll, ledger, clock
        self._told: OrderedDict[tuple[str, str, str], datetime] = OrderedDict()

    def token(self, secret: str, address: str) -> Token | None:
        """None when it was revoked, has expired, or never was."""
        token = self._roll.bearer(secret)
        if token is None:
            known = self._roll.shown(secret)
            self._refuse(digest(secret), known.name if known else "", self._why(known), address)
        return token

    def lacks(self, token: Token, scope: str, address: str) -> None:
        """It holds, but is not for what it was shown for."""
        self._refuse(token.id, token.name, LACKS.format(scope=scope), address)

    def _why(self, known: Token | None) -> str:
        if known is None:
            return UNKNOWN if self._roll.taken else UNREAD
        return REVOKED if known.is_revoked else EXPIRED

    def _refuse(self, mark: str, name: str, why: str, address: str) -> None:
        now, key = self._clock(), (mark, why, address_key(address))
        before = self._told.get(key)
        if before is not None and abs(now - before) < AGAIN:
            return
        self._told[key] = now
        self._told.move_to_end(key)
        if len(self._told) > MOST_REMEMBERED:
            self._told.popitem(last=False)
        what, refused = What.TOKEN_REFUSED, Outcome.REFUSED
        self._ledger.note(AuditEntry(now, "", "", address, what, name, why, refused))
