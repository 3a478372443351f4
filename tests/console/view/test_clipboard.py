"""What is copied of runners, and what is said of terminals that do not take it."""

from dataclasses import replace

import pytest

from console.view.clipboard import MOST, clipboard_doubt, copied_sentence, copied_text
from tests.console.fleets import HEALTHY, snapshot_of

FLEET = snapshot_of(
    replace(HEALTHY, id="1", name="prod\n\x1b]52;c;x\x07", version="10.1"),
    replace(HEALTHY, id="2", name="sales", version=None),
)


def test_one_line_a_runner_and_nothing_that_acts_on_the_shell_it_is_pasted_into() -> None:
    assert copied_text(FLEET, ["1", "2", "gone"], "name") == "prod␊␛]52;c;x␇\nsales"
    assert copied_text(FLEET, ["2", "1"], "id") == "2\n1"
    assert copied_text(FLEET, ["1", "2"], "version") == "10.1"


@pytest.mark.parametrize(
    ("what", "text", "sentence"),
    [
        ("name", "sales", "Copied the name: sales. So?"),
        ("id", "1\n2", "Copied 2 ids. So?"),
        ("version", "", "There is no version to copy."),
    ],
)
def test_it_says_what_was_copied(what: str, text: str, sentence: str) -> None:
    assert copied_sentence(what, text, "So?") == sentence


def test_more_than_a_terminal_takes_is_not_said_to_be_copied() -> None:
    said = copied_sentence("id", "x" * (MOST + 1), "")
    assert "Copied" not in said
    assert ":save" in said


@pytest.mark.parametrize(
    ("environ", "tmux", "part"),
    [
        ({"TERM": "linux"}, "", "Linux console has no clipboard"),
        ({"TERM": "screen", "STY": "1.x"}, "", "GNU screen"),
        ({"TERM": "tmux", "TMUX": "/tmp/x"}, "external", "set-clipboard external"),
        ({"TERM": "tmux", "TMUX": "/tmp/x"}, "off", "tmux set -g set-clipboard on"),
        ({"TERM": "tmux", "TMUX": "/tmp/x"}, "on", "If it does not paste"),
        ({"TERM": "tmux", "TMUX": "/tmp/x"}, "", "If it does not paste"),
        ({"TERM": "xterm-256color"}, "", "refuses OSC 52"),
    ],
)
def test_what_can_be_known_of_the_terminal_is_said(
    environ: dict[str, str], tmux: str, part: str
) -> None:
    assert part in clipboard_doubt(environ, tmux)
