"""Each preset's filter lists exactly what it counts."""

from console.fleet.snapshot import Snapshot
from console.rules.assessment import assessments
from console.view.filter import parse_filter
from console.view.overview import presets
from console.view.tone import Tone
from tests.console.fleets import NOW, demo_snapshot

DEMO = demo_snapshot(300)


def test_a_preset_counts_what_its_filter_lists() -> None:
    assessed = assessments(DEMO, NOW)
    for preset in presets(DEMO, NOW):
        wanted = parse_filter(preset.filter)
        assert preset.count == sum(map(wanted.matches, assessed)), preset.key


def test_presets_keep_their_places_and_are_muted_when_they_count_nothing() -> None:
    none = presets(Snapshot(), NOW)
    assert [each.key for each in none] == [each.key for each in presets(DEMO, NOW)]
    assert {each.tone for each in none} == {Tone.MUTED}


def test_there_is_one_for_each_question_that_is_asked_most() -> None:
    assert [each.label for each in presets(DEMO, NOW)] == [
        "runners",
        "problems",
        "out of support",
        "leaving in 7 days",
        "update available",
        "paused",
        "not connected",
    ]
