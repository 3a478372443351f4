"""How the reading of the fleet goes: what is wrong, since when, what is next, and what to do."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from console.ages import duration
from console.fleet.snapshot import AccountState, Problem, ProblemKind, Snapshot
from console.view.dates import local_moment
from console.view.overview import data_age
from console.view.section import Fact
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone
from console.view.words import problem_sentence

UNRECORDED = "Not recorded; :connection tells why"
"""For a line with little room, while nothing can be recorded."""


@dataclass(frozen=True, slots=True)
class Connection:
    """`steps` are what a person can do, in the order to try them; none while all is well."""

    title: Cell
    facts: tuple[Fact, ...]
    steps: tuple[str, ...]


def connection_view(
    snapshot: Snapshot, now: datetime, zone: tzinfo, history_problem: str = ""
) -> Connection:
    """`history_problem` is why nothing can be recorded at present."""
    told = _of_several(snapshot, now) if snapshot.accounts else _of_one(snapshot, now, zone)
    if not history_problem:
        return told
    fact = Fact("History", Cell(shown(history_problem, 300), Tone.WARNING, "!", "!"))
    return replace(told, facts=(*told.facts, fact))


def _of_one(snapshot: Snapshot, now: datetime, zone: tzinfo) -> Connection:
    problem = snapshot.problem
    age = data_age(snapshot, now)
    facts = [Fact("Shown here", Cell(_shown(snapshot), Tone.NEUTRAL))]
    facts.append(Fact("Last read", _last_read(snapshot, age.text, age.tone, zone)))
    if problem is None:
        every = duration_words(snapshot.poll_seconds)
        facts.append(Fact("Read again", Cell(f"every {every}", Tone.MUTED)))
        title = Cell("The Maia API answers.", Tone.GOOD, "●", "*")
        return Connection(title, tuple(facts), ())
    wait = duration(problem.next_try - now)
    facts += [
        Fact("Wrong for", Cell(f"{duration(now - problem.since)}, since {_at(problem, zone)}")),
        Fact("Next try", Cell(f"in {wait}, by itself")),
    ]
    title = Cell(problem_sentence(problem.kind, problem.detail), Tone.CRITICAL, "✕", "x")
    return Connection(title, tuple(facts), STEPS[problem.kind])


def _of_several(snapshot: Snapshot, now: datetime) -> Connection:
    """One fact for each account; the steps for each kind of trouble once."""
    facts = tuple(Fact(shown(each.name, 24), _state(each, now)) for each in snapshot.accounts)
    lost = len(snapshot.problems)
    if not lost:
        return Connection(
            Cell("The Maia API answers for all accounts.", Tone.GOOD, "●", "*"), facts, ()
        )
    title = Cell(f"{lost} of {len(facts)} accounts cannot be read.", Tone.CRITICAL, "✕", "x")
    steps = dict.fromkeys(step for each in snapshot.problems for step in STEPS[each.kind])
    return Connection(title, facts, tuple(steps))


def _state(account: AccountState, now: datetime) -> Cell:
    age = f"{duration(now - account.taken)} ago" if account.taken is not None else "never"
    problem = account.problem
    if problem is None:
        return Cell(f"Last read: {age}.", Tone.NEUTRAL if account.taken else Tone.MUTED)
    since, wait = duration(now - problem.since), duration(problem.next_try - now)
    told = f"{problem_sentence(problem.kind, problem.detail)} For {since}; next try in {wait}."
    return Cell(f"{told} Last read: {age}.", Tone.CRITICAL, "✕", "x")


def duration_words(seconds: float) -> str:
    """ "15 s", "2.5 s"."""
    return f"{seconds:g} s"


def _shown(snapshot: Snapshot) -> str:
    if snapshot.taken is None:
        return "nothing: the fleet has not been read yet"
    if snapshot.problem is None:
        return "the fleet as it is"
    return "the fleet as it was when it was last read"


def _last_read(snapshot: Snapshot, age: str, tone: Tone, zone: tzinfo) -> Cell:
    if snapshot.taken is None:
        return Cell("never", Tone.MUTED)
    return Cell(f"{local_moment(snapshot.taken, zone)}, {age}", tone)


def _at(problem: Problem, zone: tzinfo) -> str:
    return local_moment(problem.since, zone)


_LOOK = (
    "Run maia-console doctor: it tries each step on the way to the API and says which one fails."
)

STEPS: dict[ProblemKind, tuple[str, ...]] = {
    ProblemKind.NOT_SIGNED_IN: (
        "Leave with q, and run maia-console login with a client id and secret that are in force.",
        "A secret that was renewed in Maia must be stored here again.",
    ),
    ProblemKind.NOT_ALLOWED: (
        "Have the API credential made by someone with the account role Super Admin or Admin.",
        _LOOK,
    ),
    ProblemKind.ADDRESS_NOT_ALLOWED: (
        "Have this machine's address added to the account's list of allowed addresses.",
        "If only IPv4 is on that list, set ipv4_only in the profile.",
    ),
    ProblemKind.UNREACHABLE: (
        "See whether this machine reaches the internet, and whether it needs a proxy.",
        _LOOK,
    ),
    ProblemKind.THROTTLED: (
        "Wait: it goes on by itself.",
        "If it comes often, raise poll_seconds, or close other consoles of the same account.",
    ),
    ProblemKind.FAILED: ("Wait: the fault is Maia's, and it is tried again by itself.",),
    ProblemKind.NONSENSE: (
        "See whether api_url is right, and whether a proxy answers in Maia's place.",
        _LOOK,
    ),
    ProblemKind.REFUSED: (_LOOK,),
}
