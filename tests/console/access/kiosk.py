"""A screen that comes in, for the tests of what it may then do."""

from console.access.access import Access
from console.access.screens import Screen
from tests.console.access.desk import ROOT

SIZE = {"size": "8"}
THERE = "198.51.100.7"


async def let_in(access: Access, name: str = "Lobby", **options: str) -> tuple[Screen, str]:
    """A screen that has asked, was let in and has come, and its secret."""
    waiting, secret = access.screens.ask(address=THERE)
    await access.screens.add(waiting.code, name, options, by=ROOT)
    found = await access.screens.open(secret, address=THERE, version="1.2")
    assert found is not None
    return found
