"""The sections of the settings, and what stands around their lists and forms, in words."""

from dataclasses import dataclass

from console.access.person import Person
from console.view.form import Form
from console.view.listing import Listing
from console.view.rights import ABOUT, may_manage
from console.view.section import Fact
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

ADMINS_ONLY = "This page is for admins. Your role is {role}."
NOBODY_SIGNS_IN = (
    "Nobody signs in to this console: it is served to this machine only, and whoever reaches it may"
    " do everything."
)
HOW_TO_SWITCH_ON = (
    "To switch sign-in on, add an admin with “maia-console users add NAME --role admin”, or start"
    " it with “maia-console web --sign-in”."
)
KEEPS_NO_USERS = "This console keeps no users."


@dataclass(frozen=True, slots=True)
class SectionLink:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SettingsView:
    """One section, ready to draw. `sections` are those that the person may open; `who` is the
    person's name. The forms are opened by their titles."""

    sections: tuple[SectionLink, ...]
    current: str
    title: str
    who: str
    sentences: tuple[Cell, ...] = ()
    facts: tuple[Fact, ...] = ()
    listings: tuple[Listing, ...] = ()
    forms: tuple[Form, ...] = ()


ACCOUNT = SectionLink("account", "Your account")
USERS = SectionLink("users", "Users")
TOKENS = SectionLink("tokens", "Tokens")
SESSIONS = SectionLink("sessions", "Sign-ins")
SCREENS = SectionLink("screens", "Screens")
PROFILES = SectionLink("profiles", "Profiles")
NOTIFICATIONS = SectionLink("notifications", "Notifications")

SECTIONS = (ACCOUNT, USERS, TOKENS, SESSIONS, SCREENS, PROFILES, NOTIFICATIONS)


def section_named(key: str) -> SectionLink:
    """One that there is not is the first."""
    return next((each for each in SECTIONS if each.key == key), ACCOUNT)


def sections_for(person: Person) -> tuple[SectionLink, ...]:
    return SECTIONS if may_manage(person) else (ACCOUNT,)


def account_facts(person: Person) -> tuple[Fact, ...]:
    return (
        Fact("Name", Cell(shown(person.name, 60))),
        Fact("Role", Cell(f"{person.role}: {ABOUT[person.role]}")),
        Fact("From", Cell(shown(person.address, 60) or "this machine")),
    )


def nobody_signs_in() -> tuple[Cell, ...]:
    return (Cell(NOBODY_SIGNS_IN, Tone.WARNING, "!", "!"), Cell(HOW_TO_SWITCH_ON))


def refused(person: Person) -> str:
    return ADMINS_ONLY.format(role=person.role)
