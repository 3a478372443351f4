"""`demo serve`: the demo API in the foreground, for trying other tools and front ends on it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.cli.formats import note
from console.cli.options import count
from console.demo.scenarios import SCENARIOS
from console.errors import UsageError

if TYPE_CHECKING:
    from console.demo.world import World


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("what", choices=("serve",), help="serve the demo API on loopback")
    parser.add_argument("--port", type=count, default=8088, help="0 takes a free one; default 8088")
    parser.add_argument("--runners", type=count, default=24, metavar="N")
    parser.add_argument("--seed", type=count, default=1, metavar="N")
    parser.add_argument("--scenario", choices=tuple(SCENARIOS), default="calm")
    parser.add_argument(
        "--history",
        type=Path,
        metavar="FILE",
        help="write what a console would have seen before into a new journal, for a profile named"
        " demo whose database_url names it",
    )
    lines = [f"  {key}: {sentence}" for key, sentence in SCENARIOS.items()]
    parser.epilog = "\n".join(["scenarios:", *lines])


def run(options: Namespace) -> int:
    from console.demo.server import build_app
    from console.demo.serving import serve_forever
    from console.demo.world import World

    if options.port > 65535:
        raise UsageError(f"“{options.port}” is not a port: 0 to 65535.")
    world = World(options.runners, options.seed)
    if options.history is not None:
        _write_history(world, options.history)
    app = build_app(world, options.scenario)
    try:
        serve_forever(app, "127.0.0.1", options.port, announce=_announce)
    except OSError as error:
        raise UsageError(
            f"Port {options.port} cannot be used: {error.strerror}. Give another with --port."
        ) from None
    return Exit.FINE


def _write_history(world: "World", path: Path) -> None:
    from console.demonstration import write_past

    if path.exists():
        raise UsageError(f"{path} exists already. Name a file that does not, or delete it.")
    write_past(world, world.now(), path)


def _announce(url: str) -> None:
    note(f"The demo API is at {url}. Point the console to it with:")
    note(f"  export MAIA_CONSOLE_API_URL={url}/dpc MAIA_CONSOLE_TOKEN_URL={url}/oauth/dpc/token")
    note("  export MATILLION_CLIENT_ID=demo MATILLION_CLIENT_SECRET=demo-secret")
    note("Stop it with ctrl+c.")
