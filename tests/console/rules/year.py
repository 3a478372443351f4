"""A fleet made up for a year, told moment by moment as the API would tell it.

It shares no code with the program but the runner's fields.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random

from console.fleet.snapshot import Operation, Phase, Runner
from tests.console.rules.vendor import DAY, TRACKS, Temper, Vendor

EPISODES = ("restart", "restart", "pause", "loss", "auto", "track", "retag", "idle")


@dataclass(frozen=True, slots=True)
class State:
    """What is true of one runner; `image` is the track that its tag floats on, None when pinned."""

    name: str
    line: str
    image: str | None
    version: str
    track: str
    auto: bool = True
    status: str = "running"
    connected: bool = True
    has_changed_track: bool = False
    place: str = "fargate"
    provider: str = "aws"
    kind: str = "data_productivity_cloud"
    tells_support: bool = True


@dataclass(slots=True)
class Life:
    """One runner's year, as the moments at which something about it became different."""

    state: State
    vendor: Vendor
    moments: list[datetime] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    def at(self, moment: datetime) -> State:
        return self.states[max(0, bisect_right(self.moments, moment) - 1)]

    def becomes(self, at: datetime, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.moments.append(at)
        self.states.append(self.state)

    def pulls(self, at: datetime) -> str:
        """The version that a container has which starts now."""
        state = self.state
        if state.line not in TRACKS:
            return state.version
        return self.vendor.newest(state.image, at).version if state.image else state.version

    def follows(self, until: datetime, lag: timedelta) -> None:
        """Automatic updates from the last moment on; a runner that is down or lost gets none."""
        state = self.state
        line = state.image if state.line in TRACKS else state.line
        is_able = state.auto and state.status == "running" and state.connected
        if line is None or not is_able:
            return
        for out in self.vendor.outs[line]:
            if self.moments[-1] < out.at + lag < until:
                self.becomes(out.at + lag, version=out.version)


def life(number: int, vendor: Vendor, temper: Temper) -> Life:
    random = Random(f"{temper.seed}/{number}")
    begin = datetime.combine(temper.begins - 40 * DAY, time(), UTC)
    end = begin + timedelta(days=430)
    lived = Life(_first(number, vendor, begin, random), vendor)
    lived.becomes(begin)
    lag = timedelta(minutes=random.choice((20, 200, 2000)))
    at = begin
    while at < end:
        at += timedelta(days=random.choice((2, 5, 12, 40)), minutes=random.randrange(1440))
        lived.follows(at, lag)
        at = _episode(lived, random.choice(EPISODES), at, random)
    return lived


def _first(number: int, vendor: Vendor, begin: datetime, random: Random) -> State:
    track = TRACKS[number % 2]
    image = random.choice((track, track, track, None, TRACKS[1 - number % 2]))
    source = image or track
    version = vendor.history(source, begin)[-random.choice((1, 1, 2, 3))].version
    plain = State(f"r{number}", track, image, version, track, random.random() < 0.6)
    if number % 8 == 5:
        native = vendor.newest("snowflake", begin).version
        return replace(
            plain, line="snowflake", version=native, track="stable", place="native app",
            provider="snowflake",
        )  # fmt: skip
    if number % 8 == 6:
        version = vendor.newest("streaming", begin).version
        return replace(plain, line="streaming", version=version, kind="streaming", auto=False)
    if number % 8 == 7:
        return replace(plain, provider="matillion", place="hosted", auto=True)
    if number == 12:
        return replace(plain, version="nightly")
    return replace(plain, tells_support=number != 9)


def _episode(lived: Life, what: str, at: datetime, random: Random) -> datetime:
    """Lets one thing happen; the moment at which it is over."""
    hours = timedelta(hours=random.choice((1, 4, 20, 70)))
    if what == "pause":
        lived.becomes(at, status="pausing")
        lived.becomes(at + hours / 4, status="paused")
        lived.becomes(at + hours, status="running")
    elif what == "loss":
        lived.becomes(at, connected=False, status=random.choice(("running", "unknown")))
        lived.becomes(at + hours, connected=True, status="running")
    elif what == "auto":
        lived.becomes(at, auto=not lived.state.auto)
        return at
    elif what == "track" and lived.state.line in TRACKS:
        _change_track(lived, at)
        return at
    elif what == "idle":
        return at
    else:
        lived.becomes(at, status="stopping")
        lived.becomes(at + hours / 2, status="stopped", connected=False)
        back = at + hours
        if what == "retag" and lived.state.line in TRACKS:
            image = random.choice((lived.state.track, lived.state.track, None))
            lived.state = replace(lived.state, image=image)
        lived.becomes(back, status="running", connected=True, version=lived.pulls(back))
    return at + hours


def _change_track(lived: Life, at: datetime) -> None:
    """The API's word changes at once, the image only with a later episode, or never."""
    other = TRACKS[1 - TRACKS.index(lived.state.track)]
    lived.becomes(at, track=other, line=other, has_changed_track=True)


def told_by_the_api(state: State, vendor: Vendor, now: datetime) -> Runner:
    newest = vendor.newest(state.line, now)
    supported = vendor.supports(state.line, state.version, now) or _number(state) > int(
        newest.version.split(".")[1]
    )
    return Runner(
        id=state.name,
        name=state.name,
        kind=state.kind,
        status=state.status,
        connected=state.connected,
        provider=state.provider,
        deployment=state.place,
        auto_updates=state.auto,
        track=state.track,
        version=state.version,
        latest_version=newest.version,
        latest_released=newest.told,
        update_available=_number(state) < int(newest.version.split(".")[1]),
        api_support=_WORDS[supported] if state.tells_support else None,
    )


def _number(state: State) -> int:
    parts = state.version.split(".")
    return int(parts[1]) if len(parts) > 1 else 0


def operations_at(lives: list[Life], now: datetime) -> Iterator[Operation]:
    """Half of the runners are restarted and paused from here: an action of ours is under way while
    they are neither running nor settled."""
    for number, lived in enumerate(lives):
        state = lived.at(now)
        action = {"stopping": "restart", "stopped": "restart", "pausing": "pause"}.get(state.status)
        if number % 4 < 2 and action is not None:
            yield Operation(
                number, action, action, action, state.name, state.name, Phase.UNDER_WAY, now, now
            )


_WORDS = {True: "supported", False: "out_of_support"}
