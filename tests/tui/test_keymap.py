"""The user's keys: what of the keymap file is taken, and what is said of the rest."""

from pathlib import Path

import pytest

from console.user_files import UserFiles
from console.view.columns import COLUMNS, SORT_LETTERS
from tests.tui.conftest import Open
from tui.derived_keys import TOGETHER
from tui.keymap import ALL, Keymap, key_words, keymap_from


def test_no_key_means_two_things_at_once() -> None:
    for groups in TOGETHER:
        taken: dict[str, str] = {}
        for key in (key for group in groups for key in group.keys):
            for name in key.keys.split(","):
                assert taken.setdefault(name, key.does) == key.does, (name, key.does)


def test_every_id_stands_once_and_says_what_it_does() -> None:
    keys = {key.id: key for groups in TOGETHER for group in groups for key in group.keys if key.id}
    for groups in TOGETHER:
        for key in (key for group in groups for key in group.keys if key.id):
            assert keys[key.id] == key
            assert key.does
            assert key.action


def test_every_column_has_a_letter_of_its_own() -> None:
    assert {column.key for column in COLUMNS} <= set(SORT_LETTERS)
    assert len(set(SORT_LETTERS.values())) == len(SORT_LETTERS)


@pytest.mark.parametrize(
    ("table", "key_id", "words"),
    [
        ({"runners.refresh": "f5"}, "runners.refresh", "F5"),
        ({"runners": {"refresh": "f5"}}, "runners.refresh", "F5"),
        ({"runners.refresh": ["f5", "ctrl+g"]}, "runners.refresh", "F5, ctrl+g"),
        ({"runners.refresh": "f5, ctrl+g"}, "runners.refresh", "F5, ctrl+g"),
        ({"runners.filter": "%"}, "runners.filter", "%"),
        ({"runners.filter": "comma"}, "runners.filter", ","),
        ({"runners.filter": "shift+z"}, "runners.filter", "Z"),
        ({"table.mark": "ctrl+space", "table.mark-range": "m"}, "table.mark", "ctrl+space"),
        ({"actions.restart": "x"}, "actions.restart", "x"),
        ({}, "console.help", "?, F1"),
    ],
)
def test_a_key_is_written_as_it_is_called(
    table: dict[str, object], key_id: str, words: str
) -> None:
    keymap = keymap_from(table)
    assert keymap.troubles == ()
    assert keymap.words(ALL[key_id]) == words


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            {"runners.refesh": "f5"},
            "“runners.refesh” is not an action; did you mean runners.refresh?",
        ),
        ({"runners.refresh": "ctr+r"}, "“ctr+r” is not a key; did you mean ctrl+r?"),
        ({"runners.refresh": "hyper+x"}, "“hyper+x” is not a key"),
        ({"runners.refresh": ""}, "runners.refresh needs a key in quotes"),
        ({"runners.refresh": 5}, "runners.refresh needs a key in quotes"),
        ({"runners.refresh": []}, "runners.refresh needs a key in quotes"),
        ({"runners.refresh": "ctrl+c"}, "ctrl+c is kept for the terminal"),
        (
            {"runners.refresh": "y"},
            "runners.refresh: y already is runners.json, so runners.refresh keeps ctrl+r.",
        ),
        ({"command.older": "enter"}, "command.older: Enter already is fixed, so"),
    ],
)
def test_what_makes_no_sense_is_a_sentence_and_changes_nothing(
    table: dict[str, object], sentence: str
) -> None:
    keymap = keymap_from(table)
    assert keymap.changed == {}
    assert len(keymap.troubles) == 1
    assert sentence in keymap.troubles[0]


def test_two_keys_can_be_exchanged() -> None:
    keymap = keymap_from({"runners.json": "c", "runners.copy": "y"})
    assert keymap.troubles == ()
    assert (keymap.first("runners.json"), keymap.first("runners.copy")) == ("c", "y")


def test_the_good_lines_count_when_another_is_wrong() -> None:
    keymap = keymap_from({"runners.refresh": "f5", "nonsense": "x"})
    assert keymap.first("runners.refresh") == "F5"
    assert len(keymap.troubles) == 1


def test_without_a_file_every_key_is_as_the_help_says_it() -> None:
    assert Keymap().of_action("r") == "r"
    assert [key_words(key) for key in ("question_mark", "ctrl+@", "escape", "G", "ctrl+w")] == [
        "?",
        "ctrl+space",
        "Esc",
        "G",
        "ctrl+w",
    ]


@pytest.fixture
def files(tmp_path: Path) -> UserFiles:
    return UserFiles(tmp_path / "config.toml", tmp_path / "state")


async def test_a_changed_key_works_and_stands_in_footer_details_and_help(
    open_console: Open, files: UserFiles
) -> None:
    files.keymap.write_text('"actions.restart" = "x"\n"console.command" = ";"\n')
    async with open_console((120, 60), files=files) as console:
        assert "x Restart" in console.text
        assert "; command" in console.text
        await console.press("enter")
        assert "x Restart" in "\n".join(line[66:] for line in console.text.splitlines()[3:-2])
        await console.press("r")
        assert len(console.app.screen_stack) == 2
        await console.press("x")
        assert "Restart: logistics-aci" in console.text
        await console.press("escape", "question_mark")
        assert "  x            Restart" in console.text


async def test_a_wrong_keymap_is_told_at_the_start_and_in_the_help(
    open_console: Open, files: UserFiles
) -> None:
    files.keymap.write_text('"runners.refesh" = "f5"\n')
    async with open_console((120, 40), files=files) as console:
        said = "“runners.refesh” is not an action; did you mean runners.refresh?"
        assert said in console.text
        await console.press("escape")
        assert said not in console.text
        await console.press("question_mark")
        assert said in console.text


async def test_a_keymap_that_is_no_toml_is_told_and_stops_nothing(
    open_console: Open, files: UserFiles
) -> None:
    files.keymap.write_text("runners = [")
    async with open_console((120, 40), files=files) as console:
        assert "keymap.toml cannot be read" in " ".join(console.text.split())
        await console.press("down")
        assert console.current == console.names[1]
