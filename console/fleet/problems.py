"""Turns our own errors into the kind of problem that a snapshot carries, once."""

from console.errors import (
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    PermissionDenied,
    SignInError,
)
from console.fleet.snapshot import ProblemKind


def problem_kind(error: ConsoleError) -> ProblemKind:
    """The kind for any error of ours; what has no kind of its own counts as refused."""
    if isinstance(error, PermissionDenied):
        if error.address_not_allowed:
            return ProblemKind.ADDRESS_NOT_ALLOWED
        return ProblemKind.NOT_ALLOWED
    for kind, errors in _KINDS.items():
        if isinstance(error, errors):
            return kind
    return ProblemKind.REFUSED


_KINDS: dict[ProblemKind, type[ConsoleError]] = {
    ProblemKind.NOT_SIGNED_IN: SignInError,
    ProblemKind.UNREACHABLE: ApiUnreachable,
    ProblemKind.THROTTLED: ApiThrottled,
    ProblemKind.FAILED: ApiFailed,
    ProblemKind.NONSENSE: ApiNonsense,
}
