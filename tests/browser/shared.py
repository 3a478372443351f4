"""A web console with users, for browser tests in which people sign in."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Page

from console.access.opening import open_access
from console.access.person import Person
from console.access.roles import Role
from console.journal.databases import Database, database_at
from tests.browser.conftest import Console, web_console

PASSWORD = "a horse that no one knows"
USERS = {"ada": Role.ADMIN, "otto": Role.OPERATOR, "hal": Role.HELPDESK, "vi": Role.VIEWER}
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def shared_console(home: Path, **world: object) -> Iterator[Console]:
    """Its users are `USERS`, all with one password. Their hashes are quick to make and to test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        with ThreadPoolExecutor(1) as elsewhere:  # Playwright has a loop of its own in this thread
            elsewhere.submit(lambda: asyncio.run(_add_users(database_at(None)))).result()
        with web_console(home, **world) as console:
            yield console


def sign_in(page: Page, console: Console, name: str, where: str = "/") -> None:
    page.goto(f"{console.url}{where}")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator(".nav .person").wait_for()


async def _add_users(database: Database) -> None:
    local = Person("root", Role.ADMIN)
    async with open_access(database, hasher=QUICK) as access:
        for name, role in USERS.items():
            await access.add_user(name, role, PASSWORD, by=local)
