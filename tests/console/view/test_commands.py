"""What can be typed after the colon: each command, how it goes on, and what is said of a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.actions.catalogue import ACTIONS
from console.errors import UsageError
from console.fleet.snapshot import Snapshot
from console.view.columns import COLUMNS
from console.view.command_completions import command_completions
from console.view.commands import (
    COMMANDS,
    Command,
    command_reading,
    command_words,
    read_command,
)
from console.view.text import shown
from tests.console.fleets import demo_snapshot


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return demo_snapshot(24)


def id_of(snapshot: Snapshot, name: str) -> str:
    return next(runner.id for runner in snapshot.runners if runner.name == name)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("runners", Command("runners")),
        (":runners support:unsupported", Command("runners", "support:unsupported")),
        ("  RELEASES ", Command("releases")),
        ("q", Command("quit")),
        ("q!", Command("quit")),
        ("quit", Command("quit")),
        ("log", Command("activity")),
        ("profile eu", Command("profiles", "eu")),
        ("sort version", Command("sort", "version")),
        ("sort -version", Command("sort", "version", descending=True)),
        ("sort Leaves support", Command("sort", "leaves")),
        ("save fleet.csv", Command("save", "fleet.csv")),
        ("save! my fleet.json", Command("save", "my fleet.json", is_forced=True)),
        ("copy", Command("copy")),
        ("copy ID", Command("copy", "id")),
        ("restart", Command("restart")),
        ("set-track stable", Command("set-track", "stable")),
        ("auto-update off", Command("auto-update", "off")),
        ("?", Command("help")),
    ],
)
def test_a_command_is_read_as_it_was_meant(snapshot: Snapshot, text: str, command: Command) -> None:
    assert read_command(text, snapshot) == command


@pytest.mark.parametrize("text", ["", ":", "   "])
def test_an_empty_line_is_no_command_and_no_fault(snapshot: Snapshot, text: str) -> None:
    assert command_reading(text, snapshot) == (None, "")


def test_a_runner_is_found_by_name_whatever_the_case_and_by_id(snapshot: Snapshot) -> None:
    wanted = id_of(snapshot, "sales-aca")
    for name in ("sales-aca", "SALES-ACA", wanted):
        assert read_command(f"show {name}", snapshot) == Command("show", wanted)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("resart", "“resart” is not a command. Did you mean :restart?"),
        ("xyzzy", "“xyzzy” is not a command. :help lists them."),
        ("releases!", "“releases!” is not a command. Did you mean :releases?"),
        ("releases now", ":releases stands alone, without now."),
        (
            "restart sales-aca",
            ":restart acts on the marked runners, else on the one under the cursor; it takes no"
            " name.",
        ),
        ("set-track", ":set-track takes current or stable, so say which."),
        ("set-track beta", ":set-track takes current or stable, not beta."),
        ("copy all", ":copy takes name or id or version, not all."),
        ("sort", ":sort needs a column. There are "),
        ("sort verzion", "“verzion” is not a column. Did you mean version?"),
        ("show", ":show needs the name or the id of a runner."),
        ("show sales-acq", "“sales-acq” is not a runner. Did you mean sales-aca?"),
        ("save", ":save needs a file, such as runners.csv or runners.json."),
        ("save runners.xls", "runners.xls ends in none of .csv, .json, .yaml."),
        ("save runners", "runners ends in none of .csv"),
        ("runners status:runing", "“runing” is not a value of status."),
    ],
)
def test_a_slip_is_told_in_a_sentence_that_says_what_would_be_right(
    snapshot: Snapshot, text: str, sentence: str
) -> None:
    command, error = command_reading(text, snapshot)
    assert command is None
    assert error.startswith(sentence)
    assert "\n" not in error


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_command_or_a_sentence(text: str) -> None:
    snapshot = demo_snapshot(24)
    command, error = command_reading(text, snapshot)
    assert command is None or not error
    assert shown(error, 1000) == error
    for way in command_completions(text, snapshot):
        assert way


def test_each_action_of_the_catalogue_is_a_command() -> None:
    names = {word.name for word in COMMANDS if word.acts}
    assert names == {action.command for action in ACTIONS}


def test_a_read_only_session_has_no_action_among_its_commands(snapshot: Snapshot) -> None:
    names = {word.name for word in command_words(read_only=True)}
    assert not names & {action.command for action in ACTIONS}
    with pytest.raises(UsageError, match="read-only: there are no actions"):
        read_command("restart", snapshot, read_only=True)
    assert command_completions("rest", snapshot, read_only=True) == ()
    assert command_completions("set-track ", snapshot, read_only=True) == ()


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("rel", ("releases",)),
        ("sa", ("save ",)),
        ("set-track ", ("set-track current", "set-track stable")),
        ("auto-update o", ("auto-update on", "auto-update off")),
        ("runners supp", ("runners support:",)),
        ("runners support:e", ("runners support:ending",)),
        ("show sales", ("show sales-aca",)),
        ("show SALES", ("show sales-aca",)),
        ("sort ver", ("sort version",)),
        ("sort -ver", ("sort -version",)),
        ("nothing x", ()),
    ],
)
def test_what_is_begun_is_completed(snapshot: Snapshot, text: str, ways: tuple[str, ...]) -> None:
    assert command_completions(text, snapshot) == ways


def test_a_beginning_without_a_letter_offers_every_command(snapshot: Snapshot) -> None:
    assert [way.strip() for way in command_completions("", snapshot)] == [
        word.name for word in COMMANDS
    ]


def test_a_completion_can_be_given_as_it_stands(snapshot: Snapshot) -> None:
    for text in ("sort ", "sort -", "copy ", "set-track ", "auto-update ", "show "):
        for way in command_completions(text, snapshot):
            assert command_reading(way, snapshot)[1] == "", way


def test_every_column_can_be_sorted_by_title_and_by_key(snapshot: Snapshot) -> None:
    for column in COLUMNS:
        for word in (column.key, column.title):
            assert read_command(f"sort {word}", snapshot) == Command("sort", column.key)


def test_names_and_aliases_are_told_apart() -> None:
    words = [each for word in COMMANDS for each in (word.name, *word.others)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("profile ", ("profile eu", "profile us", "profile eu-test", "profile all")),
        ("profile eu", ("profile eu", "profile eu-test")),
        ("profiles us,e", ("profiles us,eu", "profiles us,eu-test")),
        ("profile us,eu,", ("profile us,eu,eu-test",)),
        ("activity outcome:f", ("activity outcome:failed",)),
    ],
)
def test_profiles_are_completed_by_name_and_actions_by_their_own_fields(
    snapshot: Snapshot, text: str, ways: tuple[str, ...]
) -> None:
    assert command_completions(text, snapshot, profiles=("eu", "us", "eu-test")) == ways


def test_what_was_done_is_filtered_by_its_own_fields(snapshot: Snapshot) -> None:
    assert read_command("activity outcome:failed", snapshot) == Command(
        "activity", "outcome:failed"
    )
    assert "“status” is not a field" in command_reading("activity status:running", snapshot)[1]
