"""What admins do to screens that were let in: another name, other options, switching off, taking
off the list."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from console.access.audit import AuditEntry, What
from console.access.keeper import Keeper
from console.access.ledger import Ledger
from console.access.office import Office
from console.access.person import Person
from console.access.refusals import AccessRefused
from console.access.screen_roll import ScreenRoll
from console.access.screens import NO_OPTIONS, screen_name_fault, screen_options_fault
from console.access.users import spoken

if TYPE_CHECKING:
    from sqlalchemy import Connection

TAKEN = "There is a screen “{name}” already. Choose another name, or switch that one off first."
NO_SUCH_SCREEN = "There is no such screen, or it has been switched off."
NOT_REMOVABLE = "There is no such screen, or it is in use: switch it off first."


class ScreenOffice:
    """Each deed raises AccessRefused where it cannot be done, and AccessUnavailable; it and its
    entry in the audit are written in one transaction."""

    def __init__(
        self,
        keeper: Keeper,
        ledger: Ledger,
        office: Office,
        roll: ScreenRoll,
        clock: Callable[[], datetime],
    ) -> None:
        self._keeper, self._ledger, self._office = keeper, ledger, office
        self._roll, self._clock = roll, clock

    async def set(
        self,
        screen_id: str,
        *,
        name: str | None = None,
        options: Mapping[str, str] | None = None,
        by: Person,
    ) -> None:
        """Gives it another name, other options, or both at once; None leaves what there is. An
        entry is written for what is otherwise than before."""
        self._office.need_right(by, What.SCREEN_SET, self._spoken(screen_id))
        refuse_fault("" if name is None else screen_name_fault(name))
        refuse_fault(screen_options_fault(options or NO_OPTIONS))

        def changed(rows: "Connection") -> None:
            from console.access.screen_rows import find_screen, is_taken, update_screen

            found = find_screen(rows, screen_id)
            if found is None:
                raise AccessRefused(NO_SUCH_SCREEN)
            new_name = found.name if name is None else name
            new_options = found.options if options is None else options
            if new_name != found.name and is_taken(rows, new_name, besides=screen_id):
                raise AccessRefused(TAKEN.format(name=spoken(new_name)))
            update_screen(rows, screen_id, new_name, new_options)
            if new_name != found.name:
                self._write(rows, by, What.SCREEN_RENAMED, found.name, f"now {new_name}")
            if dict(new_options) != dict(found.options):
                told = " ".join(f"{each}={text}" for each, text in sorted(new_options.items()))
                self._write(rows, by, What.SCREEN_SET, new_name, told)

        await self._keeper.change(changed)

    async def revoke(self, screen_id: str, *, by: Person) -> None:
        """Whatever shows it is told so at once, and shows nothing else from then on."""

        def revoked(rows: "Connection") -> bool:
            from console.access.screen_rows import revoke_screen

            return revoke_screen(rows, screen_id, by.name, self._clock())

        await self._change(screen_id, by, What.SCREEN_REVOKED, revoked, NO_SUCH_SCREEN)

    async def remove(self, screen_id: str, *, by: Person) -> None:
        """Takes one off the list that was revoked or never came; its browser then shows a code, as
        one that was never let in."""

        def removed(rows: "Connection") -> bool:
            from console.access.screen_rows import remove_screen

            return remove_screen(rows, screen_id)

        await self._change(screen_id, by, What.SCREEN_REMOVED, removed, NOT_REMOVABLE)

    async def _change(
        self,
        screen_id: str,
        by: Person,
        what: What,
        change: Callable[["Connection"], bool],
        otherwise: str,
    ) -> None:
        name = self._spoken(screen_id)
        self._office.need_right(by, what, name)

        def changed(rows: "Connection") -> None:
            if not change(rows):
                raise AccessRefused(otherwise)
            self._write(rows, by, what, name)

        await self._keeper.change(changed)

    def _spoken(self, screen_id: str) -> str:
        return self._roll.named(screen_id) or spoken(screen_id)

    def _write(
        self, rows: "Connection", by: Person, what: What, target: str, detail: str = ""
    ) -> None:
        from console.access.audit_rows import write_entries

        who = (by.name, by.role, by.address)
        write_entries(rows, (AuditEntry(self._clock(), *who, what, target, detail),))


def refuse_fault(fault: str) -> None:
    if fault:
        raise AccessRefused(fault)
