"""`notices rules`: which notifications there are, and which are on. `notices test`: sends one to
each address now, and says what became of it."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.exits import Exit
from console.errors import SettingError, UsageError

if TYPE_CHECKING:
    from console.settings import Profile


def add_arguments(parser: ArgumentParser, name: str) -> None:
    parser.add_argument("what", choices=("rules", "test"), help="list the rules, or send a test")
    parser.add_argument("--profile", metavar="NAME", help="the profile; several as eu,us or all")
    parser.add_argument("--config", type=Path, metavar="FILE", help="another settings file")
    parser.add_argument("--output", choices=("plain", "json"), default="plain")


def run(options: Namespace) -> int:
    if options.what == "test" and options.output != "plain":
        raise UsageError("--output is for notices rules; notices test only tells what happened.")
    profiles = _profiles(options.profile, options.config)
    if options.what == "test":
        return _test(profiles)
    return _as_json(profiles) if options.output == "json" else _rules(profiles)


def _profiles(names: str | None, config: Path | None) -> "tuple[Profile, ...]":
    """As for the web console, but without their secrets, of which nothing here has need."""
    from console.settings import chosen_names, config_path, load_profile, without_account

    path = config or config_path(os.environ)
    chosen = chosen_names(names, os.environ, path)
    if len(chosen) == 1:
        return (load_profile(chosen[0] if names else None, {}, os.environ, path),)
    shared = without_account(os.environ)
    return tuple(load_profile(each, {}, shared, path) for each in chosen)


def _as_json(profiles: "Sequence[Profile]") -> int:
    import json

    from console.notices.rules import Rule
    from console.notices.wording import RULES

    rows = [
        {
            "profile": each.name,
            "rule": rule,
            "on": rule in each.notices,
            "meaning": RULES[rule].meaning,
        }
        for each in profiles
        for rule in Rule
    ]
    sys.stdout.write(json.dumps(rows) + "\n")
    return Exit.FINE


def _rules(profiles: "Sequence[Profile]") -> int:
    """Of several profiles, those of each below its name."""
    from console.notices.rules import Rule
    from console.notices.wording import RULES

    width = max(map(len, Rule))
    for place, profile in enumerate(profiles):
        if len(profiles) > 1:
            sys.stdout.write("\n" * bool(place) + f"{profile.name}\n")
        for rule in Rule:
            state = "on " if rule in profile.notices else "off"
            sys.stdout.write(f"{rule:<{width}}  {state}  {RULES[rule].meaning}\n")
        number = len(profile.notice_urls)
        where = f"{number} address{'' if number == 1 else 'es'}"
        sys.stdout.write(f"Sent to {where if number else 'nobody: notice_urls is empty'}.\n")
    return Exit.FINE


def _test(profiles: "Sequence[Profile]") -> int:
    """Of several profiles, each line begins with the name of one; those without an address have
    none."""
    from console.notices.delivery import addresses
    from console.notices.wording import trial

    if not any(each.notice_urls for each in profiles):
        raise SettingError(
            "No address is set: set MAIA_CONSOLE_NOTICE_URLS, or notice_urls in the profile."
        )
    failed = 0
    for profile in profiles:
        whose = f"{profile.name}: " if len(profiles) > 1 else ""
        message = trial(profile.name)
        for address in addresses(profile.notice_urls):
            trouble = address.send(message)
            failed += bool(trouble)
            told = f"not sent: {trouble}" if trouble else "sent"
            sys.stdout.write(f"{whose}{address.name}: {told}\n")
            sys.stdout.flush()
    return Exit.REFUSED if failed else Exit.FINE
