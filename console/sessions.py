"""The session in use, and the way to another: the new one is opened and read behind the old one,
which is closed in order once what was begun in it has ended.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace

from console.accounts import SessionRequest, account_names, lacking_credentials, names_in
from console.errors import ConsoleError, CredentialsMissing
from console.session import Session, open_session
from console.settings import config_path
from console.view.profiles import Profiles, demo_profiles_view, profiles_view
from console.view.text import shown
from console.view.words import error_sentence

Opening = Callable[[SessionRequest], AbstractAsyncContextManager[Session]]

PATIENCE = 10.0
"""Seconds within which the accounts of a new session are to be read before it is shown."""

ALREADY = "Another profile is being opened."


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the wish for other accounts: `session` is None where the old one stays.
    `said` says so, or why, which `is_wrong` unless it was open already."""

    session: Session | None
    said: str
    is_wrong: bool = False


class Sessions:
    """Each session lives in a task of its own, from the opening to the last line of its journal."""

    def __init__(self, request: SessionRequest, opening: Opening = open_session) -> None:
        self._request = request
        self._opening = opening
        self._held: _Held | None = None
        self._former: _Held | None = None
        self._all: set[asyncio.Task[None]] = set()
        self._is_changing = False

    @property
    def names(self) -> tuple[str, ...]:
        """The accounts that there are to open. A settings file that cannot be read has none."""
        with suppress(ConsoleError):
            return account_names(self._request)
        return ()

    @property
    def profiles(self) -> Profiles:
        """They as they are listed, with those that are open now."""
        opened = self._held.session.profiles if self._held is not None else ()
        if self._request.demo:
            return demo_profiles_view(self.names, opened)
        return profiles_view(self._request.config or config_path(os.environ), os.environ, opened)

    async def open(self, request: SessionRequest | None = None) -> Session:
        """The first session. Raises what `open_session` raises."""
        self._request = request or self._request
        self._held = held = await self._opened(self._request)
        return held.session

    async def change(self, names: str) -> Change:
        """To the accounts of these names, "eu,us" or "all". Raises nothing of ours. The session
        before is there until `leave_former`."""
        if self._is_changing:
            return Change(None, ALREADY, is_wrong=True)
        self._is_changing = True
        try:
            return await self._changed(names)
        except CredentialsMissing:
            return Change(None, f"{lacking_credentials(names.strip())}.", is_wrong=True)
        except ConsoleError as error:
            return Change(None, error_sentence(error), is_wrong=True)
        finally:
            self._is_changing = False

    def leave_former(self) -> None:
        """To be called once nobody looks at the session before a change any more: it is closed, as
        soon as what was begun in it has ended."""
        if self._former is not None:
            self._former.leave()
            self._former = None

    async def close(self) -> None:
        """Ends them all; what of the API is under way is not taken back by that."""
        for task in self._all:
            task.cancel()
        ended = await asyncio.gather(*self._all, return_exceptions=True)
        for each in ended:
            if isinstance(each, Exception):
                raise each

    async def _changed(self, names: str) -> Change:
        request = replace(self._request, profile=names_in(self._request, names))
        before = self._held
        wanted = account_names(request, chosen=True)
        said = shown(", ".join(wanted), 80)
        if before is not None and set(before.session.profiles) == set(wanted):
            return Change(None, f"{said} {'is' if len(wanted) == 1 else 'are'} open already.")
        held = await self._opened(request)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await _read(held.session)
        self.leave_former()
        self._request, self._held, self._former = request, held, before
        left = _left(before.session) if before is not None else ""
        return Change(held.session, f"Now open: {said}.{left}")

    async def _opened(self, request: SessionRequest) -> "_Held":
        held = _Held(self._opening(request))
        self._all.add(held.task)
        held.task.add_done_callback(self._all.discard)
        await held.is_there()
        return held


class _Held:
    """One session, with the task that opens and closes it."""

    session: Session

    def __init__(self, opening: AbstractAsyncContextManager[Session]) -> None:
        self._is_open = asyncio.Event()
        self._is_left = asyncio.Event()
        self.task = asyncio.create_task(self._live(opening))

    async def is_there(self) -> None:
        """Waits for it. Raises what the opening raises; what is given up is not left open."""
        waiting = asyncio.create_task(self._is_open.wait())
        try:
            await asyncio.wait((waiting, self.task), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self.task.cancel()
            raise
        finally:
            waiting.cancel()
        if self.task.done():
            self.task.result()

    def leave(self) -> None:
        self._is_left.set()

    async def _live(self, opening: AbstractAsyncContextManager[Session]) -> None:
        async with opening as session:
            self.session = session
            self._is_open.set()
            await self._is_left.wait()
            if session.executor is not None:
                await session.executor.finished()
            while session.store.snapshot.open_operations:
                await session.store.news()


async def _read(session: Session) -> None:
    """Until each account was read, or is known to be in trouble."""
    while True:
        snapshot = session.store.snapshot
        states = snapshot.accounts or (snapshot,)
        if all(each.taken is not None or each.problem is not None for each in states):
            return
        await session.store.news()


def _left(session: Session) -> str:
    """What goes on in the session that is left."""
    number = len(session.store.snapshot.open_operations)
    if not number:
        return ""
    what = "1 action goes on" if number == 1 else f"{number} actions go on"
    return f" {what} in {shown(session.name, 60)}; how it ends is recorded."
