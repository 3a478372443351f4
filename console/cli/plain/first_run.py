"""Before there is an account to open: connect one, look around in the demo, or leave. Only on a
terminal, since a secret is asked for."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from console.cli.failures import sentence_for
from console.cli.login import login
from console.cli.plain.printer import PROMPT
from console.connecting import NOT_TAKEN, first_run_of, settings_at
from console.errors import ConsoleError, SignInRefused
from console.view.first_run import CHOICES, CONNECT, DEMO, QUIT

if TYPE_CHECKING:
    from console.accounts import SessionRequest

ALONE = ("Type connect, demo or quit.",)


def chosen(request: "SessionRequest") -> "SessionRequest | None":
    """What is to be opened after all; None to leave."""
    name, told = first_run_of(request)
    words = [f"{each.word}: {each.label}." for each in CHOICES]
    _say(told.title, *told.steps, *words)
    while True:
        print(PROMPT, end="", flush=True)
        line = sys.stdin.readline()
        word = line.strip().lower()
        if not line or word in (QUIT.word, QUIT.key):
            return None
        if word in (DEMO.word, DEMO.key):
            return replace(request, demo=True)
        if word not in (CONNECT.word, CONNECT.key, "login"):
            _say(*ALONE)
        elif _is_connected(request, name):
            return request


def _is_connected(request: "SessionRequest", name: str) -> bool:
    try:
        connected = login(name, settings_at(request))
    except SignInRefused:
        _say(NOT_TAKEN)
    except ConsoleError as error:
        _say(sentence_for(error))
    else:
        _say(connected.signed_in, *[connected.warning] * bool(connected.warning))
        return True
    return False


def _say(*lines: str) -> None:
    for line in lines:
        print(line)
