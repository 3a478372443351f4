"""What a person is offered to do to runners, by role and session, and what the rest would take."""

from collections.abc import Iterable

from console.access.person import Person
from console.access.roles import Right, forbidden, least_role, right_for
from console.actions.action import Action
from console.actions.catalogue import ACTIONS
from console.fleet.snapshot import Runner
from console.view.names import runner_label

ENDED = "You are no longer signed in."
NOTHING = "There is nothing to do."
NAMED = 5
"""How many runners are named one by one."""


def forbidden_to(person: Person | None, action: Action) -> str:
    """Why this person may not do it, in one sentence, or "". None is somebody who was signed in."""
    return ENDED if person is None else forbidden(person.role, action)


def offer_note(person: Person | None, *, is_read_only: bool) -> str:
    """What is not offered to this person, and what it would take, in one sentence, or ""."""
    if person is None:
        return ENDED
    missing = [action for action in ACTIONS if not person.may(right_for(action))]
    if is_read_only or not missing:
        return ""
    right = min((right_for(action) for action in missing), key=list(Right).index)
    role = least_role(right)
    if len(missing) == len(ACTIONS):
        return f"Your role, {person.role}, looks only. To pause and resume runners takes {role}."
    done = "pauses and resumes runners"
    return f"Your role, {person.role}, {done}. All else takes {role}."


def named_runners(runners: Iterable[Runner]) -> str:
    """ "prod-eu, hr-aca and 12 more"."""
    names = [runner_label(each) for each in runners]
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
