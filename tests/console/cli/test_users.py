"""`users` and `tokens`: who may use the shared web console, from the command line."""

import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.access.roles import Role
from console.access.tokens import Scope
from console.cli import tokens, users
from console.journal.databases import Database
from tests.console.access.desk import GOOD, HERE, opened
from tests.console.cli.calling import Console

PIPED = f"{GOOD}\n"
ROOT_FOLDER = Path(__file__).parents[3]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is piped into the next commands."""

    def put(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return put


@pytest.fixture(autouse=True)
def at_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The commands work on this one."""
    address = database.address or f"sqlite:///{database.path}"
    monkeypatch.setenv("MAIA_CONSOLE_DATABASE_URL", address)
    return database


def test_the_words_of_the_command_line_are_those_of_the_core() -> None:
    assert tuple(Role) == users.ROLES
    assert tuple(Scope) == tokens.SCOPES


async def test_a_user_that_is_added_signs_in(
    console: Console, typed: Any, database: Database
) -> None:
    typed(PIPED)
    done = await in_thread(console, "users", "add", "Ada", "--role", "admin")
    assert (done.code, done.out) == (0, "")
    assert done.err == "Ada can sign in now, as admin.\n"
    async with opened(database) as access:
        assert (await access.sign_in("ada", GOOD, address=HERE)).person.role is Role.ADMIN


def test_every_deed_says_what_it_did(console: Console, typed: Any) -> None:
    for arguments, said in (
        (["add", "ada", "--role", "admin"], "ada can sign in now, as admin."),
        (["add", "bob"], "bob can sign in now, as viewer."),
        (["role", "BOB", "--role", "operator"], "BOB is operator now."),
        (["passwd", "bob"], "bob has a new password; all sessions of bob have ended."),
        (["disable", "bob"], "bob cannot sign in any more; all sessions of bob have ended."),
    ):
        typed(PIPED)
        done = console("users", *arguments)
        assert (done.code, done.out, done.err) == (0, "", f"{said}\n")
    listed = console("users", "list")
    assert listed.out == (
        "ada  admin     password  never signed in\n"
        "bob  operator  password  never signed in  disabled\n"
    )
    assert console("users", "enable", "bob").err == "bob can sign in.\n"
    rows = json.loads(console("users", "list", "--output", "json").out)
    assert [(row["name"], row["role"], row["disabled"]) for row in rows] == [
        ("ada", "admin", False),
        ("bob", "operator", False),
    ]
    page = (ROOT_FOLDER / "docs/users.md").read_text("utf-8")
    documented = page.split("| field | meaning of a user's |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", documented, re.MULTILINE) == list(rows[0])


