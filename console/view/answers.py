"""What was answered to a form, as values, and what is wrong with it in one sentence each."""

from datetime import date, datetime, time, timedelta, tzinfo

from console.access.passwords import password_fault
from console.access.roles import Role
from console.access.tokens import LONGEST_NAME, Scope
from console.access.users import name_fault

LONGEST = 1000
"""Characters of an answer, whatever it is to."""

TOO_LONG = f"That is longer than {LONGEST} characters."


class Answers:
    """Reads them one by one. `errors` has what is wrong, by the field's name; once there is one,
    what was read is not to be used."""

    def __init__(self, given: dict[str, str]) -> None:
        self.errors: dict[str, str] = {}
        self._given = given

    def text(self, name: str) -> str:
        text = self._given.get(name, "")
        if len(text) > LONGEST:
            self.errors[name] = TOO_LONG
            return ""
        return text

    def new_name(self, name: str) -> str:
        text = self.text(name)
        fault = name_fault(text)
        if fault:
            self.errors.setdefault(name, fault)
        return text

    def new_password(self, name: str, user: str, again: str = "") -> str:
        """One that the user of this name may have; `again` is the field that repeats it."""
        text = self.text(name)
        fault = password_fault(text, user)
        if fault:
            self.errors.setdefault(name, fault)
        if again and not fault and self.text(again) != text:
            self.errors[again] = "That is not the same as above."
        return text

    def role(self, name: str) -> Role:
        text = self.text(name)
        if text in tuple(Role):
            return Role(text)
        self.errors.setdefault(name, "Choose one of the roles.")
        return Role.VIEWER

    def token_name(self, name: str) -> str:
        text = self.text(name).strip()
        if not text or not text.isprintable():
            self.errors.setdefault(name, "A token needs a name that says what it is for.")
        elif len(text) > LONGEST_NAME:
            self.errors[name] = f"A token's name has at most {LONGEST_NAME} characters."
        return text

    def scopes(self, name: str) -> tuple[Scope, ...]:
        words = self.text(name).split()
        if words and all(word in tuple(Scope) for word in words):
            return tuple(each for each in Scope if each in words)
        self.errors.setdefault(name, "Choose at least one." if not words else "Choose from these.")
        return ()

    def last_day(self, name: str, now: datetime, zone: tzinfo) -> datetime | None:
        """The end of a day in the user's zone; None for an empty answer."""
        text = self.text(name).strip()
        if not text:
            return None
        day = _day(text)
        if day is None or day.year > 9000:
            self.errors.setdefault(name, "That is no day such as 2027-01-31.")
            return None
        end = datetime.combine(day, time(), zone) + timedelta(days=1)
        if end <= now:
            self.errors[name] = "That day is over."
        return end


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
