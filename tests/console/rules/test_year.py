"""A year of releases, updates, pauses and missed polls is walked through in seconds, and at each
reading all that is said of versions is held against what is true."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from console.fleet.learning import learnt
from console.fleet.memory import Announced, Memory
from console.fleet.snapshot import Snapshot
from console.rules.assessment import Assessment, assessments
from console.rules.currency import Currency, Oddity
from console.rules.releases import Sureness
from console.rules.restart import RestartEffect
from console.rules.support import Basis, Support
from console.rules.updating import Cause
from tests.console.rules.vendor import DAY, TRACKS, Temper, Vendor
from tests.console.rules.year import State, life, operations_at, told_by_the_api

RUNNERS = 14
GAPS = (*(7, 45, 180, 600, 1440) * 6, 3 * 1440, 8 * 1440, 35 * 1440)
"""Minutes between two readings: mostly short, some days and weeks with none."""

VERSION_FINDINGS = {
    *("out_of_support", "support_ending", "auto_update_behind", "update_available"),
    *("probably_pinned", "track_unmatched", "other_track"),
}

UNSHRUNK = set(Phase) - {Phase.shrink, Phase.explain}
"""A year is drawn from a seed, so a smaller number makes it no simpler."""

tempers = st.builds(
    Temper,
    seed=st.integers(0, 2**32),
    begins=st.dates(date(2026, 11, 1), date(2028, 3, 1)),
    late=st.sampled_from([0.0, 0.1, 0.4]),
    skips=st.sampled_from([0.0, 0.1]),
    generous=st.sampled_from([0, 0, 1, 3]),
    dates=st.sampled_from(["told", "told", "none", "odd"]),
    announced=st.sampled_from([0.0, 0.6, 1.0]),
    forgets=st.sampled_from([0.0, 0.5, 1.0]),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=UNSHRUNK
)
@given(temper=tempers)
@example(Temper(seed=1, begins=date(2028, 1, 1)))
@example(Temper(seed=2, begins=date(2026, 12, 1), late=0.4, announced=1.0))
@example(Temper(seed=3, begins=date(2027, 2, 1), late=0.4, skips=0.1, generous=1))
@example(Temper(seed=4, begins=date(2027, 6, 1), dates="odd"))
def test_whatever_the_year_brings_what_is_said_of_versions_is_true(temper: Temper) -> None:
    for reading in readings(temper):
        for assessed in assessments(reading.snapshot, reading.now):
            the_api_is_never_contradicted(assessed)
            what_is_said_of_the_version_is_true(assessed, reading)
            what_is_forecast_comes_true(assessed, reading)
            what_a_restart_would_do_is_true(assessed, reading)
            each_finding_holds(assessed, reading)
        assert assessments(replace(reading.snapshot), reading.now) == assessments(
            reading.snapshot, reading.now
        )


def test_the_years_that_are_walked_through_are_eventful() -> None:
    """What never comes up in them would be proven of nothing."""
    told = [
        assessed
        for temper in (
            Temper(seed=5, begins=date(2028, 1, 1)),
            Temper(seed=6, begins=date(2027, 3, 1), late=0.1, generous=1, announced=0.6),
        )
        for reading in readings(temper)
        for assessed in assessments(reading.snapshot, reading.now)
    ]
    assert {each.judged.support.basis for each in told} >= set(Basis) - {Basis.NOT_COMPARABLE}
    assert {each.judged.why.cause for each in told if each.judged.why} >= set(Cause) - {
        Cause.HOSTED,
        Cause.SNOWFLAKE,
        Cause.UNKNOWN,
    }
    assert {each.judged.support.sureness for each in told} == set(Sureness)
    assert {each.judged.standing.oddity for each in told} == set(Oddity)
    assert {finding.code for each in told for finding in each.findings} >= VERSION_FINDINGS


@dataclass(frozen=True, slots=True)
class Reading:
    """One poll, and who knows what was true then."""

    snapshot: Snapshot
    now: datetime
    vendor: Vendor
    temper: Temper
    truth: dict[str, State]

    def true(self, assessed: Assessment) -> State:
        return self.truth[assessed.runner.id]

    def place(self, state: State) -> int | None:
        return self.vendor.place(state.line, state.version, self.now)

    def releases_behind(self, state: State) -> int | None:
        """How many releases of its line the vendor has brought out since; None when its version
        never was one of them."""
        place = self.place(state)
        if place is None:
            return None
        return len(self.vendor.history(state.line, self.now)) - 1 - place


def readings(temper: Temper) -> Iterator[Reading]:
    vendor, random = Vendor(temper), Random(temper.seed)
    lives = [life(number, vendor, temper) for number in range(RUNNERS)]
    announced = tuple(
        Announced(track, out.at.date(), random.choice((out.version, out.version, None)))
        for track in TRACKS
        for out in vendor.outs[track]
        if out in vendor.is_announced
    )
    snapshot = Snapshot(memory=Memory(announced=announced))
    now = datetime.combine(temper.begins, time(), UTC)
    end = now + 365 * DAY
    while now < end:
        if random.random() < 0.02:
            kept = random.random() >= temper.forgets
            snapshot = Snapshot(memory=snapshot.memory if kept else Memory(announced=announced))
        truth = {lived.state.name: lived.at(now) for lived in lives}
        old = snapshot.by_id
        told = [told_by_the_api(state, vendor, now) for state in truth.values()]
        runners = tuple(
            old[each.id] if each.id in old and old[each.id] == each else each for each in told
        )
        snapshot = Snapshot(
            runners=runners,
            taken=now,
            operations=tuple(operations_at(lives, now)),
            status_since={each.id: now for each in runners},
            memory=learnt(snapshot.memory, snapshot, runners, now),
        )
        yield Reading(snapshot, now, vendor, temper, truth)
        now += timedelta(minutes=random.choice(GAPS))


def the_api_is_never_contradicted(assessed: Assessment) -> None:
    word = assessed.runner.api_support
    assert (assessed.support is Support.UNKNOWN) == (word is None)
    assert (assessed.support is Support.UNSUPPORTED) == (word not in (None, "supported"))
    assert (assessed.support in (Support.SUPPORTED, Support.ENDING)) == (word == "supported")
    if word != "supported":
        assert assessed.judged.support.leaves is None


def what_is_said_of_the_version_is_true(assessed: Assessment, reading: Reading) -> None:
    state, stands = reading.true(assessed), assessed.judged.standing
    behind = reading.releases_behind(state)
    if behind is not None:
        expected = Currency.BEHIND if behind else Currency.LATEST
        assert stands.currency is expected
    if reading.temper.dates == "odd":
        return
    assert stands.behind is None or stands.behind == behind
    if stands.oddity is Oddity.OTHER_TRACK:
        out = [each.version for each in reading.vendor.history(stands.other_track, reading.now)]
        assert behind is None
        assert state.version in out


def what_is_forecast_comes_true(assessed: Assessment, reading: Reading) -> None:
    state, forecast = reading.true(assessed), assessed.judged.support
    today = reading.now.date()
    for moment in (forecast.leaves, forecast.version_ends):
        assert moment is None or moment.date() >= today
    if state.line not in TRACKS or state.place == "hosted" or reading.temper.generous:
        return
    place = reading.place(state)
    if place is None or assessed.runner.api_support != "supported":
        return
    assert forecast.version_ends is not None
    follows = state.auto and state.status == "running" and state.connected
    assert (forecast.leaves is None) == (forecast.basis is Basis.FOLLOWS)
    assert forecast.basis is not Basis.FOLLOWS or follows
    if reading.temper.dates == "told":
        pushes_it_out = reading.vendor.outs[state.line][place + 2]
        if reading.vendor.keeps_its_days(state.line, reading.now, pushes_it_out.usual):
            assert forecast.version_ends.date() == pushes_it_out.at.date()
            if forecast.sureness is Sureness.SCHEDULED:
                assert pushes_it_out in reading.vendor.is_announced
        what_stable_is_to_carry_is_right(assessed, reading)


def what_stable_is_to_carry_is_right(assessed: Assessment, reading: Reading) -> None:
    for expected in assessed.judged.coming:
        if expected.line.track == "stable" and expected.version is not None:
            month = expected.at.date().replace(day=1)
            stable = next(out for out in reading.vendor.outs["stable"] if out.usual == month)
            assert expected.version == stable.version


def what_a_restart_would_do_is_true(assessed: Assessment, reading: Reading) -> None:
    state, forecast = reading.true(assessed), assessed.judged.restart
    if state.line not in TRACKS or state.place == "hosted":
        return
    floats = state.image == state.line
    if forecast.effect is RestartEffect.MOVES:
        assert forecast.before == state.version
        assert (
            not floats or forecast.after == reading.vendor.newest(state.line, reading.now).version
        )
    why = assessed.judged.why
    if floats:
        assert forecast.reason != "pinned"
        assert why is None or why.cause is not Cause.PINNED
        if reading.releases_behind(state) and not state.has_changed_track:
            assert forecast.effect is RestartEffect.MOVES


def each_finding_holds(assessed: Assessment, reading: Reading) -> None:
    state, runner = reading.true(assessed), assessed.runner
    newest_two = [out.version for out in reading.vendor.history(state.line, reading.now)[-2:]]
    codes = {finding.code: finding for finding in assessed.findings}
    assert ("out_of_support" in codes) == (runner.api_support == "out_of_support")
    if state.place == "hosted":
        return
    assert ("update_available" in codes) == bool(runner.update_available)
    if "support_ending" in codes:
        assert state.version != newest_two[-1]
        assert runner.api_support == "supported"
    if "track_unmatched" in codes:
        assert state.has_changed_track
        assert state.version not in newest_two or not state.tells_support
    if "other_track" in codes and reading.temper.dates != "odd":
        assert reading.place(state) is None
    if "probably_pinned" in codes:
        assert state.image != state.line
        assert state.version != newest_two[-1]
    if "auto_update_behind" in codes:
        place = reading.place(state)
        assert state.auto
        assert state.version != newest_two[-1]
        if place is not None and reading.temper.dates != "odd":
            missed = reading.vendor.outs[state.line][place + 1]
            days = int(dict(codes["auto_update_behind"].facts)["days"])
            assert 3 <= days <= (reading.now - missed.at).days
