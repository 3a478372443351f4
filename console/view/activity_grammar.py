"""The shared filter grammar for what was done: `who:ada outcome:failed -what:pause prod`."""

from dataclasses import dataclass

from console.actions.catalogue import ACTIONS
from console.journal.history import RecordedAction
from console.view.activity_filter import OUTCOMES, outcome_of
from console.view.fields import Field
from console.view.filter import Filter, Subject

_FIELDS = (
    Field("who", "who did it", lambda action: (action.who,)),
    Field("what", "what was done", lambda action: (action.action_id,), [a.id for a in ACTIONS]),
    Field("runner", "name or id of the runner", lambda a: (a.runner_name, a.runner_id)),
    Field("outcome", "how it ended", lambda action: (outcome_of(action),), tuple(OUTCOMES)),
    Field("account", "in which account, where several are open", lambda a: (a.account,)),
)


def _texts(action: RecordedAction) -> tuple[str, ...]:
    return action.runner_name, action.runner_id, action.who, action.label


ACTIONS_DONE = Subject({field.name: field for field in _FIELDS}, _texts)
"""A bare word looks in the runner's name and id, in who did it, and in what was done."""

EXAMPLE = "outcome:failed who:ada what:restart prod"


@dataclass(frozen=True, slots=True)
class TypedFilter:
    """As `activity_view` takes it."""

    filter: Filter

    def lets_pass(self, action: RecordedAction) -> bool:
        return self.filter.matches(action)
