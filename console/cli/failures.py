"""From our errors, and from a problem on a snapshot, to exit codes."""

from console.cli.exits import Exit
from console.cli.formats import note
from console.errors import (
    AccessError,
    ApiFailed,
    ApiNonsense,
    ApiThrottled,
    ApiUnreachable,
    ConsoleError,
    SignInError,
    UsageError,
)
from console.fleet.snapshot import Problem, ProblemKind, Snapshot
from console.view.text import shown
from console.view.words import error_sentence, problem_words


class FleetUnreadable(ConsoleError):
    """The fleet could not be read at all; carries the snapshot's problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem_words(problem))
        self.problem = problem


def read_or_raise(snapshot: Snapshot) -> Snapshot:
    """The snapshot if its newest reading was good; raises FleetUnreadable if not. Of several
    accounts one is enough: those that could not be read are told on standard error."""
    if snapshot.problem is not None and snapshot.is_cut_off:
        raise FleetUnreadable(snapshot.problem)
    for problem in snapshot.problems:
        note(f"maia-console: {problem_words(problem)}")
    return snapshot


def exit_for_read(snapshot: Snapshot) -> Exit:
    """Fine, or what kept one of several accounts from being read."""
    if snapshot.problem is None:
        return Exit.FINE
    return _BY_PROBLEM.get(snapshot.problem.kind, Exit.REFUSED)


def sentence_for(error: ConsoleError) -> str:
    if isinstance(error, AccessError):
        return shown(str(error), 600)
    return str(error) if isinstance(error, FleetUnreadable) else error_sentence(error)


def exit_for(error: ConsoleError) -> Exit:
    if isinstance(error, FleetUnreadable):
        return _BY_PROBLEM.get(error.problem.kind, Exit.REFUSED)
    for exit_code, kinds in _BY_ERROR.items():
        if isinstance(error, kinds):
            return exit_code
    return Exit.REFUSED


_BY_ERROR: dict[Exit, tuple[type[ConsoleError], ...]] = {
    Exit.USAGE: (UsageError,),
    Exit.NOT_ALLOWED: (SignInError,),
    Exit.UNREACHABLE: (ApiUnreachable, ApiThrottled, ApiFailed, ApiNonsense),
}

_BY_PROBLEM = {
    ProblemKind.NOT_SIGNED_IN: Exit.NOT_ALLOWED,
    ProblemKind.NOT_ALLOWED: Exit.NOT_ALLOWED,
    ProblemKind.ADDRESS_NOT_ALLOWED: Exit.NOT_ALLOWED,
    ProblemKind.UNREACHABLE: Exit.UNREACHABLE,
    ProblemKind.THROTTLED: Exit.UNREACHABLE,
    ProblemKind.FAILED: Exit.UNREACHABLE,
    ProblemKind.NONSENSE: Exit.UNREACHABLE,
}
