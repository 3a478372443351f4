"""Which of what was done to look at: by whom, what, to which runner, in which account, and how it
ended. It goes into an address, so that a view of it can be sent on; what is odd there is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from console.actions.catalogue import ACTIONS
from console.fleet.snapshot import Phase
from console.journal.history import RecordedAction
from console.view.form import Field, Option
from console.view.text import folded, shown

LONGEST = 200
MOST_NAMES = 200
"""How many names of people and accounts are offered to choose from."""

OUTCOMES: Mapping[str, str] = {
    "running": "under way",
    Phase.DONE: "done",
    Phase.FAILED: "failed",
    Phase.NOT_SEEN: "not seen to finish",
}


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """ "" lets everything pass. `runner` is a part of a name, in any case, or a whole id."""

    who: str = ""
    what: str = ""
    runner: str = ""
    outcome: str = ""
    account: str = ""

    def lets_pass(self, action: RecordedAction) -> bool:
        return (
            self.who in ("", action.who)
            and self.what in ("", action.action_id)
            and self.account in ("", action.account)
            and self.outcome in ("", outcome_of(action))
            and (
                folded(self.runner) in folded(action.runner_name) or self.runner == action.runner_id
            )
        )

    @property
    def parameters(self) -> dict[str, str]:
        """What of it belongs into an address."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in told.items() if value}


def activity_filter(parameters: Mapping[str, str]) -> ActivityFilter:
    known = {each.name for each in fields(ActivityFilter)}
    told = {name: parameters[name][:LONGEST] for name in known & set(parameters)}
    if told.get("outcome", "") not in OUTCOMES:
        told["outcome"] = ""
    return ActivityFilter(**told)


def outcome_of(action: RecordedAction) -> str:
    return "running" if action.phase in (Phase.ASKED, Phase.UNDER_WAY) else action.phase


def activity_caption(passing: int, total: int) -> str:
    counted = "1 action" if total == 1 else f"{total} actions"
    return counted if passing == total else f"{passing} of {counted}"


def activity_fields(
    wanted: ActivityFilter, actions: Iterable[RecordedAction], accounts: Iterable[str]
) -> tuple[Field, ...]:
    """What can be chosen. `accounts` are those that are open together."""
    people = sorted({each.who for each in actions if each.who})[:MOST_NAMES]
    accounts = tuple(accounts)
    chosen = (
        Field("who", "Who", wanted.who, options=_choice("anybody", people, wanted.who)),
        Field("what", "What", wanted.what, options=_actions(wanted.what)),
        Field("runner", "Runner", wanted.runner, hint="part of its name"),
        Field("outcome", "Outcome", wanted.outcome, options=_outcomes()),
    )
    if len(accounts) < 2 and not wanted.account:
        return chosen
    options = _choice("all", accounts[:MOST_NAMES], wanted.account)
    return (*chosen, Field("account", "Account", wanted.account, options=options))


def _choice(every: str, names: Iterable[str], chosen: str) -> tuple[Option, ...]:
    """What is chosen can be seen even where nothing of it is left."""
    names = tuple(names)
    names += (chosen,) if chosen and chosen not in names else ()
    return (Option("", every), *(Option(name, shown(name, 60)) for name in names))


def _actions(chosen: str) -> tuple[Option, ...]:
    known = tuple(Option(action.id, action.label) for action in ACTIONS)
    odd = chosen and chosen not in {each.value for each in known}
    return (
        Option("", "anything"),
        *known,
        *((Option(chosen, shown(chosen, 60)),) if odd else ()),
    )


def _outcomes() -> tuple[Option, ...]:
    return (Option("", "any"), *(Option(value, words) for value, words in OUTCOMES.items()))
