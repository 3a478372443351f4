"""What has changed, as lines that are told once: each by itself while they are few, as one line
with counts when they are many."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from console.ages import duration
from console.fleet.changes import What, changes
from console.fleet.snapshot import Operation, Phase, Runner, Snapshot
from console.view.columns import operation_cell
from console.view.detail import operation_line
from console.view.history import change_cell
from console.view.names import runner_label
from console.view.overview import data_age, overview
from console.view.runners import runner_count
from console.view.text import shown
from console.view.words import answers_again, problem_words

AT_ONCE = 10
"""More changes than these are told as one line."""

PER_MINUTE = 20
"""After so many lines within a minute the rest waits, and is told together."""

REMEMBERED = 500
"""How many announcements can be told again."""

MOST_WAITING = 50_000
"""How many changes wait to be told while somebody is asked something; then the oldest are lost."""

KINDS_NAMED = 4
A_MINUTE = timedelta(minutes=1)
RECORDED_AGAIN = "What happens is recorded again."


@dataclass(frozen=True, slots=True)
class News:
    """Something new at `at`. About the fleet as a whole `runner_id` and `name` are ""; `kinds` are
    what is counted where many are told together."""

    at: datetime
    runner_id: str
    name: str
    kinds: tuple[str, ...]
    text: str


class Announcer:
    """Snapshots go in, lines come out, in the order of their time. `first` is known already."""

    def __init__(self, first: Snapshot, now: datetime, zone: tzinfo) -> None:
        self._snapshot = first
        self._zone = zone
        self._of_fleet: list[News] = []
        self._of_runners: list[News] = []
        self._told_at: deque[datetime] = deque()
        self._remembered: deque[News] = deque(maxlen=REMEMBERED)
        self._verdict = self._told_verdict = overview(first, now).verdict
        self._judged = (first.runners, _minute(now))
        self._history_problem = ""
        self._begun: set[int] = {each.id for each in first.operations}

    @property
    def has_news(self) -> bool:
        is_judged_anew = self._verdict != self._told_verdict
        return bool(self._of_fleet or self._of_runners or is_judged_anew)

    def know_fleet(self) -> None:
        """How the fleet stands was just told, with what is wrong with reading it."""
        self._of_fleet.clear()
        self.know_verdict()

    def know_verdict(self) -> None:
        """The fleet's sentence was just told in an answer."""
        self._told_verdict = self._verdict

    def hear(self, history_problem: str, now: datetime) -> None:
        """Takes why nothing can be recorded, "" while all is well; told when it begins and ends,
        and not when only the count of what was lost is another."""
        if bool(history_problem) != bool(self._history_problem):
            said = history_problem or RECORDED_AGAIN
            self._of_fleet.append(News(now, "", "", (), shown(said, 300)))
        self._history_problem = history_problem

    def see(self, snapshot: Snapshot, now: datetime) -> None:
        """Takes what is new in it; quick where nothing is."""
        before, self._snapshot = self._snapshot, snapshot
        if before.taken is not None and snapshot.runners is not before.runners:
            self._of_runners += _changed(before, snapshot)
        if snapshot.operations is not before.operations:
            self._of_runners += self._acted(before, snapshot)
        del self._of_runners[:-MOST_WAITING]
        self._of_fleet += _reached(before, snapshot, now)
        self._judge(snapshot, now)

    def told(self, now: datetime) -> tuple[str, ...]:
        """What is to be told now; what is not stays for later."""
        while self._told_at and now - self._told_at[0] >= A_MINUTE:
            self._told_at.popleft()
        news, self._of_fleet = self._of_fleet, []
        room = PER_MINUTE - len(self._told_at)
        if room > 0:
            ones, self._of_runners = self._of_runners, []
            self._remembered += ones
            news += ones if len(ones) <= min(AT_ONCE, room) else [_summary(ones)]
        news.sort(key=lambda each: each.at)
        if room > 0 and self._verdict != self._told_verdict:
            self._told_verdict = self._verdict
            news.append(News(now, "", "", (), self._verdict))
        lines = tuple(self._line(each) for each in news)
        self._told_at += [now] * len(lines)
        return lines

    def again(self) -> Iterator[str]:
        """What was announced of runners, also within a count, the newest first."""
        return (self._line(each) for each in reversed(self._remembered))

    def _acted(self, before: Snapshot, snapshot: Snapshot) -> Iterator[News]:
        """That an action has begun, and how it ended; what lies between is told by the runner."""
        known = {each.id: each for each in before.operations}
        for operation in snapshot.operations:
            if operation == known.get(operation.id):
                continue
            if not operation.is_open:
                yield _ended(operation)
            elif operation.id not in self._begun:
                yield _begun(operation)
            self._begun.add(operation.id)

    def _judge(self, snapshot: Snapshot, now: datetime) -> None:
        """What the whole fleet comes to; looked at when a runner is another, and by the minute."""
        runners, minute = self._judged
        is_old = snapshot.runners is runners and _minute(now) == minute
        if not is_old and not snapshot.is_cut_off:
            self._judged = snapshot.runners, _minute(now)
            self._verdict = overview(snapshot, now).verdict

    def _line(self, news: News) -> str:
        clock = f"{news.at.astimezone(self._zone):%H:%M}"
        return f"{clock} {news.name}: {news.text}" if news.name else f"{clock} {news.text}"


