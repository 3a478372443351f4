"""Starts the web console: on this machine's own address, or with sign-in on any."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.accounts import SessionRequest
    from console.serving_settings import ServingSettings

FLAGS = (
    "host",
    "port",
    "tls_cert",
    "tls_key",
    "path_prefix",
    "public_url",
    "allowed_hosts",
    "sign_in",
)


def add_arguments(parser: ArgumentParser) -> None:
    """None of them has a default here: what is not given is taken from the settings file."""
    group = parser.add_argument_group("where it is served")
    group.add_argument(
        "--host", help="the address to listen on; default 127.0.0.1, any other takes sign-in"
    )
    group.add_argument("--port", type=int, help="default 8080; 0 takes a free one")
    group.add_argument("--tls-cert", metavar="FILE", help="serve TLS with this certificate")
    group.add_argument("--tls-key", metavar="FILE", help="and this key")
    group.add_argument("--path-prefix", metavar="PATH", help="behind a proxy, such as /maia")
    group.add_argument(
        "--public-url",
        metavar="URL",
        help="the address under which people reach it, such as https://console.example.com",
    )
    group.add_argument(
        "--allowed-host",
        dest="allowed_hosts",
        action="append",
        metavar="NAME",
        help="a name by which it may be asked for; may be given several times",
    )
    group.add_argument(
        "--sign-in", action="store_true", default=None, help="also on this machine's own address"
    )


def run(
    request: "SessionRequest", options: Namespace, check: Callable[[], None] = lambda: None
) -> int:
    """The exit code: 2 for an address or port that cannot be used. `check` raises for settings
    that cannot be used, as this does."""
    check()
    serving = _serving(request, options)
    _choose_storage()
    from web.serving import PortTaken, serve

    try:
        serve(request, serving)
    except PortTaken as taken:
        sys.stderr.write(f"maia-console: {taken} Give another with --port.\n")
        return 2
    return 0


def _serving(request: "SessionRequest", options: Namespace) -> "ServingSettings":
    from console.serving_settings import load_serving, with_stored_secret
    from console.settings import config_path

    flags = {name: getattr(options, name, None) for name in FLAGS}
    path = request.config or config_path(os.environ)
    return with_stored_secret(load_serving(flags, os.environ, path))


def _choose_storage() -> None:
    """NiceGUI makes a folder where it is started unless told otherwise, before it is imported."""
    import platformdirs

    state = platformdirs.user_state_dir("maia-console", appauthor=False)
    os.environ.setdefault("NICEGUI_STORAGE_PATH", os.path.join(state, "web"))
