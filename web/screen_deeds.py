"""What admins do to screens on the settings page. Who they are is asked before."""

from collections.abc import Mapping

from console.access.person import Person
from console.access.screen_desk import TAKEN, ScreenDesk
from console.access.screens import screen_name_fault
from console.access.users import spoken
from console.view.answers import Answers
from console.view.screens import LET_IN, REMOVED, REVOKED, SET, options_from
from web.deeds import Answer, Doing, done


class ScreenDeeds:
    def __init__(self, desk: ScreenDesk) -> None:
        self._desk = desk

    @property
    def by_form(self) -> Mapping[str, Doing]:
        return {
            "screen-add": self._add,
            "screen-set": self._set,
            "screen-revoke": self._revoke,
            "screen-remove": self._remove,
        }

    async def _add(self, person: Person, key: str, given: Answers) -> Answer:
        code, name = given.text("code"), given.text("name").strip()
        fault = screen_name_fault(name)
        if fault:
            given.errors.setdefault("name", fault)
        doing = self._desk.add(code, name, _options(given), by=person)
        answer = await done(doing, given, LET_IN, "code", name)
        taken = TAKEN.format(name=spoken(name))
        return Answer({"name": taken}) if answer.errors.get("code") == taken else answer

    async def _set(self, person: Person, key: str, given: Answers) -> Answer:
        doing = self._desk.set_options(key, _options(given), by=person)
        return await done(doing, given, SET, "options")

    async def _revoke(self, person: Person, key: str, given: Answers) -> Answer:
        return await done(self._desk.revoke(key, by=person), given, REVOKED)

    async def _remove(self, person: Person, key: str, given: Answers) -> Answer:
        return await done(self._desk.remove(key, by=person), given, REMOVED)


def _options(given: Answers) -> dict[str, str]:
    options, fault = options_from(given.text("options"))
    if fault:
        given.errors.setdefault("options", fault)
    return options
