"""The roles and what each may do. Pure, and the only place that decides it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from console.actions.action import Action, Danger


class Role(StrEnum):
    """Each may do what the one before may, and more."""

    VIEWER = "viewer"
    HELPDESK = "helpdesk"
    OPERATOR = "operator"
    ADMIN = "admin"


class Right(StrEnum):
    LOOK = "look"
    PAUSE = "pause"
    OPERATE = "operate"
    MANAGE = "manage"


_RANKED = tuple(Right)

RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {role: frozenset(_RANKED[: number + 1]) for number, role in enumerate(Role)}
)

PAUSING = ("pause", "resume")
"""The ids of the actions that stop nothing which is under way, and can be undone at once."""

NOT_ALLOWED = "Your role, {role}, does not allow it: that takes {needed}."


def right_for(action: Action) -> Right:
    """What an action takes. One that is not known here takes an operator, one that destroys an
    admin."""
    if action.danger is Danger.DESTRUCTIVE:
        return Right.MANAGE
    return Right.PAUSE if action.id in PAUSING else Right.OPERATE


def forbidden(role: Role, action: Action) -> str:
    """Why a role may not do it, in one sentence, or ""."""
    right = right_for(action)
    if right in RIGHTS[role]:
        return ""
    return NOT_ALLOWED.format(role=role, needed=least_role(right))


def least_role(right: Right) -> Role:
    return next(role for role in Role if right in RIGHTS[role])
