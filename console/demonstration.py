"""The demo as an account: its API served on loopback, its profile, and its past in a journal of its
own, which is deleted with the session.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from console.actions.restart import RESTART
from console.api.models.runners import RunnerRecord
from console.demo.past import past_releases, past_sights
from console.demo.releases import history
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from console.errors import UnknownName, wrong_value
from console.fleet.lines import Family, Line
from console.fleet.memory import Lesson, Memory, Release
from console.fleet.reading import runner_from
from console.fleet.snapshot import Operation, Phase, Runner, Track
from console.journal.databases import Database
from console.settings import EVERY

if TYPE_CHECKING:
    from console.demo.releases import Line as DemoLine
    from console.settings import Profile

NAME = "demo"
ALL = ("eu", "us")
"""What all profiles are for the demo."""

WITH_A_PAST = 24
"""Only the runners that are named by hand have one; a crowd would take seconds to write down."""

PINNED = "pricing-fargate"
"""The one of them that was restarted in vain."""

RESTARTING = timedelta(minutes=4)
RESTARTED_AFTER = timedelta(minutes=40)

_LINES: Mapping["DemoLine", Line] = {
    "current": Line(Family.MAIA, Track.CURRENT),
    "stable": Line(Family.MAIA, Track.STABLE),
    "snowflake": Line(Family.SNOWFLAKE, Track.STABLE),
    "streaming": Line(Family.STREAMING, Track.CURRENT),
}


@dataclass(frozen=True, slots=True)
class Demonstration:
    profile: "Profile"
    memory: Memory
    database: Database


@asynccontextmanager
async def open_demonstrations(
    names: str | None,
    runners: int,
    scenario: str,
    clock: Callable[[], datetime],
    overrides: Mapping[str, object],
) -> AsyncIterator[tuple[Demonstration, ...]]:
    """One demo, or one for each of several names, with runners of its own. `scenario` is that of
    all, or "calm,denied" for one each, of which the last holds for those that are left."""
    accounts = accounts_of(names)
    scenarios = scenario.split(",")
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(
                _opened(name, World(runners, _seed(name, place), clock), one, clock(), overrides)
            )
            for place, (name, one) in enumerate(
                zip(accounts, chain(scenarios, repeat(scenarios[-1])), strict=False), 1
            )
        )


def accounts_of(names: str | None) -> tuple[str, ...]:
    """As in the settings file, but a single name does not rename the demo, unless a comma follows
    it."""
    if names == EVERY:
        return ALL
    several = tuple(dict.fromkeys(each.strip() for each in (names or "").split(",")))
    return tuple(each for each in several if each) if len(several) > 1 else (NAME,)


def known_accounts(names: str) -> str:
    """The names as they are asked for of the demo; raises UnknownName for those it has not."""
    if names in (NAME, EVERY):
        return names
    wanted = [each.strip() for each in names.split(",") if each.strip()]
    unknown = [each for each in wanted if each not in ALL]
    if unknown or not wanted:
        raise wrong_value(
            "an account of the demo",
            unknown[0] if unknown else names,
            (NAME, *ALL, EVERY),
            UnknownName,
        )
    return f"{','.join(wanted)},"


def _seed(name: str, place: int) -> int:
    """An account of the demo has the same runners whichever others are open."""
    return ALL.index(name) + 1 if name in ALL else place


@contextmanager
def _opened(
    name: str, world: World, scenario: str, now: datetime, overrides: Mapping[str, object]
) -> Iterator[Demonstration]:
    with TemporaryDirectory(prefix="maia-console-demo-") as folder:
        database = Database(
            Path(folder) / "journal.sqlite3",
            begin=lambda path: write_past(world, now, path, account=name),
        )
        memory = past_memory(world, now) if scenario != "empty" else Memory()
        with serve(build_app(world, scenario)) as url:
            yield Demonstration(_profile(name, url, overrides), memory, database)


def past_memory(world: World, now: datetime) -> Memory:
    """What a console that had watched the demo fleet would have learnt."""
    releases: dict[Line, list[Release]] = {}
    for each in past_releases(now):
        line = _LINES[each.line]
        release = Release(line, each.version, each.released_at, each.released_at)
        if not any(known.version == each.version for known in releases.get(line, ())):
            releases.setdefault(line, []).append(release)
    return Memory({line: tuple(each) for line, each in releases.items()}, _lessons(world, now))


def _lessons(world: World, now: datetime) -> dict[str, Lesson]:
    """That the pinned runner was restarted in vain soon after the newest release came out."""
    (newest,) = history("current", now, 1)
    in_vain = newest.released_at + RESTARTED_AFTER
    return {
        runner.id: Lesson(unmoved=in_vain, unmoved_version=runner.version or "")
        for runner in world.runners()[:WITH_A_PAST]
        if runner.name == PINNED and runner.version != newest.version and in_vain <= now
    }


def write_past(world: World, now: datetime, path: Path, *, account: str = NAME) -> None:
    """Writes into a new journal what such a console would have seen, and the restarts by which
    somebody would have updated the runners that do not follow their track by themselves."""
    from console.journal.book import Book
    from console.journal.origin import Origin
    from console.journal.unsaved import Census, Sighting, Unsaved

    sights = _past_of(world, now)
    ids = frozenset(runner.id for _, runner in sights)
    unsaved = Unsaved(
        census=Census(sights[0][0], ids) if sights else None,
        readings=[{runner.id: Sighting(at, runner)} for at, runner in sights],
        operations={each.id: each for each in _restarts(sights)},
    )
    unsaved.learn(Memory(), past_memory(world, now))
    book = Book(Database(path), Origin(account, "terminal", "demo", run="past"))
    book.write(unsaved)
    book.close()


def _past_of(world: World, now: datetime) -> list[tuple[datetime, Runner]]:
    runners = world.runners()[:WITH_A_PAST]
    seen = [
        (sight.at, runner_from(RunnerRecord.model_validate(sight.body)))
        for sight in past_sights(runners, now)
    ]
    return sorted(seen, key=lambda each: each[0])


def _restarts(sights: list[tuple[datetime, Runner]]) -> list[Operation]:
    before: dict[str, Runner] = {}
    restarts: list[Operation] = []
    for at, runner in sights:
        old = before.get(runner.id)
        before[runner.id] = runner
        if old is not None and old.version != runner.version and not runner.auto_updates:
            restarts.append(
                Operation(
                    id=len(restarts) + 1,
                    action_id=RESTART.id,
                    label=RESTART.label,
                    doing=RESTART.doing,
                    runner_id=runner.id,
                    runner_name=runner.name,
                    phase=Phase.DONE,
                    started=at - RESTARTING,
                    changed=at,
                )
            )
    return restarts


def _profile(name: str, url: str, overrides: Mapping[str, object]) -> "Profile":
    from console.settings import profile_from

    values = {
        "name": name,
        "client_id": "demo",
        "client_secret": "demo-secret",
        "poll_seconds": 5.0,
        "requests_per_minute": 1000,
        **overrides,
        "api_url": f"{url}/dpc",
        "token_url": f"{url}/oauth/dpc/token",
    }
    return profile_from(values, {})
