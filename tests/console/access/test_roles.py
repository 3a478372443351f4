"""What each role may do."""

from itertools import pairwise

import pytest

from console.access.person import Person
from console.access.roles import RIGHTS, Right, Role, forbidden, least_role, right_for
from console.actions.action import Action, Danger
from console.actions.catalogue import ACTIONS


def test_each_role_may_do_what_the_one_before_it_may_and_more() -> None:
    ranked = [RIGHTS[role] for role in Role]
    assert all(less < more for less, more in pairwise(ranked))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: str(action.id))
def test_a_viewer_may_do_nothing_and_an_admin_everything(action: Action) -> None:
    assert forbidden(Role.VIEWER, action)
    assert forbidden(Role.ADMIN, action) == ""


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: str(action.id))
def test_a_helpdesk_may_pause_and_resume_and_nothing_else(action: Action) -> None:
    assert (forbidden(Role.HELPDESK, action) == "") == (action.id in ("pause", "resume"))


def test_what_destroys_takes_an_admin() -> None:
    assert all(
        least_role(right_for(action)) is Role.ADMIN
        for action in ACTIONS
        if action.danger is Danger.DESTRUCTIVE
    )


def test_the_refusal_names_the_role_that_it_takes() -> None:
    restart = next(action for action in ACTIONS if action.id == "restart")
    assert forbidden(Role.HELPDESK, restart) == (
        "Your role, helpdesk, does not allow it: that takes operator."
    )


def test_a_person_has_the_rights_of_the_role() -> None:
    assert Person("ops", Role.OPERATOR).may(Right.OPERATE)
    assert not Person("ops", Role.OPERATOR).may(Right.MANAGE)
