"""The pages that there are for a person, and who that person is, in words."""

from dataclasses import dataclass

from console.access.person import Person
from console.access.roles import Right

SIGNED_IN_NOBODY = "no sign-in"


@dataclass(frozen=True, slots=True)
class PageLink:
    """`path` is relative to the console's own address, "." for its first page, so that it holds
    behind a path prefix too."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Navigation:
    """`who` and `role` are of the person that is signed in; `role` says that nobody is where
    nobody signs in, and nobody can sign out there. `current` is the path of the open page."""

    pages: tuple[PageLink, ...]
    current: str
    profile: str
    read_only: str
    who: str
    role: str
    can_sign_out: bool


RUNNERS = PageLink("Runners", ".")
RELEASES = PageLink("Releases", "releases")
ACTIVITY = PageLink("Activity", "activity")
AUDIT = PageLink("Audit", "audit")
SETTINGS = PageLink("Settings", "settings")
WALL = PageLink("Wall", "wall")


def pages_for(person: Person) -> tuple[PageLink, ...]:
    """In their order. Only what the person may look at."""
    pages = (RUNNERS, RELEASES, ACTIVITY, AUDIT, SETTINGS, WALL)
    return pages if person.may(Right.MANAGE) else tuple(each for each in pages if each != AUDIT)


def navigation(
    person: Person, current: PageLink, *, profile: str, is_read_only: bool
) -> Navigation:
    signs_in = bool(person.session)
    return Navigation(
        pages_for(person),
        current.path,
        profile,
        "READ-ONLY" if is_read_only else "",
        person.name if signs_in else "",
        person.role if signs_in else SIGNED_IN_NOBODY,
        signs_in,
    )
