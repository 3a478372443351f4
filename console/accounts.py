"""Opens accounts: the profile with its secret, where its history is kept, what was learnt of it.

The only place that knows about the demo.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.ages import utc_now
from console.errors import CredentialsMissing, SettingError, printable

if TYPE_CHECKING:
    from console.fleet.memory import Memory
    from console.journal.databases import Database
    from console.journal.reader import Reader
    from console.settings import Profile

RECALL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What to open. `profile` may name several, "eu,us", or "all"; of the demo each of them is a
    world of its own, and `scenario` may then name one for each, "calm,denied".
    `overrides` are settings given as flags, by field name of a profile.
    `polls` is False for a command that reads once, which therefore cannot act, and which keeps no
    journal. `face` is the front end, for the record of what was done. `tells` is True for a server
    that lasts: only that sends notifications, as other front ends may be open at the same time."""

    profile: str | None = None
    demo: bool = False
    demo_runners: int = 24
    scenario: str = "calm"
    read_only: bool = False
    polls: bool = True
    face: str = "command line"
    tells: bool = False
    overrides: Mapping[str, object] = field(default_factory=dict)
    config: Path | None = None
    clock: Callable[[], datetime] = utc_now


@dataclass(frozen=True, slots=True)
class Account:
    """A profile with where its history is kept, and what was learnt of it, if that is known."""

    profile: "Profile"
    database: "Database"
    memory: "Memory | None" = None

    async def recalled(self, now: datetime) -> "Memory":
        """What earlier sessions learnt, with the operator's releases. A database that does not
        answer costs two seconds and what it knew. Raises SettingError for a wrong file."""
        memory = self.memory or await self._learnt()
        if (file := self.profile.releases_file) is None:
            return memory
        from console.fleet.announced import read_announced, with_announced

        return with_announced(memory, read_announced(file), now)

    async def _learnt(self) -> "Memory":
        from console.journal.recall import recall

        hurried = replace(self.database, patience=RECALL_SECONDS)
        memory, _ = await asyncio.to_thread(recall, hurried, self.profile.name)
        return memory


@asynccontextmanager
async def open_accounts(request: SessionRequest) -> AsyncIterator[tuple[Account, ...]]:
    """The accounts to use, one at least; for the demo, with its APIs served on loopback as long as
    they are open."""
    async with AsyncExitStack() as stack:
        if request.demo:
            from console.demonstration import open_demonstrations

            demos = await stack.enter_async_context(
                open_demonstrations(
                    request.profile,
                    request.demo_runners,
                    request.scenario,
                    request.clock,
                    request.overrides,
                )
            )
            yield tuple(Account(demo.profile, demo.database, demo.memory) for demo in demos)
        else:
            profiles = profiles_for(request.profile, request.overrides, os.environ, request.config)
            yield tuple(Account(each, _database(each)) for each in profiles)


def account_names(request: SessionRequest, *, chosen: bool = False) -> tuple[str, ...]:
    """The accounts that there are to open; of those the ones that are asked for, when `chosen`."""
    if request.demo:
        from console.demonstration import ALL, accounts_of

        return accounts_of(request.profile) if chosen else ALL
    from console.settings import chosen_names, config_path, profile_names

    path = request.config or config_path(os.environ)
    return chosen_names(request.profile, os.environ, path) if chosen else profile_names(path)


def names_in(request: SessionRequest, names: str) -> str:
    """The names as a request of the same kind has them. Of the demo one alone keeps its name, and
    there are no others than it has; raises UnknownName."""
    wanted = names.strip()
    if not request.demo:
        return wanted
    from console.demonstration import known_accounts

    return known_accounts(wanted)


def profiles_for(
    names: str | None,
    overrides: Mapping[str, object],
    environ: Mapping[str, str],
    config: Path | None,
) -> "tuple[Profile, ...]":
    """The profiles that are named, "eu,us" or "all", each with its secret. Several take nothing
    from the environment that says which account is meant."""
    from console.settings import chosen_names, config_path, without_account

    chosen = chosen_names(names, environ, config or config_path(environ))
    if len(chosen) == 1:
        name = chosen[0] if names else None
        return (profile_for(name, overrides, environ, config),)
    shared = without_account(environ)
    return tuple(profile_for(each, overrides, shared, config) for each in chosen)


def users_database(
    names: str | None,
    overrides: Mapping[str, object],
    environ: Mapping[str, str],
    config: Path | None,
) -> "Database":
    """Where users are kept: beside the history of the first of the profiles that are named."""
    from console.settings import chosen_names, config_path, load_profile

    path = config or config_path(environ)
    first, *others = chosen_names(names, environ, path)
    named = first if names or others else None
    return _database(load_profile(named, overrides, environ, path))


def profile_for(
    name: str | None,
    overrides: Mapping[str, object],
    environ: Mapping[str, str],
    config: Path | None,
) -> "Profile":
    """The profile with its secret, from the environment or from where `login` stored it, if any."""
    from console.credentials import read_secret
    from console.settings import config_path, load_profile

    profile = load_profile(name, overrides, environ, config or config_path(environ))
    if profile.client_secret is None:
        profile = profile.model_copy(update={"client_secret": read_secret(profile.name)})
    return profile


def require_credentials(profile: "Profile") -> None:
    """Raises CredentialsMissing when the profile cannot sign in."""
    if not can_sign_in(profile):
        raise CredentialsMissing(f"profile {profile.name} has no credentials")


def require_all_credentials(profiles: "Sequence[Profile]") -> None:
    """The same for profiles that are to be open together; of several the first is named."""
    if len(profiles) == 1:
        require_credentials(profiles[0])
        return
    for profile in profiles:
        if not can_sign_in(profile):
            raise SettingError(f"{lacking_credentials(profile.name)}, or leave it out.")


def lacking_credentials(name: str) -> str:
    """A sentence that can go on, without its full stop."""
    return (
        f"The profile {printable(name)} has no credentials here."
        f" Run maia-console login --profile {printable(name)}"
    )


def can_sign_in(profile: "Profile") -> bool:
    """Whether it has credentials; not whether they are taken."""
    return bool(profile.client_id) and profile.client_secret is not None


def _database(profile: "Profile") -> "Database":
    from console.journal.databases import database_at

    address = profile.database_url
    return database_at(address.get_secret_value() if address else None)


@asynccontextmanager
async def open_history(account: Account, clock: Callable[[], datetime]) -> AsyncIterator["Reader"]:
    """What was recorded of an account, for a command that records nothing itself."""
    from console.journal.reader import open_reader

    database = account.database
    if database.path is not None and database.begin is not None:
        await asyncio.to_thread(database.begin, database.path)
    async with open_reader(
        database, account.profile.name, history_days=account.profile.history_days, clock=clock
    ) as reader:
        yield reader