@pytest.mark.parametrize(
    ("arguments", "piped", "code", "said"),
    [
        (["add"], PIPED, 2, "users add needs the name of a user"),
        (["add", ""], PIPED, 2, "users add needs the name of a user"),
        (["add", "eve"], "", 2, "no password on standard input"),
        (["add", "eve"], "short\n", 1, "at least 12 characters"),
        (["add", "eve"], "x" * 1_000_000, 1, "at most 200 characters"),
        (["add", "eve\x1b[31m"], PIPED, 1, "only characters that can be seen"),
        (["add", "x" * 100_000], PIPED, 1, "at most 100 characters"),
        (["add", "eve", "--role", "root"], PIPED, 2, "invalid choice: 'root'"),
        (["passwd", "nobody\x1b[31m"], PIPED, 1, "There is no user “nobody�[31m”."),
        (["role", "nobody", "--role", "admin"], "", 1, "There is no user “nobody”."),
        (["role", "nobody"], "", 2, "needs --role"),
        (["disable", "nobody"], "", 1, "There is no user “nobody”."),
        (["disable", "nobody", "--role", "admin"], "", 2, "takes no --role"),
        (["enable", "nobody", "--output", "json"], "", 2, "--output is for users list"),
        (["list", "nobody"], "", 2, "takes neither a name"),
        (["delete", "ada"], "", 2, "invalid choice: 'delete'"),
        ([], "", 2, "required: DEED"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    console: Console, typed: Any, arguments: list[str], piped: str, code: int, said: str
) -> None:
    typed(piped)
    done = console("users", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "\x1b" not in done.err
    assert done.err.count("\n") <= 2
    assert console("users", "list").err.startswith("There is no user.")


def test_the_last_admin_is_not_disabled(console: Console, typed: Any) -> None:
    typed(PIPED)
    console("users", "add", "ada", "--role", "admin")
    done = console("users", "disable", "ada")
    assert done.code == 1
    assert "“ada” is the only admin who can sign in." in done.err


def test_a_password_is_typed_twice_on_a_terminal_and_not_shown(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([GOOD, GOOD, GOOD, "another one that is long"])
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: next(answers))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert console("users", "add", "ada").code == 0
    done = console("users", "add", "bob")
    assert (done.code, done.err) == (2, "maia-console: The two are not the same.\n")


def test_a_token_is_told_once_and_then_listed_without_its_secret(console: Console) -> None:
    made = console("tokens", "add", "prom", "--scope", "metrics:read", "--expires", "90d")
    secret = made.out.strip()
    assert made.code == 0
    assert re.fullmatch(r"maia_[\w-]{43}", secret)
    assert secret not in made.err
    (row,) = json.loads(console("tokens", "list", "--output", "json").out)
    assert secret not in str(row)
    ends = datetime.fromisoformat(row["expires"]) - datetime.now(UTC)
    assert timedelta(days=89) < ends < timedelta(days=91)
    plain = console("tokens", "list").out
    assert plain.startswith(f"{row['id']}  prom  until 20")
    assert console("tokens", "revoke", row["id"]).err == f"The token {row['id']} holds no longer.\n"
    assert "revoked" in console("tokens", "list").out
    page = (ROOT_FOLDER / "docs/users.md").read_text("utf-8")
    documented = page.split("| field | meaning of a token's |")[1].split("\n\n")[0]
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.*?) \|", documented, re.MULTILINE)))
    assert named == list(row)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add"], 2, "tokens add needs a name"),
        (["add", "prom"], 2, "tokens add needs --scope"),
        (["add", "prom", "--scope", "all"], 2, "invalid choice: 'all'"),
        (["add", "a\nb", "--scope", "metrics:read"], 1, "A token needs a name"),
        (["add", "prom", "--scope", "metrics:read", "--expires", "soon"], 2, "neither a span"),
        (["add", "prom", "--scope", "metrics:read", "--expires", "9"], 2, "neither a span"),
        (["add", "prom", "--scope", "metrics:read", "--expires", "9" * 300 + "d"], 2, "neither"),
        (["add", "prom", "--scope", "metrics:read", "--expires", "9999-12-31"], 2, "neither"),
        (["add", "prom", "--scope", "metrics:read", "--expires", "0d"], 1, "in the future"),
        (["add", "prom", "--scope", "metrics:read", "--expires", "2001-01-01"], 1, "in the future"),
        (["add", "prom", "--scope", "metrics:read", "--output", "json"], 2, "--output is for"),
        (["revoke"], 2, "tokens revoke needs an id"),
        (["revoke", "nonsense"], 1, "There is no such token"),
        (["revoke", "x", "--scope", "metrics:read"], 2, "are for tokens add"),
        (["list", "prom"], 2, "takes no name"),
    ],
)
def test_what_cannot_be_done_with_a_token_is_said_in_a_line(
    console: Console, arguments: list[str], code: int, said: str
) -> None:
    done = console("tokens", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert console("tokens", "list").err == "There is no token.\n"


def test_a_database_in_trouble_is_told_in_a_line(
    console: Console, typed: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.path is not None:
        database.path.parent.mkdir(parents=True)
        database.path.write_bytes(b"\x93 no database" * 1000)
        said = "its file is not a database"
    else:
        wrong = database.address.replace("hidden-thing", "wrong-thing")
        monkeypatch.setenv("MAIA_CONSOLE_DATABASE_URL", wrong)
        said = "the database server does not accept the user name or the password"
    for arguments in (["users", "list"], ["users", "add", "ada"], ["tokens", "list"]):
        typed(PIPED)
        done = console(*arguments)
        assert (done.code, done.out) == (1, "")
        assert done.err == f"maia-console: The database of users is unavailable: {said}.\n"


def test_a_list_makes_no_file(console: Console, database: Database) -> None:
    assert console("users", "list").code == 0
    assert console("tokens", "list").code == 0
    assert database.path is None or not database.path.exists()


def test_two_commands_at_once_both_do_their_work(console: Console) -> None:
    commands = [
        subprocess.Popen(
            [sys.executable, "-m", "console", "users", "add", name],
            cwd=ROOT_FOLDER,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("ada", "bob")
    ]
    said = [each.communicate(PIPED, timeout=40)[1] for each in commands]
    assert [each.returncode for each in commands] == [0, 0], said
    listed = json.loads(console("users", "list", "--output", "json").out)
    assert [row["name"] for row in listed] == ["ada", "bob"]


async def in_thread(console: Console, *arguments: str) -> Any:
    """A command has an event loop of its own."""
    import asyncio

    return await asyncio.to_thread(console, *arguments)
