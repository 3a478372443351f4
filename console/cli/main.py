"""Finds the command, runs it, and turns every error of ours into a sentence and an exit code.

Nothing but the standard library's cheap part is imported here, so that --help is quick.
"""

import gc
import os
import sys
from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter

from console.cli.commands import COMMANDS
from console.cli.endings import ending_in_order
from console.cli.exits import Exit, PluginState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

PROGRAM = "maia-console"
RARE_COLLECTION = (1_000_000, 20, 20)
"""For commands that end: a fleet is many small objects without cycles, and looking for cycles in
them is a tenth of the time of listing a large one."""

LASTING = ("tui", "web", "wall", "demo")
"""Commands that run for days, and keep Python's own pace."""

MONITORED = "check"
"""The command whose exit codes are those of monitoring plugins, in which 2 is an alarm."""

TAKES_VALUE = ("--profile", "--config", "--demo-runners", "--scenario")


class Formatter(RawDescriptionHelpFormatter):
    """Keeps line breaks, and finds the width without the modules that argparse loads for it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(100, _columns() - 2))


class Parser(ArgumentParser):
    """An argument parser whose errors are one line and a pointer to help."""

    exit_code: int = Exit.USAGE

    def error(self, message: str) -> "NoReturn":
        self.exit(self.exit_code, f"{self.prog}: {message}. See {self.prog} --help.\n")


def main(argv: list[str] | None = None) -> "NoReturn":
    """The program. Never returns; no traceback reaches the user unless it is a fault of ours.

    pydantic is kept from looking for plug-ins in every installed distribution; none is wanted.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    arguments = sys.argv[1:] if argv is None else argv
    with ending_in_order():
        sys.exit(int(run(arguments)))


def run(arguments: list[str]) -> int:
    """The exit code for these arguments; what argparse ends by itself raises SystemExit."""
    name, rest = split(arguments)
    if name is None:
        return _top_level(rest)
    command = COMMANDS[name]
    if name not in LASTING:
        gc.set_threshold(*RARE_COLLECTION)
    from importlib import import_module

    module = import_module(command.module)
    parser = Parser(
        f"{PROGRAM} {name}",
        description=f"{command.summary}.",
        formatter_class=Formatter,
        allow_abbrev=False,
    )
    if name == MONITORED:
        parser.exit_code = PluginState.UNKNOWN
    try:
        module.add_arguments(parser, name)
        return int(module.run(parser.parse_args(rest)))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.FINE
    except Exception as error:
        return _failure(error, name)


def split(arguments: list[str]) -> tuple[str | None, list[str]]:
    """The command and the arguments without it. Options may stand before it; without a command it
    is the terminal console. None when only the top level's own help or version is wanted."""
    skip = False
    for place, argument in enumerate(arguments):
        if skip:
            skip = False
        elif argument in ("-h", "--help", "--version"):
            return None, arguments
        elif argument in TAKES_VALUE:
            skip = True
        elif not argument.startswith("-"):
            if argument not in COMMANDS:
                return None, [argument]
            return argument, arguments[:place] + arguments[place + 1 :]
    return "tui", arguments


def _top_level(arguments: list[str]) -> int:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {each.name:<{width}}  {each.summary}" for each in COMMANDS.values())
    parser = Parser(
        PROGRAM,
        description="A console for Maia runners: terminal, web page, wall display, command line.",
        epilog=f"commands:\n{lines}\n\nEach has its own help: {PROGRAM} list --help",
        formatter_class=Formatter,
        usage=f"{PROGRAM} [COMMAND] [options]",
        add_help=True,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.add_argument("command", nargs="?", help=SUPPRESS)
    options = parser.parse_args(arguments)
    if options.version:
        from console import __version__

        print(f"{PROGRAM} {__version__}")
        return Exit.FINE
    from difflib import get_close_matches

    nearest = get_close_matches(options.command or "", COMMANDS, n=1)
    hint = f"; did you mean {nearest[0]}" if nearest else ""
    parser.error(f"“{options.command}” is not a command{hint}")


def _failure(error: Exception, name: str) -> int:
    from console.errors import ConsoleError

    if not isinstance(error, ConsoleError):
        raise error
    from console.cli.failures import exit_for, sentence_for

    print(f"{PROGRAM}: {sentence_for(error)}", file=sys.stderr)
    return PluginState.UNKNOWN if name == MONITORED else exit_for(error)


def _columns() -> int:
    """The terminal's width: COLUMNS, what the terminal says, or 80."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named) > 20:
        return int(named)
    try:
        return max(40, os.get_terminal_size(1).columns)
    except OSError:
        return 80
