"""What a page may do for whoever has it open. Pages get this instead of the executor.

Each call asks anew whether the person is still signed in and what the role allows, and writes what
was agreed to or refused to the audit; how it came out is written once it has ended.
"""

from collections.abc import Iterable
from functools import partial
from uuid import uuid4

from console.access.access import Access
from console.access.audit import Outcome, What
from console.access.ends import when_ended
from console.access.person import Person
from console.access.roles import Right
from console.actions.action import Action
from console.actions.catalogue import ACTIONS
from console.actions.plan import READ_ONLY, Plan
from console.session import Session
from console.view.detail import ActionLine, Detail, action_lines
from console.view.offers import ENDED, NOTHING, forbidden_to, named_runners, offer_note


class Seat:
    """One person at one page. Without an `access` nobody signs in, and the person is as given."""

    def __init__(self, session: Session, person: Person, access: Access | None = None) -> None:
        self._session = session
        self._person = person
        self._access = access

    @property
    def is_read_only(self) -> bool:
        return self._session.is_read_only

    def person(self, *, is_used: bool = False) -> Person | None:
        """Who sits here, with the role that they have now; None once the sign-in has ended.
        `is_used` says that they did something just now."""
        if self._access is None:
            return self._person
        if not self._person.session:
            return None if self._access.has_users else self._person
        return self._access.still(self._person.session, is_used=is_used)

    def is_taken(self) -> bool:
        """Whether an event of this page counts: somebody is still signed in, and has just used the
        page. One that comes too late is told to the audit."""
        if self.person(is_used=True) is not None:
            return True
        self._note(What.REQUEST_REFUSED, "", ENDED, Outcome.REFUSED)
        return False

    def may(self, right: Right) -> bool:
        person = self.person()
        return person is not None and person.may(right)

    def offers(self, action: Action) -> bool:
        """Whether the action is to be seen at all; whether a runner takes it, its plan says."""
        return not self.forbidden(action)

    def forbidden(self, action: Action) -> str:
        """Why nothing of it may be done from here, in one sentence, or ""."""
        return READ_ONLY if self.is_read_only else forbidden_to(self.person(), action)

    @property
    def offers_any(self) -> bool:
        return any(map(self.offers, ACTIONS))

    def action_lines(self, runner_ids: tuple[str, ...]) -> tuple[ActionLine, ...]:
        """What can be done to these runners from here; nothing for none."""
        if not runner_ids or self.is_read_only:
            return ()
        store = self._session.store
        return action_lines(runner_ids, store.snapshot, store.now, may=self.offers)

    def fitting_action(self, key: str, runner_ids: Iterable[str]) -> str:
        """The id of the action that fits these runners best among those with this key, or ""."""
        if key not in {action.key for action in ACTIONS}:
            return ""
        return self._session.fitting_action(key, runner_ids).id

    @property
    def offer_note(self) -> str:
        """What is not offered here and what it would take, in one sentence; "" when all is."""
        return offer_note(self.person(), is_read_only=self.is_read_only)

    def plan(self, action: Action, runner_ids: Iterable[str]) -> Plan:
        """A plan for these runners; all of them are refused what may not be done from here."""
        reason = self.forbidden(action)
        made = self._session.plan(action, runner_ids, forbidden=reason)
        if reason:
            self._note_plan(made, What.ACTION_REFUSED, reason)
        return made

    def start(self, agreed: Plan) -> str:
        """Has it carried out in the name of whoever sits here. Returns why not, or ""."""
        if not agreed.allowed:
            return NOTHING
        reason = self.forbidden(agreed.action)
        person, executor = self.person(is_used=True), self._session.executor
        if reason or person is None or executor is None:
            self._note_plan(agreed, What.ACTION_REFUSED, reason)
            return reason or READ_ONLY
        plan_id = uuid4().hex
        self._note_plan(agreed, What.ACTION, "", plan_id)
        self._note_end(agreed, person, plan_id)
        executor.start(agreed, plan_id=plan_id, who=person.name)
        return ""

    def with_usage(self, made: Plan) -> Plan:
        """The same plan, with what is known by now of who uses its runners."""
        return self._session.with_usage(made)

    def detail(self, runner_id: str) -> Detail | None:
        """The runner in full, with the actions that are offered here; None when it is gone. What
        is read only for somebody who looks at it comes with later snapshots."""
        self._session.look_up(runner_id)
        return self._session.detail(runner_id, may=self.offers)

    def _note_plan(self, made: Plan, what: What, reason: str, plan_id: str = "") -> None:
        steps = made.steps if reason else made.allowed
        target = named_runners(step.runner for step in steps)
        outcome = Outcome.REFUSED if what is What.ACTION_REFUSED else Outcome.AGREED
        detail = f"{made.action.label}. {reason}" if reason else made.action.label
        self._note(what, target, detail, outcome, plan_id)

    def _note_end(self, agreed: Plan, person: Person, plan_id: str) -> None:
        """Also when by then the page is closed or the person has signed out."""
        if self._access is None:
            return
        target = named_runners(step.runner for step in agreed.allowed)
        tell = partial(self._access.note_of, person, What.ACTION_ENDED, target, plan=plan_id)
        when_ended(self._session.store, agreed, plan_id, tell)

    def _note(
        self, what: What, target: str, detail: str, outcome: Outcome, plan_id: str = ""
    ) -> None:
        if self._access is not None:
            person = self.person() or self._person
            self._access.note_of(person, what, target, detail, outcome, plan_id)
