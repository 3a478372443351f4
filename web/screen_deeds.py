"""What admins do to screens on the settings page. Who they are is asked before."""

from collections.abc import Mapping

from console.access.person import Person
from console.access.screen_desk import ScreenDesk
from console.access.screen_office import TAKEN
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
        code, name, options = given.text("code"), _name(given), _options(given)
        doing = self._desk.add(code, name, options, by=person)
        return _blamed(await done(doing, given, LET_IN, "code", name), name)

    async def _set(self, person: Person, key: str, given: Answers) -> Answer:
        name, options = _name(given), _options(given)
        doing = self._desk.set(key, name=name, options=options, by=person)
        return _blamed(await done(doing, given, SET, "options", name), name)

    async def _revoke(self, person: Person, key: str, given: Answers) -> Answer:
        return await done(self._desk.revoke(key, by=person), given, REVOKED)

    async def _remove(self, person: Person, key: str, given: Answers) -> Answer:
        return await done(self._desk.remove(key, by=person), given, REMOVED)


def _name(given: Answers) -> str:
    name = given.text("name").strip()
    fault = screen_name_fault(name)
    if fault:
        given.errors.setdefault("name", fault)
    return name


def _blamed(answer: Answer, name: str) -> Answer:
    """That a name is taken is put to the name, whatever else a refusal is put to."""
    taken = TAKEN.format(name=spoken(name))
    return Answer({"name": taken}) if taken in answer.errors.values() else answer


def _options(given: Answers) -> dict[str, str]:
    options, fault = options_from(given.text("options"))
    if fault:
        given.errors.setdefault("options", fault)
    return options
