"""The palette finds what holds all typed words, the best first, and nothing that is refused."""

from dataclasses import replace

from console.actions.action import Danger
from console.view.detail import ActionLine
from console.view.navigation import RELEASES, RUNNERS
from console.view.overview import presets
from console.view.palette import MOST_RUNNERS, Entry, Kind, Offers, palette
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, snapshot_of

DEMO = demo_snapshot()
RESTART = ActionLine("restart", "r", "Restart", "Replace it", Danger.DISRUPTIVE, "")
PAUSE = ActionLine("pause", "p", "Pause", "Hold work", Danger.DISRUPTIVE, "It is already paused.")
OFFERS = Offers(
    actions=(RESTART, PAUSE),
    about="hr-aca",
    pages=(RUNNERS, RELEASES),
    presets=presets(DEMO, NOW)[1:],
    views=("Night shift",),
    commands=(Entry(Kind.COMMAND, "help", "Help", "Keys"),),
)


def titles(text: str) -> list[str]:
    return [entry.title for entry in palette(text, DEMO, OFFERS)]


def test_before_anything_is_typed_there_is_everything_but_runners() -> None:
    kinds = [entry.kind for entry in palette("", DEMO, OFFERS)]
    assert kinds[0] is Kind.ACTION
    assert Kind.RUNNER not in kinds
    assert {Kind.PAGE, Kind.PRESET, Kind.VIEW, Kind.COMMAND} <= set(kinds)


def test_an_action_is_offered_for_whom_it_fits_and_left_out_where_it_is_refused() -> None:
    assert titles("rest")[0] == "Restart: hr-aca"
    assert not [title for title in titles("pause") if title.startswith("Pause:")]


def test_a_runner_is_found_by_parts_of_its_name_in_any_order_and_by_its_id() -> None:
    assert "prod-eu-fargate" in titles("fargate eu")
    some = DEMO.runners[3]
    assert titles(some.id) == [some.name]
    assert titles("nothing is called so") == []


def test_the_best_stand_first_and_runners_are_not_too_many() -> None:
    fleet = snapshot_of(*(replace(HEALTHY, id=str(n), name=f"a{n}-prod") for n in range(50)))
    first = replace(HEALTHY, id="first", name="prod-eu")
    found = palette("prod", snapshot_of(*fleet.runners, first), Offers())
    assert len(found) == MOST_RUNNERS
    assert found[0].id == "first"


def test_what_is_not_ours_is_shown_safely() -> None:
    hostile = replace(HEALTHY, name="prod\x1b[2J\u202e")
    (entry,) = palette("prod", snapshot_of(hostile), Offers(views=("\x07",)))
    assert entry.title == "prod␛[2J\ufffd"
    assert palette("x" * 100_000, DEMO, OFFERS) == ()
