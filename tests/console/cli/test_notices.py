"""`notices`: what there is and what is on, and whether messages arrive."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.notices.rules import Rule
from console.settings import Notice
from tests.console.cli.calling import Console
from tests.console.notices.mailbox import Mailbox, mailbox

ROOT = Path(__file__).parents[3]


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.eu]\nnotices = ["runner_lost", "action_failed"]\n')
    return path


def test_each_rule_is_listed_with_what_it_means_and_whether_it_is_on(
    console: Console, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIA_CONSOLE_NOTICE_URLS", "json://a slack://hidden/thing")
    ended = console("notices", "rules", "--config", str(file))
    assert (ended.code, ended.err) == (0, "")
    *lines, last = ended.out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["runner_lost", "on"],
        ["runner_recovered", "off"],
        ["left_support", "off"],
        ["leaves_support", "off"],
        ["update_available", "off"],
        ["action_failed", "on"],
    ]
    assert last == "Sent to 2 addresses."
    assert "hidden" not in ended.out


def test_the_rules_are_data_too(console: Console, file: Path) -> None:
    ended = console("notices", "rules", "--output", "json", "--config", str(file))
    rows = json.loads(ended.out)
    assert [row["rule"] for row in rows if row["on"]] == ["runner_lost", "action_failed"]
    assert all(row["meaning"].endswith(".") for row in rows)


def test_a_test_is_sent_to_each_address_and_says_what_became_of_it(
    console: Console, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.answers = [200, 404]
    monkeypatch.setenv("MAIA_CONSOLE_NOTICE_URLS", f"{box.url} {box.url}")
    ended = console("notices", "test")
    assert ended.out == "1, json: sent\n2, json: not sent: it answers HTTP 404\n"
    assert (ended.code, ended.err) == (1, "")
    assert box.titles == ["Maia default: a test"]


def test_a_test_that_arrives_is_fine(
    console: Console, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIA_CONSOLE_NOTICE_URLS", box.url)
    assert console("notices", "test").code == 0


def test_several_profiles_are_told_apart(
    console: Console, box: Mailbox, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(
        f'{file.read_text()}[profiles.us]\nnotice_urls = ["json://127.0.0.1:{box.port}"]\n'
    )
    rules = console("notices", "rules", "--profile", "eu,us", "--config", str(file)).out
    eu, us = rules.split("\n\n")
    assert (eu.splitlines()[0], us.splitlines()[0]) == ("eu", "us")
    assert "Sent to nobody" in eu
    assert us.endswith("Sent to 1 address.\n")
    ended = console(
        "notices", "rules", "--output", "json", "--profile", "all", "--config", str(file)
    )
    on = [(row["profile"], row["rule"]) for row in json.loads(ended.out) if row["on"]]
    assert on == [("eu", "runner_lost"), ("eu", "action_failed")]
    sent = console("notices", "test", "--profile", "all", "--config", str(file))
    assert (sent.code, sent.out) == (0, "us: 1, json: sent\n")
    assert box.titles == ["Maia us: a test"]


@pytest.mark.parametrize(
    ("arguments", "variables", "told"),
    [
        (["test"], {}, "No address is set: set MAIA_CONSOLE_NOTICE_URLS"),
        (["test"], {"MAIA_CONSOLE_NOTICE_URLS": "slack://hidden"}, "address 1, slack, is none"),
        (["test"], {"MAIA_CONSOLE_NOTICE_URLS": "hidden"}, "its value cannot be used"),
        (["rules"], {"MAIA_CONSOLE_NOTICES": "runner_los"}, "Did you mean runner_lost?"),
        (["test", "--output", "json"], {}, "--output is for notices rules"),
        (["rules", "--profile", "nobody"], {}, "“nobody” is not a profile"),
        (["rules", "--profile", "eu,"], {}, "profile"),
        (["banana"], {}, "invalid choice: 'banana'"),
        ([], {}, "required: what"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    arguments: list[str],
    variables: dict[str, str],
    told: str,
    console: Console,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    ended = console("notices", *arguments)
    assert ended.code == 2
    assert told in ended.err
    assert "hidden" not in ended.err


def test_the_rules_are_those_of_the_setting_and_of_the_page() -> None:
    assert Notice.__args__ == tuple(Rule)  # type: ignore[attr-defined]
    page = (ROOT / "docs/notifications.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(Rule)
