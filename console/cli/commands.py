"""The table of commands: name, module, and its line in --help.

The action commands stand in the action catalogue too; they are named again here because importing
the catalogue doubles the time of --help. A test holds both equal.
"""


class Command:
    """A command. Its module has `add_arguments(parser, name)` and `run(options) -> int`."""

    __slots__ = ("module", "name", "summary")

    def __init__(self, name: str, module: str, summary: str) -> None:
        self.name = name
        self.module = module
        self.summary = summary


COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        Command("tui", "console.cli.faces", "Open the terminal console (also without a command)"),
        Command("web", "console.cli.faces", "Serve the web console and the wall display"),
        Command("wall", "console.cli.wall", "Draw the wall on a terminal, or show one on a screen"),
        Command("list", "console.cli.listing", "List the runners"),
        Command("show", "console.cli.showing", "Show one runner in full"),
        Command("releases", "console.cli.releases", "Tell which releases are out and expected"),
        Command("history", "console.cli.history", "Tell what was seen of a runner and done to it"),
        Command("check", "console.cli.checking", "One line and an exit code for monitoring"),
        Command(
            "update",
            "console.cli.acting",
            "Restart it so that it takes the latest version of its track",
        ),
        Command(
            "restart", "console.cli.acting", "Finish the tasks in hand and replace every instance"
        ),
        Command("pause", "console.cli.acting", "Finish the tasks in hand and hold new ones"),
        Command("resume", "console.cli.acting", "Let a paused runner take work again"),
        Command("set-track", "console.cli.acting", "Follow the Current or the Stable track"),
        Command("auto-update", "console.cli.acting", "Switch automatic updates on or off"),
        Command("login", "console.cli.login", "Connect an account and store its credentials"),
        Command("profiles", "console.cli.profiles", "List the profiles"),
        Command("notices", "console.cli.notices", "List the notifications, or send a test"),
        Command("users", "console.cli.users", "Add, change and list users of the web console"),
        Command("tokens", "console.cli.tokens", "Make, revoke and list tokens for programs"),
        Command("screens", "console.cli.screens", "List the screens of walls, or switch one off"),
        Command("doctor", "console.cli.doctor", "Check settings, network, sign-in and permissions"),
        Command("demo", "console.cli.demo", "Serve the demo API"),
    )
}
