"""`screens`: the walls that sign in themselves, from the command line."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from console.access.screens import Screen
from console.journal.databases import Database
from tests.console.access.desk import Clock, opened
from tests.console.access.kiosk import THERE, let_in
from tests.console.cli.calling import Console, Ended

PAGE = Path(__file__).parents[3] / "docs/screens.md"


@pytest.fixture(autouse=True)
def at_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands work on this one."""
    address = database.address or f"sqlite:///{database.path}"
    monkeypatch.setenv("MAIA_CONSOLE_DATABASE_URL", address)


@pytest.fixture
def lobby(database: Database) -> Screen:
    return asyncio.run(_let_in(database))


async def _let_in(database: Database) -> Screen:
    async with opened(database, Clock()) as access:
        return (await let_in(access, "Lobby", size="8"))[0]


def test_a_screen_is_listed_and_switched_off(console: Console, lobby: Screen) -> None:
    listed = console("screens", "list")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out.startswith(f"{lobby.id}  Lobby")
    assert f"in-use    {THERE}  last seen 2026-" in listed.out
    assert listed.out.endswith("1.2\n")
    done = console("screens", "revoke", lobby.id)
    assert done == Ended(0, "", f"The screen {lobby.id} is switched off.\n")
    assert "revoked" in console("screens", "list").out
    again = console("screens", "revoke", lobby.id)
    assert again.code == 1
    assert "has been switched off" in again.err


def test_a_screen_is_renamed_and_set(console: Console, lobby: Screen) -> None:
    done = console("screens", "rename", lobby.id, "Hall")
    assert done == Ended(0, "", f"The screen {lobby.id} has its new name.\n")
    assert console("screens", "set", lobby.id, "size=3&codes=off").code == 0
    (row,) = json.loads(console("screens", "list", "--output", "json").out)
    assert (row["name"], row["options"]) == ("Hall", {"size": "3", "codes": "off"})
    assert console("screens", "set", lobby.id, "").code == 0
    (row,) = json.loads(console("screens", "list", "--output", "json").out)
    assert row["options"] == {}


def test_a_link_for_a_screen_begins_with_the_address_of_the_console_where_that_is_known(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = console("screens", "add", "Lobby", "size=8")
    assert re.fullmatch(r"/wall\?key=[\w-]{43}\n", made.out)
    assert "public_url" in made.err
    monkeypatch.setenv("MAIA_CONSOLE_PUBLIC_URL", "https://console.example/")
    made = console("screens", "add", "Hall")
    assert made.out.startswith("https://console.example/wall?key=")
    assert made.err == "Open it on the screen within ten minutes. It works once.\n"
    rows = json.loads(console("screens", "list", "--output", "json").out)
    assert [(each["name"], each["state"], each["options"]) for each in rows] == [
        ("Hall", "expected", {}),
        ("Lobby", "expected", {"size": "8"}),
    ]


def test_the_data_of_a_screen_is_documented_field_by_field(console: Console, lobby: Screen) -> None:
    (row,) = json.loads(console("screens", "list", "--output", "json").out)
    assert (row["name"], row["state"], row["options"]) == (lobby.name, "in-use", {"size": "8"})
    documented = PAGE.read_text("utf-8").split("| field | meaning of a screen's |")[1]
    lines = re.findall(r"^\| (.*?) \|", documented.split("\n\n")[0], re.MULTILINE)
    assert sorted(re.findall(r"`([\w]+)`", "".join(lines))) == sorted(row)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["revoke"], 2, "screens revoke needs an id"),
        (["revoke", "nonsense\x1b[31m"], 1, "There is no such screen"),
        (["revoke", "x" * 100_000], 1, "There is no such screen"),
        (["revoke", "x", "--output", "json"], 2, "--output is for screens list"),
        (["list", "lobby"], 2, "takes no id"),
        (["remove", "lobby"], 2, "invalid choice: 'remove'"),
        (["add"], 2, "screens add needs the name of a screen"),
        (["add", "Lobby", "size=9"], 2, "“9” is not a value of size"),
        (["add", " "], 1, "A screen needs a name"),
        (["set", "x"], 2, "screens set needs options"),
        (["set", "x", "size=8"], 1, "There is no such screen"),
        (["set", "x", "nonsense\x1b[31m=1"], 2, "is not an option of the wall"),
        (["rename", "x"], 2, "screens rename needs a name"),
        (["rename", "x", "y"], 1, "There is no such screen"),
        (["revoke", "x", "y"], 2, "takes an id alone"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    console: Console, arguments: list[str], code: int, said: str
) -> None:
    done = console("screens", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "\x1b" not in done.err
    assert console("screens", "list").err.startswith("No screen was let in.")