def _changed(before: Snapshot, snapshot: Snapshot) -> Iterator[News]:
    """One piece of news a runner, however much of it has changed; none of those of an account that
    was not read before."""
    kinds: dict[str, list[str]] = {}
    known = {**before.by_id, **snapshot.by_id}
    unread = {account.name for account in before.accounts if account.taken is None}
    at = snapshot.taken or before.taken
    if at is None:
        return
    for change in changes(before.by_id, snapshot.by_id, at):
        if change.what is not What.JOINED or known[change.runner_id].account not in unread:
            kinds.setdefault(change.runner_id, []).append(change_cell(change).text)
    for runner_id, said in kinds.items():
        name = runner_label(known[runner_id])
        yield News(at, runner_id, name, tuple(said), "; ".join(said))


def _reached(before: Snapshot, snapshot: Snapshot, now: datetime) -> Iterator[News]:
    """That the API no longer answers, with the age of what is known; and that it does again. Of
    several accounts each by itself."""
    old = {each.account: each.kind for each in before.problems}
    new = {each.account: each for each in snapshot.problems}
    for account in old:
        if account not in new:
            yield News(now, "", "", (), answers_again(account))
    for account, problem in new.items():
        if old.get(account) != problem.kind:
            said = f"{problem_words(problem)} {_age_of(account, snapshot, now)}"
            yield News(now, "", "", (), said)


def age_sentence(snapshot: Snapshot, now: datetime) -> str:
    return f"Data: {data_age(snapshot, now).text}."


def _age_of(account: str, snapshot: Snapshot, now: datetime) -> str:
    """Of what is known of one account; without a name of all that is known."""
    state = snapshot.by_account.get(account)
    if state is None:
        return age_sentence(snapshot, now)
    known = f"{duration(now - state.taken)} old" if state.taken else "nothing read yet"
    return f"Data: {known}."


def _begun(operation: Operation) -> News:
    said = operation_cell(operation, operation.started).text
    return News(operation.started, operation.runner_id, _name(operation), (said,), said)


def _ended(operation: Operation) -> News:
    said = operation_line(operation, operation.changed).text
    kind = f"{operation.label}: {_outcome(operation.phase)}"
    return News(operation.changed, operation.runner_id, _name(operation), (kind,), said)


def _outcome(phase: Phase) -> str:
    """The word for it that a command tells: "done"."""
    from console.actions.execute import Outcome
    from console.view.plan import outcome_text

    return outcome_text(Outcome(Runner("", ""), phase, "")).removeprefix(": ").removesuffix(".")


def _name(operation: Operation) -> str:
    return runner_label(Runner("", operation.runner_name, account=operation.account))


def _summary(news: list[News]) -> News:
    counted = Counter(kind for each in news for kind in each.kinds)
    said = [f"{kind} ({count})" for kind, count in counted.most_common(KINDS_NAMED)]
    if len(counted) > KINDS_NAMED:
        said.append(f"and {len(counted) - KINDS_NAMED} other changes")
    number = len({each.runner_id for each in news})
    text = f"{runner_count(number, number)} changed: {', '.join(said)}."
    return News(news[-1].at, "", "", (), text)


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
