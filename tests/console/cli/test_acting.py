"""The action commands: who is meant, the dry run, the agreement, and what comes of it."""

import asyncio
from collections.abc import Coroutine

import pytest

from console.actions.action import Action
from console.actions.catalogue import ACTIONS
from console.cli.commands import COMMANDS
from console.demo.world import World
from tests.console.cli.calling import Console

ACTING = "console.cli.acting"


def test_the_action_commands_are_those_of_the_catalogue() -> None:
    commands = [name for name, each in COMMANDS.items() if each.module == ACTING]
    assert commands == list(dict.fromkeys(action.command for action in ACTIONS))


@pytest.mark.parametrize("action", [each for each in ACTIONS if not each.choice])
def test_an_action_without_choices_is_summarised_by_the_catalogues_words(action: Action) -> None:
    assert COMMANDS[action.command].summary == action.explains


@pytest.mark.parametrize("name", [name for name, each in COMMANDS.items() if each.module == ACTING])
def test_the_help_of_an_action_explains_every_choice(console: Console, name: str) -> None:
    written = console(name, "--help").out
    for action in ACTIONS:
        if action.command == name:
            assert f"{action.choice or name}: {action.explains}." in written


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    "arguments",
    [(each.command, each.choice) if each.choice else (each.command,) for each in ACTIONS],
)
def test_a_dry_run_of_every_action_says_what_would_be_done(
    console: Console, arguments: tuple[str, ...]
) -> None:
    ended = console(*arguments, "--dry-run", "--filter", "prod*")
    assert ended.code in (0, 1)
    assert ended.err == ""
    assert ended.out.splitlines()[0].endswith("3 runners")


def test_a_dry_run_changes_nothing(console: Console, world: World) -> None:
    before = world.runners()
    ended = console("pause", "--dry-run", "prod-eu-fargate", "iot-gke")
    assert ended.code == 0
    assert world.runners() == before
    assert "Left out" not in ended.out


@pytest.mark.usefixtures("fleet")
def test_a_dry_run_with_a_runner_left_out_exits_with_1_and_tells_why(console: Console) -> None:
    ended = console("pause", "--dry-run", "prod-eu-fargate", "saas-shared")
    assert ended.code == 1
    assert "  saas-shared: It is hosted by Matillion, which manages it." in ended.out.splitlines()


def test_done_is_told_on_standard_output_and_the_plan_beside_it(
    console: Console, world: World
) -> None:
    ended = console("pause", "prod-eu-fargate", "--yes")
    assert ended.code == 0
    assert ended.out == "prod-eu-fargate: done.\n"
    assert ended.err.startswith("Pause: prod-eu-fargate\n")
    assert world.named("prod-eu-fargate").status == "paused"


def test_a_pause_and_a_resume_lead_back(console: Console, world: World) -> None:
    assert console("pause", "iot-gke", "--yes").code == 0
    assert console("resume", "iot-gke", "--yes").code == 0
    assert world.named("iot-gke").status == "running"


def test_an_update_is_done_when_the_runner_reports_the_new_version(
    console: Console, world: World
) -> None:
    before = world.named("finance-aca").version
    ended = console("update", "finance-aca", "--yes")
    assert (ended.code, ended.out) == (0, "finance-aca: done.\n")
    assert world.named("finance-aca").version != before


def test_settings_are_switched(console: Console, world: World) -> None:
    assert console("set-track", "stable", "prod-eu-fargate", "--yes").code == 0
    assert console("auto-update", "off", "prod-eu-fargate", "--yes").code == 0
    runner = world.named("prod-eu-fargate")
    assert (runner.track, runner.auto_updates) == ("stable", False)


def test_a_filter_acts_on_all_that_match_and_a_refused_one_makes_it_1(
    console: Console, world: World
) -> None:
    ended = console("pause", "--filter", "name:*-cdc,saas-shared", "--yes")
    assert ended.code == 1
    assert sorted(ended.out.splitlines()) == ["clickstream-cdc: done.", "orders-cdc: done."]
    assert world.named("saas-shared").status == "running"


def test_nothing_that_can_be_done_is_1_without_a_question(console: Console, world: World) -> None:
    ended = console("pause", "saas-shared")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.endswith("Nothing to do.\n")


def test_without_a_terminal_and_without_yes_nothing_is_sent(console: Console, world: World) -> None:
    ended = console("restart", "prod-eu-fargate")
    assert (ended.code, ended.out) == (2, "")
    assert "There is no terminal to ask on; add --yes, or look with --dry-run." in ended.err
    assert world.named("prod-eu-fargate").status == "running"


class Answers:
    """A terminal on which somebody types."""

    def __init__(self, line: str) -> None:
        self._line = line

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self._line


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("YES\n", 0), ("\n", 1), ("", 1)])
def test_on_a_terminal_only_yes_agrees(
    console: Console, world: World, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    monkeypatch.setattr("sys.stdin", Answers(typed))
    ended = console("pause", "prod-eu-fargate")
    assert ended.code == code
    assert "Pause: prod-eu-fargate? [y/N]" in ended.err
    assert (world.named("prod-eu-fargate").status == "paused") is (code == 0)


def test_what_is_not_seen_to_finish_in_time_is_told_and_is_1(
    console: Console, world: World
) -> None:
    ended = console("restart", "prod-eu-fargate", "--yes", "--wait", "0s")
    assert ended.code == 1
    assert ended.out == "prod-eu-fargate: asked, but not seen to finish in time.\n"


def test_a_read_only_session_refuses_and_says_so(console: Console, world: World) -> None:
    ended = console("pause", "prod-eu-fargate", "--yes", "--read-only")
    assert (ended.code, ended.out) == (1, "")
    assert "This session is read-only." in ended.err
    assert world.named("prod-eu-fargate").status == "running"


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pause",), "Name the runners, or choose them with --filter: one of the two."),
        (("pause", "sandbox", "--filter", "x"), "one of the two."),
        (("pause", "nobody-has-it", "--yes"), "“nobody-has-it” is not a runner."),
        (("pause", "--filter", "nobody-has-it"), "No runner matches “nobody-has-it”."),
        (("pause", "--filter", "stat:x"), "“stat” is not a field. Did you mean status?"),
        (("set-track", "newest", "sandbox"), "invalid choice: 'newest'"),
        (("restart", "sandbox", "--wait", "soon"), "invalid duration value: 'soon'"),
        (("restart", "sandbox", "--wait", "nan"), "invalid duration value: 'nan'"),
    ],
)
def test_what_cannot_be_meant_is_2(
    console: Console, arguments: tuple[str, ...], sentence: str
) -> None:
    ended = console(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err


def test_an_interruption_is_130_and_quiet(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(coroutine: Coroutine[object, object, object]) -> None:
        coroutine.close()
        raise KeyboardInterrupt

    monkeypatch.setattr(asyncio, "run", interrupted)
    ended = console("pause", "x", "--demo")
    assert (ended.code, ended.out, ended.err) == (130, "", "")
