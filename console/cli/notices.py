"""`notices rules`: which notifications there are, and which are on. `notices test`: sends one to
each address now, and says what became of it."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.errors import SettingError, UsageError

if TYPE_CHECKING:
    from console.settings import Profile


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("what", choices=("rules", "test"), help="list the rules, or send a test")
    parser.add_argument("--profile", metavar="NAME", help="the profile to use")
    parser.add_argument("--config", type=Path, metavar="FILE", help="another settings file")
    parser.add_argument("--output", choices=("plain", "json"), default="plain")


def run(options: Namespace) -> int:
    from console.settings import config_path, load_profile

    if options.what == "test" and options.output != "plain":
        raise UsageError("--output is for notices rules; notices test only tells what happened.")
    path = options.config or config_path(os.environ)
    profile = load_profile(options.profile, {}, os.environ, path)
    return _test(profile) if options.what == "test" else _rules(profile, options.output)


def _rules(profile: "Profile", output: str) -> int:
    from console.notices.rules import Rule
    from console.notices.wording import RULES

    if output == "json":
        import json

        rows = [
            {"rule": rule, "on": rule in profile.notices, "meaning": RULES[rule].meaning}
            for rule in Rule
        ]
        sys.stdout.write(json.dumps(rows) + "\n")
        return Exit.FINE
    width = max(map(len, Rule))
    for rule in Rule:
        state = "on " if rule in profile.notices else "off"
        sys.stdout.write(f"{rule:<{width}}  {state}  {RULES[rule].meaning}\n")
    number = len(profile.notice_urls)
    where = f"{number} address{'' if number == 1 else 'es'}"
    sys.stdout.write(f"Sent to {where if number else 'nobody: notice_urls is empty'}.\n")
    return Exit.FINE


def _test(profile: "Profile") -> int:
    from console.notices.delivery import addresses
    from console.notices.wording import trial

    if not profile.notice_urls:
        raise SettingError(
            "No address is set: set MAIA_CONSOLE_NOTICE_URLS, or notice_urls in the profile."
        )
    message, failed = trial(profile.name), 0
    for address in addresses(profile.notice_urls):
        trouble = address.send(message)
        failed += bool(trouble)
        sys.stdout.write(f"{address.name}: {f'not sent: {trouble}' if trouble else 'sent'}\n")
        sys.stdout.flush()
    return Exit.REFUSED if failed else Exit.FINE
