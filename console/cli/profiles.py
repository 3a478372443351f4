"""`profiles`: the profiles in the settings file, and which one is used."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from console.cli.exits import Exit
from console.cli.formats import note
from console.settings import config_path, default_name, load_profile, profile_names


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="another settings file")
    parser.add_argument("--output", choices=("plain", "json"), default="plain")


def run(options: Namespace) -> int:
    path = options.config or config_path(os.environ)
    names = profile_names(path)
    default = default_name(path, os.environ)
    rows = []
    for name in names:
        profile = load_profile(name, {}, {}, path)
        rows.append(
            {
                "name": name,
                "is_default": name == default,
                "region": profile.region,
                "client_id": profile.client_id,
                "api_url": profile.api_address,
                "read_only": profile.read_only,
            }
        )
    if options.output == "json":
        import json

        sys.stdout.write(json.dumps(rows) + "\n")
        return Exit.FINE
    for row in rows:
        mark = "*" if row["is_default"] else " "
        only = "  read-only" if row["read_only"] else ""
        sys.stdout.write(f"{mark} {row['name']}  {row['region']}  {row['api_url']}{only}\n")
    if not rows:
        note(f"No profiles in {path}. Connect an account with maia-console login.")
    return Exit.FINE
