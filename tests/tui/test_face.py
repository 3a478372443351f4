"""Before anything is drawn: is there a terminal to draw on?"""

import os
from argparse import ArgumentParser, Namespace

import pytest

from console.accounts import SessionRequest
from console.errors import UsageError
from tui.face import add_arguments, checked_meanwhile, run
from tui.terminal import why_not_drawable


@pytest.mark.parametrize(
    ("is_terminal", "environ", "reason"),
    [
        (True, {"TERM": "xterm-256color"}, ""),
        (True, {"TERM": "linux"}, ""),
        (True, {"TERM": "dumb"}, "TERM is dumb"),
        (True, {"TERM": ""}, "TERM is not set"),
        (True, {}, "TERM is not set"),
        (False, {"TERM": "xterm"}, "standard input or error is not a terminal"),
    ],
)
def test_only_a_real_terminal_is_drawn_on(
    is_terminal: bool, environ: dict[str, str], reason: str
) -> None:
    assert why_not_drawable(is_terminal, environ) == reason


def test_without_a_terminal_it_points_to_plain_output_and_ends_with_2(
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = Namespace(light=False, ascii=False, no_mouse=False)
    assert run(SessionRequest(demo=True), options) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "maia-console tui --plain" in written.err
    assert written.err.count("\n") == 1


def test_the_mouse_the_light_theme_ascii_and_calm_are_options() -> None:
    parser = ArgumentParser()
    add_arguments(parser)
    options = parser.parse_args(["--no-mouse", "--ascii", "--light", "--calm"])
    assert (options.no_mouse, options.ascii, options.light, options.calm) == (True,) * 4


def test_settings_that_can_be_used_are_checked_elsewhere() -> None:
    asked: list[int] = []
    checked_meanwhile(lambda: asked.append(os.getpid()))()
    assert asked == []


def test_settings_that_cannot_be_used_are_told_here_before_anything_is_drawn() -> None:
    def check() -> None:
        raise UsageError("no such profile")

    settled = checked_meanwhile(check)
    with pytest.raises(UsageError, match="no such profile"):
        settled()
