"""What a dialogue is about at present: the query, the marks, the open question, the rest of a long
answer. What the words do with it is in `looking` and `acting`."""

from dataclasses import dataclass, field

from console.actions.plan import Plan
from console.cli.plain.announcing import Announcer
from console.cli.plain.deeds import Deeds
from console.cli.plain.pages import Pages
from console.session import Session
from console.sessions import Sessions
from console.view.plan import PlanText
from console.view.query import Query


@dataclass(frozen=True, slots=True)
class Question:
    """A plan that waits for an agreement."""

    plan: Plan
    text: PlanText


@dataclass(slots=True)
class Talk:
    """`marks` are runner ids in the order of marking. `deeds` is None in a read-only session.
    `turned_to` is the session that is to take the place of this one. While it `is_quiet` changes
    are told with the answers only. `has_refused` remembers, for the exit code of a script, that
    something asked for was not done, `was_wrong` that it made no sense."""

    session: Session
    announcer: Announcer
    deeds: Deeds | None
    sessions: Sessions
    turned_to: Session | None = None
    pages: Pages = field(default_factory=Pages)
    query: Query = field(default_factory=Query)
    marks: dict[str, None] = field(default_factory=dict)
    question: Question | None = None
    is_wide: bool = False
    is_quiet: bool = False
    is_over: bool = False
    has_refused: bool = False
    was_wrong: bool = False
