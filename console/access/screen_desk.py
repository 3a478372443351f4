"""Screens, as a front end asks of them: how one comes in, which there are, and what admins do to
them. Whoever shows a code is let in by an admin who types it, and whoever opens a link that an
admin made; such a browser changes the secret that it came with for one of its own."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.access.audit import AuditEntry, Outcome, What
from console.access.digests import digest, new_id, new_secret
from console.access.keeper import Keeper
from console.access.ledger import Ledger
from console.access.limits import TOO_OFTEN, Attempts, Pace
from console.access.office import Office
from console.access.person import Person
from console.access.refusals import AccessRefused, SignInRefused
from console.access.screen_codes import Codes, Waiting
from console.access.screen_office import TAKEN, ScreenOffice, refuse_fault
from console.access.screen_roll import ScreenRoll
from console.access.screens import (
    MOST_SCREENS,
    NO_OPTIONS,
    Screen,
    screen_name_fault,
    screen_options_fault,
)
from console.access.users import spoken, user_key
from console.ages import duration

if TYPE_CHECKING:
    from sqlalchemy import Connection

OF_CODES = Pace(free=5, first=timedelta(seconds=10), longest=timedelta(minutes=10))
"""Wrong codes that one admin may type."""

NO_SUCH_CODE = "No screen shows this code. It may have ended: look at the screen for the new one."
TOO_MANY = f"There are {MOST_SCREENS} screens. Switch one off first."


class ScreenDesk(ScreenOffice):
    """What admins do raises AccessRefused where it cannot be done, and AccessUnavailable."""

    def __init__(
        self,
        keeper: Keeper,
        ledger: Ledger,
        office: Office,
        roll: ScreenRoll,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(keeper, ledger, office, roll, clock)
        self._codes = Codes()
        self._guesses = Attempts(OF_CODES)

    def ask(self, *, address: str, agent: str = "") -> tuple[Waiting, str]:
        """A code for a browser to show, and the secret that it waits with. Raises SignInRefused
        where too many ask, and where nobody could be let in."""
        if self._keeper.problem:
            raise SignInRefused(self._keeper.problem)
        now = self._clock()
        waiting, secret = self._codes.ask(address, agent, now)
        self._ledger.note(AuditEntry(now, "", "", address, What.SCREEN_ASKED))
        return waiting, secret

    def waiting(self, secret: str) -> Waiting | None:
        """What the browser that waits with this secret has to show now; a new code when the old one
        has ended. None for one that does not wait."""
        return self._codes.of(secret, self._clock())

    def is_expected(self, secret: str) -> bool:
        """Whether the browser that waited with this secret was let in, and may open its screen."""
        return self._roll.is_expected(secret)

    async def open(
        self, secret: str, *, address: str, version: str = ""
    ) -> tuple[Screen, str] | None:
        """The screen of a browser that was let in, and the secret that it has from now on; the one
        that it waited with holds no longer. None where it was not let in. Raises
        AccessUnavailable."""
        expected, own, now = digest(secret), new_secret(), self._clock()

        def opened(rows: "Connection") -> tuple[str, str] | None:
            from console.access.audit_rows import write_entries
            from console.access.screen_rows import open_screen

            found = open_screen(rows, expected, digest(own), address, version, now)
            if found is not None:
                entry = AuditEntry(now, "", "", address, What.SCREEN_OPENED, found[1])
                write_entries(rows, (entry,))
            return found

        if not self._roll.is_expected(secret) or await self._keeper.change(opened) is None:
            return None
        screen = self._roll.known(own, address, version)
        return None if screen is None else (screen, own)

    def known(self, secret: str, *, address: str, version: str = "") -> Screen | None:
        """The screen with this secret; a revoked one too, for as long as it is kept. Counts as a
        sign of life. `version` is that of the page it loads, "" where it loads none."""
        return self._roll.known(secret, address, version)

    def still(self, screen_id: str) -> Screen | None:
        """The same by its id, asked anew while it looks."""
        return self._roll.still(screen_id)

    def all(self) -> tuple[Screen, ...]:
        """By name, those that were revoked last."""
        return self._roll.all()

    def all_waiting(self) -> tuple[Waiting, ...]:
        """Browsers that show a code now, longest first."""
        return self._codes.open(self._clock())

    def on_change(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        """The listener is told the id of a screen that may show the wall no longer and why, in one
        sentence, or "" for one whose options are others now. Returns what makes it stop."""
        return self._roll.on_change(listener)

    async def add(
        self, code: str, name: str, options: Mapping[str, str] = NO_OPTIONS, *, by: Person
    ) -> Screen:
        """Lets the browser in that shows this code. An admin may type a wrong one a few times."""
        self._refuse_new(name, options, by)
        waiting = self._named(code, by)
        screen = Screen(new_id(), name, by.name, self._clock(), options, waiting.address)
        await self._insert(screen, waiting.digest, by, f"the one at {waiting.address}")
        self._codes.end(waiting)
        return screen

    async def expect(
        self, name: str, options: Mapping[str, str] = NO_OPTIONS, *, by: Person
    ) -> str:
        """A secret for a link: the browser that opens it first, within ten minutes, is this screen
        from then on."""
        self._refuse_new(name, options, by)
        secret = new_secret()
        screen = Screen(new_id(), name, by.name, self._clock(), options)
        await self._insert(screen, digest(secret), by, "whoever opens its link")
        return secret

    def _refuse_new(self, name: str, options: Mapping[str, str], by: Person) -> None:
        self._office.need_right(by, What.SCREEN_ADDED, name)
        refuse_fault(screen_name_fault(name) or screen_options_fault(options))

    async def _insert(self, screen: Screen, expected: str, by: Person, detail: str) -> None:
        def added(rows: "Connection") -> None:
            from console.access.screen_rows import count_screens, insert_screen, is_taken

            if is_taken(rows, screen.name):
                raise AccessRefused(TAKEN.format(name=spoken(screen.name)))
            if count_screens(rows) >= MOST_SCREENS:
                raise AccessRefused(TOO_MANY)
            insert_screen(rows, screen, expected)
            self._write(rows, by, What.SCREEN_ADDED, screen.name, detail)

        await self._keeper.change(added)

    def _named(self, code: str, by: Person) -> Waiting:
        """Who shows the code; a wrong one counts against whoever typed it."""
        key, now = user_key(by.name), self._clock()
        wait = self._guesses.wait(key, now)
        if wait:
            raise AccessRefused(TOO_OFTEN.format(wait=duration(wait)))
        waiting = self._codes.named(code, now)
        if waiting is None:
            self._guesses.begin(key, now)
            refused, where = Outcome.REFUSED, (by.name, by.role, by.address)
            self._ledger.note(AuditEntry(now, *where, What.SCREEN_REFUSED, outcome=refused))
            raise AccessRefused(NO_SUCH_CODE)
        self._guesses.forget(key)
        return waiting
