"""Opens an account: its profile with its secret, where its history is kept, what was learnt of it.

The only place that knows about the demo.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.errors import CredentialsMissing
from console.fleet.memory import Memory
from console.fleet.store import utc_now

if TYPE_CHECKING:
    from console.journal.databases import Database
    from console.journal.reader import Reader
    from console.settings import Profile

RECALL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What to open. `overrides` are settings given as flags, by field name of a profile.
    `polls` is False for a command that reads once, which therefore cannot act, and which keeps no
    journal. `face` is the front end, for the record of what was done."""

    profile: str | None = None
    demo: bool = False
    demo_runners: int = 24
    scenario: str = "calm"
    read_only: bool = False
    polls: bool = True
    face: str = "command line"
    overrides: Mapping[str, object] = field(default_factory=dict)
    config: Path | None = None
    clock: Callable[[], datetime] = utc_now


@dataclass(frozen=True, slots=True)
class Account:
    """A profile with where its history is kept, and what was learnt of it, if that is known."""

    profile: "Profile"
    database: "Database"
    memory: Memory | None = None

    async def recalled(self, now: datetime) -> Memory:
        """What earlier sessions learnt, with the operator's releases. A database that does not
        answer costs two seconds and what it knew. Raises SettingError for a wrong file."""
        memory = self.memory or await self._learnt()
        if (file := self.profile.releases_file) is None:
            return memory
        from console.fleet.announced import read_announced, with_announced

        return with_announced(memory, read_announced(file), now)

    async def _learnt(self) -> Memory:
        from console.journal.recall import recall

        hurried = replace(self.database, patience=RECALL_SECONDS)
        memory, _ = await asyncio.to_thread(recall, hurried, self.profile.name)
        return memory


@asynccontextmanager
async def open_account(request: SessionRequest) -> AsyncIterator[Account]:
    """The account to use; for the demo, with its API served on loopback as long as it is open."""
    from console.journal.databases import database_at

    if not request.demo:
        profile = profile_for(request.profile, request.overrides, os.environ, request.config)
        address = profile.database_url
        yield Account(profile, database_at(address.get_secret_value() if address else None))
        return
    from console.demonstration import open_demonstration

    async with open_demonstration(
        request.demo_runners, request.scenario, request.clock, request.overrides
    ) as demo:
        yield Account(demo.profile, demo.database, demo.memory)


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
    if not profile.client_id or profile.client_secret is None:
        raise CredentialsMissing(f"profile {profile.name} has no credentials")


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
