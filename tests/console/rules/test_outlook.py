"""When a version leaves support, and what odd input makes of that."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from console.fleet.learning import learnt
from console.fleet.memory import NOTHING_REMEMBERED, Lesson, Memory
from console.fleet.snapshot import Runner, Snapshot
from console.rules.assessment import assess, assessments
from console.rules.currency import Currency, Oddity
from console.rules.outlook import Judgement, Outlook, by_the_minute
from console.rules.releases import Sureness
from console.rules.support import Basis, Support
from console.rules.updating import Cause
from tests.console.fleets import HEALTHY, HOSTED, NOW, SNOWFLAKE, STREAMING
from tests.console.rules.ledgers import CURRENT, STABLE, memory_of

KNOWN = memory_of(
    {
        CURRENT: {"10.1301.0": "2026-09-29", "10.1302.0": "2026-10-01", "10.1303.0": "2026-10-06"},
        STABLE: {"10.1280.0": "2026-09-01", "10.1288.0": "2026-10-01"},
    }
)
BY_HAND = replace(HEALTHY, auto_updates=False)
LAST = replace(BY_HAND, version="10.1302.0")


def judged(runner: Runner, memory: Memory = KNOWN) -> Judgement:
    return Outlook(memory, NOW).judgement(runner)


@pytest.mark.parametrize(
    ("runner", "support", "basis", "leaves"),
    [
        (BY_HAND, Support.SUPPORTED, Basis.SECOND_RELEASE, "2026-10-13"),
        (LAST, Support.ENDING, Basis.NEXT_RELEASE, "2026-10-08"),
        (
            replace(BY_HAND, track="stable", version="10.1288.0", latest_version="10.1288.0"),
            Support.SUPPORTED,
            Basis.SECOND_RELEASE,
            "2026-12-01",
        ),
        (
            replace(BY_HAND, track="stable", version="10.1280.0", latest_version="10.1288.0"),
            Support.ENDING,
            Basis.NEXT_RELEASE,
            "2026-11-01",
        ),
        (HEALTHY, Support.SUPPORTED, Basis.FOLLOWS, None),
        (replace(LAST, version="10.1301.0"), Support.SUPPORTED, Basis.PAST_WINDOW, None),
        (replace(LAST, api_support="gone"), Support.UNSUPPORTED, Basis.OUT_ALREADY, None),
        (replace(LAST, api_support=None), Support.UNKNOWN, Basis.NOT_TOLD, None),
        (replace(LAST, version="10.1400.0"), Support.SUPPORTED, Basis.AHEAD, None),
        (replace(LAST, version="nightly"), Support.SUPPORTED, Basis.NOT_COMPARABLE, None),
        (replace(LAST, version=None), Support.SUPPORTED, Basis.NOT_COMPARABLE, None),
        (replace(LAST, track="beta"), Support.SUPPORTED, Basis.NO_CADENCE, None),
        (replace(LAST, track=None), Support.SUPPORTED, Basis.NO_CADENCE, None),
        (STREAMING, Support.SUPPORTED, Basis.NO_CADENCE, None),
        (SNOWFLAKE, Support.SUPPORTED, Basis.SNOWFLAKE, None),
        (HOSTED, Support.SUPPORTED, Basis.HOSTED, None),
        (replace(HOSTED, api_support="gone"), Support.UNSUPPORTED, Basis.OUT_ALREADY, None),
    ],
)
def test_a_date_is_told_only_where_something_stands_behind_it(
    runner: Runner, support: Support, basis: Basis, leaves: str | None
) -> None:
    forecast = judged(runner).support
    assert (forecast.support, forecast.basis) == (support, basis)
    assert (forecast.leaves.date().isoformat() if forecast.leaves else None) == leaves


@pytest.mark.parametrize(
    "changes",
    [
        {"auto_updates": False},
        {"auto_updates": None},
        {"status": "paused"},
        {"status": "stopped", "connected": False},
        {"connected": False},
        {"status": "hibernating"},
    ],
)
def test_only_a_runner_at_work_with_automatic_updates_follows_by_itself(
    changes: dict[str, object],
) -> None:
    assert judged(HEALTHY).support.basis is Basis.FOLLOWS
    assert judged(replace(HEALTHY, **changes)).support.leaves is not None  # type: ignore[arg-type]


def test_one_that_follows_still_says_when_its_version_alone_would_leave() -> None:
    assert str(judged(HEALTHY).support.version_ends)[:10] == "2026-10-13"


def test_one_that_has_missed_releases_for_days_is_not_expected_to_follow() -> None:
    stale = replace(HEALTHY, version="10.1302.0")
    old = memory_of({CURRENT: {"10.1302.0": "2026-10-01", "10.1303.0": "2026-10-02"}})
    assert judged(stale).support.basis is Basis.FOLLOWS
    assert judged(stale, old).support.basis is Basis.NEXT_RELEASE


def test_one_whose_image_is_probably_pinned_is_not_expected_to_follow() -> None:
    stale = replace(HEALTHY, version="10.1302.0")
    pinned = replace(KNOWN, lessons={"1": Lesson(unmoved=NOW, unmoved_version="10.1302.0")})
    assert judged(stale, pinned).support.leaves is not None


def test_a_date_is_as_sure_as_the_least_sure_release_that_it_counts() -> None:
    announced = ("current", "2026-10-08", "10.1304.0"), ("current", "2026-10-13", "10.1305.0")
    one = replace(KNOWN, announced=memory_of({}, announced[0]).announced)
    both = replace(KNOWN, announced=memory_of({}, *announced).announced)
    assert judged(LAST, KNOWN).support.sureness is Sureness.CADENCE
    assert judged(LAST, one).support.sureness is Sureness.SCHEDULED
    assert judged(BY_HAND, one).support.sureness is Sureness.CADENCE
    assert judged(BY_HAND, both).support.sureness is Sureness.SCHEDULED


def test_an_unheard_of_track_has_a_date_once_its_releases_are_announced() -> None:
    beta = replace(LAST, track="beta")
    announced = memory_of({}, ("beta", "2026-10-20", "10.1400.0"))
    forecast = judged(beta, announced).support
    assert str(forecast.leaves)[:10] == "2026-10-20"
    assert forecast.sureness is Sureness.SCHEDULED


def read(*runners: Runner, before: Memory = NOTHING_REMEMBERED) -> Snapshot:
    """The runners as a reading that the memory learnt from."""
    memory = learnt(before, Snapshot(), runners, NOW)
    return Snapshot(runners=runners, taken=NOW, memory=memory)


@pytest.mark.parametrize(
    ("hours", "counts_as"),
    [(-24, "2026-10-08"), (2, "2026-10-08"), (23, "2026-10-08"), (24 * 30, "2026-10-08")],
)
def test_a_release_date_from_the_future_moves_no_forecast_past_today(
    hours: int, counts_as: str
) -> None:
    odd = replace(LAST, latest_released=NOW + timedelta(hours=hours))
    for snapshot in (read(odd), Snapshot(runners=(odd,), taken=NOW)):
        (assessed,) = assessments(snapshot, NOW)
        assert str(assessed.judged.support.leaves)[:10] == counts_as


def test_a_release_date_from_the_future_blames_no_image_and_names_no_future_day() -> None:
    odd = replace(HEALTHY, version="10.1302.0", latest_released=NOW + timedelta(days=9))
    (unread,) = assessments(Snapshot(runners=(odd,), taken=NOW), NOW)
    assert unread.judged.why is not None
    assert unread.judged.why.cause is Cause.UNKNOWN
    (assessed,) = assessments(read(odd), NOW)
    assert assessed.judged.why is not None
    assert assessed.judged.why.cause is Cause.SETTLING
    assert assessed.judged.why.since == NOW


def test_a_release_date_that_is_told_anew_moves_no_forecast() -> None:
    """The first date that was told of a release stands."""
    first = read(replace(LAST, latest_released=NOW - timedelta(days=1)))
    again = (replace(LAST, latest_released=NOW),)
    later = Snapshot(runners=again, taken=NOW, memory=learnt(first.memory, first, again, NOW))
    assert later.memory is first.memory
    assert [each.judged for each in assessments(later, NOW)] == [
        each.judged for each in assessments(first, NOW)
    ]


def test_two_runners_that_tell_different_newest_versions_are_each_held_against_their_own() -> None:
    ahead = replace(BY_HAND, id="2", version="10.1303.0", latest_version="10.1304.0")
    both = assessments(read(BY_HAND, ahead, before=KNOWN), NOW)
    assert [each.currency for each in both] == [Currency.LATEST, Currency.BEHIND]
    assert [each.judged.standing.behind for each in both] == [None, 1]
    turned = assessments(read(ahead, BY_HAND, before=KNOWN), NOW)
    assert [said(each.judged) for each in turned] == [said(each.judged) for each in both[::-1]]


def test_a_newest_version_that_is_no_number_is_no_release_and_gives_no_date() -> None:
    odd = replace(LAST, latest_version="edge")
    snapshot = read(odd)
    assert snapshot.memory.releases == {}
    (assessed,) = assessments(snapshot, NOW)
    assert assessed.judged.support.basis is Basis.NOT_COMPARABLE
    assert assessed.currency is Currency.UNKNOWN


@pytest.mark.parametrize(
    ("version", "track", "latest", "oddity"),
    [
        ("10.1303.0", "stable", "10.1288.0", Oddity.OTHER_TRACK),
        ("10.1400.0", "stable", "10.1288.0", Oddity.NONE),
        ("10.1280.0", "stable", "10.1288.0", Oddity.NONE),
        ("10.1288.0", "current", "10.1303.0", Oddity.NONE),
        ("nightly", "current", "10.1303.0", Oddity.UNPARSABLE),
    ],
)
def test_an_odd_version_is_said_to_be_so(
    version: str, track: str, latest: str, oddity: Oddity
) -> None:
    runner = replace(LAST, version=version, track=track, latest_version=latest)
    assert judged(runner).standing.oddity is oddity


def said(judgement: Judgement) -> tuple[object, ...]:
    """All of it but the runner that it was worked out on."""
    names = [each.name for each in fields(judgement) if each.name != "example"]
    return tuple(getattr(judgement, name) for name in names)


def test_equal_runners_are_judged_alike_whatever_else_is_in_the_fleet() -> None:
    fleet = (HEALTHY, BY_HAND, LAST, HOSTED, SNOWFLAKE, STREAMING)
    together = Outlook(KNOWN, NOW)
    for runner in (*fleet, *fleet[::-1]):
        assert said(together.judgement(runner)) == said(judged(runner))
        other = together.judgement(replace(runner, id="x", name="other"))
        assert other is together.judgement(runner)


def test_one_runner_is_assessed_as_it_is_within_its_fleet() -> None:
    paused = replace(LAST, id="2", status="paused", paused_until=NOW)
    snapshot = read(LAST, paused, HEALTHY)
    assert tuple(assess(each, snapshot, NOW) for each in snapshot.runners) == assessments(
        snapshot, NOW
    )


def test_paused_runners_of_one_kind_each_keep_the_end_of_their_own_pause() -> None:
    ends = [NOW + timedelta(hours=hour) for hour in (1, 2, 3)]
    paused = [replace(HEALTHY, id=str(at), status="paused", paused_until=at) for at in ends]
    found = [each.findings[0].until for each in assessments(read(*paused), NOW)]
    assert found == ends


def test_the_time_is_looked_at_by_the_minute_in_utc() -> None:
    assert by_the_minute(NOW + timedelta(seconds=59.9)) == NOW
    assert judged(LAST).leaves_in == judged(LAST).support.leaves - NOW  # type: ignore[operator]
