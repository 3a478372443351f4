"""The fleet in numbers for a monitoring system: names, labels and counts, by Prometheus's
conventions.

Text from the API never becomes a label: a word that is not known counts as "other".
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console.access.roles import Role
from console.actions.catalogue import ACTIONS
from console.fleet.snapshot import AccountState, Operation, Phase, Snapshot, Status, Track
from console.rules.assessment import assessments
from console.rules.currency import Currency
from console.rules.support import Support
from console.traffic import FAULTS, Traffic

OTHER = "other"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OUTCOMES = (Phase.DONE, Phase.FAILED, Phase.NOT_SEEN)

Sample = tuple[tuple[str, ...], float]


@dataclass(frozen=True, slots=True)
class Family:
    """One metric. `samples` are values by the labels' values, in the order of `labels`; the name
    of a counter has no "_total" here."""

    name: str
    help: str
    labels: tuple[str, ...]
    samples: tuple[Sample, ...]
    kind: Literal["gauge", "counter"] = "gauge"


def fleet_families(name: str, snapshot: Snapshot, now: datetime) -> tuple[Family, ...]:
    """Of the newest snapshot, in one pass over its runners. `name` is the account's where only one
    is open."""
    accounts = snapshot.accounts or (AccountState(name, snapshot.taken, snapshot.problem),)
    names = tuple(account.name for account in accounts)
    counts: Counter[tuple[object, ...]] = Counter(
        (
            each.runner.account or name,
            each.runner.status,
            each.runner.track,
            each.support,
            each.currency,
            each.runner.connected,
        )
        for each in assessments(snapshot, now)
    )
    totals = _summed((key[:1], count) for key, count in counts.items())
    return (
        Family("maia_runners", "Runners.", ("account",), _each((names,), totals)),
        _by("status", "Runners by the status that the API tells.", names, counts, 1, Status),
        _by("track", "Runners by release track.", names, counts, 2, Track),
        _by("support", "Runners by support.", names, counts, 3, Support),
        _by("currency", "Runners by version against their track.", names, counts, 4, Currency),
        _by("connected", "Runners by connection.", names, counts, 5, _CONNECTED.values()),
        *_reading(accounts, now),
        Family(
            "maia_actions_open",
            "Actions on runners that are under way.",
            ("account",),
            _each((names,), _open_actions(name, snapshot.operations)),
        ),
    )


def action_families(
    names: Sequence[str], ended: Mapping[tuple[str, str, Phase], int]
) -> tuple[Family, ...]:
    """`names` are the accounts that are open. `ended` are actions by account, action and how they
    ended; the account is "" where only one is open."""
    ids = (*(action.id for action in ACTIONS), OTHER)
    counts = _summed(
        ((account or names[0], action if action in ids else OTHER, phase), count)
        for (account, action, phase), count in ended.items()
    )
    accounts = tuple(dict.fromkeys((*names, *(key[0] for key in counts))))
    family = Family(
        "maia_actions",
        "Actions on runners that have ended, since the console was started.",
        ("account", "action", "outcome"),
        _each((accounts, ids, OUTCOMES), counts),
        "counter",
    )
    return (family,)


def session_families(roles: Iterable[Role]) -> tuple[Family, ...]:
    """`roles` are those of the sessions that are signed in, one for each."""
    counts = _summed(((role,), 1) for role in roles)
    samples = _each((Role,), counts)
    return (Family("maia_sessions", "Sessions that are signed in.", ("role",), samples),)


def traffic_families(traffic: Mapping[str, Traffic]) -> tuple[Family, ...]:
    """`traffic` is that of each account, by its name."""
    calls: dict[tuple[str, ...], int] = {
        (account, method): count
        for account, each in traffic.items()
        for method, count in each.calls.items()
    }
    errors: dict[tuple[str, ...], int] = {
        (account, fault): count
        for account, each in traffic.items()
        for fault, count in each.errors.items()
    }
    left = tuple(((account,), float(each.left)) for account, each in traffic.items())
    return (
        Family(
            "maia_api_requests",
            "Requests sent to the Maia API, repeats and those for tokens included.",
            ("account", "method"),
            _each((tuple(traffic), METHODS), calls),
            "counter",
        ),
        Family(
            "maia_api_errors",
            "Requests that were not answered as they should be; throttled means HTTP 429.",
            ("account", "fault"),
            _each((tuple(traffic), FAULTS), errors),
            "counter",
        ),
        Family(
            "maia_api_requests_left",
            "Requests that the console's own budget allows within this minute.",
            ("account",),
            left,
        ),
    )


def program_families(version: str, *, history_problem: bool) -> tuple[Family, ...]:
    return (
        Family("maia_console_build_info", "The program.", ("version",), (((version,), 1.0),)),
        Family(
            "maia_history_problem",
            "1 while the history cannot be written.",
            (),
            (((), float(history_problem)),),
        ),
    )


_CONNECTED: Mapping[bool | None, str] = {True: "yes", False: "no"}


def _by(
    what: str,
    meaning: str,
    names: tuple[str, ...],
    counts: Mapping[tuple[object, ...], int],
    place: int,
    words: Iterable[str],
) -> Family:
    known = tuple(str(word) for word in words)
    summed = _summed(
        ((str(key[0]), _word(key[place], known)), count) for key, count in counts.items()
    )
    samples = _each((names, (*known, OTHER)), summed)
    return Family(f"maia_runners_by_{what}", meaning, ("account", what), samples)


def _word(value: object, known: tuple[str, ...]) -> str:
    word = _CONNECTED[value] if isinstance(value, bool) else value
    return str(word) if word in known else OTHER


def _reading(accounts: tuple[AccountState, ...], now: datetime) -> tuple[Family, ...]:
    """An account that has never been read has no age."""
    ages = tuple(
        ((account.name,), max(0.0, (now - account.taken).total_seconds()))
        for account in accounts
        if account.taken is not None
    )
    problems = tuple(((each.name,), float(each.problem is not None)) for each in accounts)
    return (
        Family(
            "maia_last_good_poll_age_seconds",
            "Seconds since the fleet was last read well.",
            ("account",),
            ages,
        ),
        Family("maia_poll_problem", "1 while the fleet cannot be read.", ("account",), problems),
    )


def _open_actions(name: str, operations: Iterable[Operation]) -> dict[tuple[str, ...], int]:
    return _summed(((each.account or name,), 1) for each in operations if each.is_open)


def _summed(parts: Iterable[tuple[tuple[object, ...], int]]) -> dict[tuple[str, ...], int]:
    sums: Counter[tuple[str, ...]] = Counter()
    for key, count in parts:
        sums[tuple(map(str, key))] += count
    return sums


def _each(
    words: tuple[Iterable[str], ...], counts: Mapping[tuple[str, ...], int]
) -> tuple[Sample, ...]:
    """A sample for every combination of the words, so that a count of 0 is told, not missing."""
    keys: list[tuple[str, ...]] = [()]
    for each in words:
        keys = [(*key, str(word)) for key in keys for word in each]
    return tuple((key, float(counts.get(key, 0))) for key in keys)
