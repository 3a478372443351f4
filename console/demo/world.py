"""The demo world: its runners, and how they move on with the clock it was given.

There is no background task: whoever asks makes the world catch up first, so the same seed, clock
and commands always show the same fleet. HTTP is not here, nor who uses which runner.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

from console.demo.audit import AuditEvent, first_events
from console.demo.crowd import crowd, random_id
from console.demo.fleet24 import CAST, HOSTILE, beginning, cast_runner
from console.demo.lifecycle import (
    DELETABLE,
    FOLLOWING,
    Command,
    Refusal,
    Step,
    begin,
    following_after,
    happen,
    without_secret,
)
from console.demo.releases import LINES, Line, Standing, history, standing
from console.demo.runners import Runner
from console.demo.timetable import Timetable
from console.demo.usage import AllowList, Usage, usage_of
from console.demo.writing import Writing

LONG_DRAIN = timedelta(hours=2)


def wall_clock() -> datetime:
    return datetime.now(UTC)


class World:
    """A seeded fleet; `pace` stretches or shortens what commands take, 0 makes them instant.

    `clock` gives aware moments. Every method makes the world catch up with it first. An unknown
    id raises KeyError; what the API would turn down raises Refusal.
    """

    def __init__(
        self,
        runners: int = 24,
        seed: int = 1,
        clock: Callable[[], datetime] = wall_clock,
        *,
        pace: float = 1.0,
        hostile: bool = False,
    ) -> None:
        self.seed = seed
        self._clock = clock
        self._pace = pace
        self._random = Random(seed)
        self._lock = threading.RLock()
        self._timetable = Timetable()
        self._secret_turns: dict[str, int] = {}
        now = clock()
        self._standings: dict[Line, Standing] = {line: standing(line, now) for line in LINES}
        self._writing = Writing(self._standings)
        first = first_runners(runners, hostile, self._random, now)
        self._runners = {runner.id: runner for runner in first}
        self.usage: Usage = usage_of(first, seed)
        self.allow_lists: dict[str, AllowList] = self.usage.allow_lists(first)
        self.events: list[AuditEvent] = first_events(first, now, seed)
        self._schedule_beginnings(now)

    def now(self) -> datetime:
        """The moment on the world's clock, with everything that was due until then done."""
        with self._lock:
            now = self._clock()
            for at, entry in self._timetable.due(now):
                if isinstance(entry, str):
                    self._release(entry, at, now)
                else:
                    self._step(*entry, at)
            return now

    def runners(self) -> tuple[Runner, ...]:
        with self._lock:
            self.now()
            return tuple(self._runners.values())

    def runner(self, runner_id: str) -> Runner:
        with self._lock:
            self.now()
            return self._runners[runner_id]

    def named(self, name: str) -> Runner:
        """The first runner of that name."""
        for runner in self.runners():
            if runner.name == name:
                return runner
        raise KeyError(name)

    def written(self, runner_id: str) -> bytes:
        """A runner as the API's JSON."""
        with self._lock:
            return self._writing.runner(self.runner(runner_id))

    def written_page(self, page: int, size: int, *, as_summaries: bool = False) -> bytes:
        """A page of the list as the API's JSON."""
        with self._lock:
            return self._writing.page(self.runners(), page, size, as_summaries=as_summaries)

    def command(self, runner_id: str, command: Command) -> None:
        with self._lock:
            runner, steps = begin(self.runner(runner_id), command)
            self._put(runner)
            self._schedule(runner_id, steps, self.now())
            self._record(f"Agent {command.lower()} requested", f"agent_{command.lower()}", runner)

    def create(self, runner: Runner) -> str:
        """Adds a runner under a new id, which is returned."""
        with self._lock:
            created = replace(runner, id=random_id(self._random))
            self._put(created)
            self._record("Agent created", "agent_created", created)
            return created.id

    def update(self, runner: Runner) -> None:
        """Replaces the runner of the same id; one that begins to follow its track does so soon."""
        with self._lock:
            follows = runner.auto_updates and not self.runner(runner.id).auto_updates
            self._put(runner)
            if follows:
                self._schedule(runner.id, (Step(FOLLOWING, "updated"),), self.now())
            self._record("Agent updated", "agent_updated", runner)

    def delete(self, runner_id: str) -> None:
        with self._lock:
            runner = self.runner(runner_id)
            if runner.is_hosted or runner.status not in DELETABLE:
                raise Refusal(f"An agent that is {runner.status} cannot be deleted.")
            self._writing.forget(runner_id)
            del self._runners[runner_id]
            self.allow_lists.pop(runner_id, None)
            self._record("Agent deleted", "agent_deleted", runner)

    def credentials(self, runner_id: str) -> dict[str, str]:
        runner = self.runner(runner_id)
        account = f"{self.seed}:{runner.id}"
        secret = f"{account}:{self._secret_turns.get(runner_id, 0)}"
        return {
            "clientId": sha256(account.encode()).hexdigest()[:32],
            "clientSecret": f"demo-{sha256(secret.encode()).hexdigest()[:40]}",
        }

    def refresh_secret(self, runner_id: str) -> dict[str, str]:
        """New credentials; the runner is lost until it is restarted."""
        with self._lock:
            runner = self.runner(runner_id)
            if runner.is_hosted:
                raise Refusal("Matillion hosted agents have no credentials to refresh.")
            self._secret_turns[runner_id] = self._secret_turns.get(runner_id, 0) + 1
            self._put(without_secret(runner))
            self._record("Agent credentials refreshed", "agent_secret_refresh", runner)
            return self.credentials(runner_id)

    def change(self, share: float, seed: int = 1) -> tuple[str, ...]:
        """Flips the connection of that share of the fleet, among running runners; their ids."""
        with self._lock:
            running = [runner for runner in self.runners() if runner.status == "running"]
            wanted = min(len(running), round(share * len(self._runners)))
            changed = Random(seed).sample(running, wanted)
            self.rewrite(replace(runner, connected=not runner.connected) for runner in changed)
            return tuple(runner.id for runner in changed)

    def rewrite(self, runners: Iterable[Runner]) -> None:
        """Puts runners as given, without a record; what is under way for them goes on."""
        with self._lock:
            for runner in runners:
                self._put(runner)

    def clear(self) -> None:
        """Leaves an account in which nothing was ever set up."""
        with self._lock:
            self._runners.clear()
            self._writing.forget_all()
            self.usage = Usage((), (), ())
            self.allow_lists.clear()
            self.events.clear()

    def _schedule_beginnings(self, now: datetime) -> None:
        for line, offer in self._standings.items():
            self._timetable.add(offer.next_at, line)
        for runner in self._runners.values():
            if runner.paused_until is not None:
                self._timetable.add(runner.paused_until, (runner.id, Step(timedelta(), "resumed")))
            if runner.status == "pausing":
                self._timetable.add(now + LONG_DRAIN, (runner.id, Step(LONG_DRAIN, "paused")))

    def _schedule(self, runner_id: str, steps: Iterable[Step], since: datetime) -> None:
        for step in steps:
            delay = step.after * self._pace if step.is_paced else step.after
            self._timetable.add(since + delay, (runner_id, step))

    def _step(self, runner_id: str, step: Step, at: datetime) -> None:
        before = self._runners.get(runner_id)
        if before is None:
            return
        runner, steps = happen(before, step, at, self._standings[before.line].newest.version)
        if runner is not before:
            self._put(runner)
        self._schedule(runner_id, steps, at)

    def _release(self, line: Line, at: datetime, now: datetime) -> None:
        """Of a leap of the clock only the last two releases are acted out."""
        moment = max(at, history(line, now, 2)[1].released_at)
        offer = self._standings[line] = standing(line, moment)
        self._writing.forget_all()
        self._timetable.add(offer.next_at, line)
        for runner in self._runners.values():
            if runner.line == line and runner.auto_updates:
                step = Step(FOLLOWING, "updated")
                self._timetable.add(moment + following_after(runner), (runner.id, step))

    def _put(self, runner: Runner) -> None:
        self._writing.forget(runner.id)
        self._runners[runner.id] = runner

    def _record(self, description: str, name: str, runner: Runner) -> None:
        self.events.append(AuditEvent(self.now(), description, name, runner.id, runner.name))


def first_runners(wanted: int, hostile: bool, random: Random, now: datetime) -> tuple[Runner, ...]:
    start = beginning(now)
    casts = CAST[:wanted] + (HOSTILE if hostile else ())
    named = [cast_runner(cast, random_id(random), start) for cast in casts]
    return (*named, *crowd(max(0, wanted - len(CAST)), len(CAST) + 1, random, start))
