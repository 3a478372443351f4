"""What the rules say of a fleet is the same whether it was read once or again and again."""

from dataclasses import replace
from datetime import timedelta

from console.fleet.snapshot import Status
from console.rules.assessment import Assessment, assess, assessments
from tests.console.fleets import NOW, demo_snapshot


def facts(each: Assessment) -> tuple[object, ...]:
    """Without whose example it was judged by."""
    judged = each.judged
    return each.runner, judged.standing, judged.support, judged.restart, judged.why, each.findings


def test_after_a_change_each_runner_is_assessed_as_if_it_were_the_first_reading() -> None:
    snapshot = demo_snapshot(200)
    assessments(snapshot, NOW)
    runners = list(snapshot.runners)
    runners[3] = replace(runners[3], connected=False)
    runners[5] = replace(runners[5], status=Status.PAUSING, connected=True)
    del runners[9]
    since = {runners[5].id: NOW - timedelta(hours=3)}
    for later in (replace(snapshot, runners=tuple(runners)), snapshot):
        moved = replace(later, status_since=since)
        anew = [facts(assess(runner, moved, NOW)) for runner in moved.runners]
        assert [facts(each) for each in assessments(moved, NOW)] == anew


def test_what_has_not_changed_is_not_assessed_again_within_the_minute() -> None:
    snapshot = demo_snapshot(50)
    before = assessments(snapshot, NOW)
    changed = replace(snapshot.runners[0], connected=False)
    after = assessments(replace(snapshot, runners=(changed, *snapshot.runners[1:])), NOW)
    untimed = [
        (one, other)
        for one, other in zip(before[1:], after[1:], strict=True)
        if one.runner.status == Status.RUNNING
    ]
    assert len(untimed) > 20
    assert all(one is other for one, other in untimed)
    assert after[0].runner is changed
