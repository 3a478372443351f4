"""What a user can do, by the role: every action, and what else there is to do."""

from console.access.person import Person
from console.access.roles import RIGHTS, Right, Role, least_role, right_for
from console.actions.catalogue import ACTIONS
from console.view.listing import ListedRow, Listing
from console.view.table import Cell
from console.view.tone import Tone

LOOKING = (
    "Look at runners, releases, activity and the wall",
    "Take files and copies of what is shown",
)
MANAGING = (
    "Add users, set their roles and passwords, disable them",
    "Make and revoke tokens, end sign-ins, let screens in and switch them off",
    "Read the audit",
)
ABOUT: dict[Role, str] = {
    Role.VIEWER: "looks, and changes nothing",
    Role.HELPDESK: "looks, pauses and resumes",
    Role.OPERATOR: "does everything to runners but what destroys",
    Role.ADMIN: "does everything, and manages the others",
}

YES = Cell("yes", Tone.GOOD, "✓", "+")
NO = Cell("no", Tone.MUTED, "–", "-")


def what_a_role_may(role: Role) -> Listing:
    """Of one role: what it may do, and what the rest takes."""
    rows = tuple(
        ListedRow(what, (Cell(what), _answer(role, right))) for what, right in _abilities()
    )
    return Listing(f"What {article(role)} {role} may do", ("To do", "Allowed"), rows)


def what_each_role_may() -> Listing:
    """All roles beside each other."""
    rows = tuple(
        ListedRow(what, (Cell(what), *(YES if right in RIGHTS[role] else NO for role in Role)))
        for what, right in _abilities()
    )
    return Listing("What each role may do", ("To do", *Role), rows)


def may_manage(person: Person) -> bool:
    return person.may(Right.MANAGE)


def article(word: str) -> str:
    return "an" if word[:1] in "aeiou" else "a"


def _abilities() -> tuple[tuple[str, Right], ...]:
    doing = ((f"{action.label}: {action.explains}", right_for(action)) for action in ACTIONS)
    return (
        *((what, Right.LOOK) for what in LOOKING),
        *doing,
        *((what, Right.MANAGE) for what in MANAGING),
    )


def _answer(role: Role, right: Right) -> Cell:
    if right in RIGHTS[role]:
        return YES
    needed = least_role(right)
    return Cell(f"takes {article(needed)} {needed}", Tone.MUTED, "–", "-")
