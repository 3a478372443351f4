"""Tells of what changes in a fleet, as long as it is open: snapshots go in, messages go out.

The live view never waits for it, and nothing that goes wrong here reaches it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from console.fleet.snapshot import Snapshot
from console.fleet.store import FleetStore
from console.journal.worker import Worker
from console.notices.delivery import addresses
from console.notices.keeping import Keeper, keeper_of
from console.notices.postman import Postman, Sleep
from console.notices.rules import Rule
from console.notices.transitions import Armed, transitions
from console.notices.wording import messages

if TYPE_CHECKING:
    from console.settings import Profile

log = logging.getLogger(__name__)

CLOSING_SECONDS = 2.0
"""How long leaving waits for what is not sent yet."""

KEEPING_SECONDS = 5.0
"""How long a message waits for the file, so that it is not told again after a crash."""

KEPT_EVERY = timedelta(hours=1)
"""How often the file is written although nothing has changed, to say that it is not old."""


class Notifier:
    """Looks at each snapshot on a task of its own; of several that come at once, at the newest."""

    def __init__(
        self,
        account: str,
        rules: frozenset[Rule],
        postmen: Sequence[Postman],
        store: FleetStore,
        keeper: Keeper,
    ) -> None:
        self._account, self._rules = account, rules
        self._postmen, self._store, self._keeper = tuple(postmen), store, keeper
        self._armed = self._saved = Armed()
        self._trouble = ""
        self._worker = Worker("notices-file")
        self._is_due = asyncio.Event()
        self._is_closing = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        reading = partial(self._keeper.kept, self._store.now)
        self._armed = self._saved = await self._worker.run(reading)
        self._is_due.set()
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(_ended)

    def see(self, snapshot: Snapshot) -> None:
        self._is_due.set()

    async def close(self) -> None:
        """Looks once more, and sends what can be sent in a few seconds."""
        self._is_closing = True
        self._is_due.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=KEEPING_SECONDS)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await asyncio.gather(*(postman.close(CLOSING_SECONDS) for postman in self._postmen))
        await self._worker.end(self._keep_at_last, CLOSING_SECONDS)

    async def _run(self) -> None:
        while not self._is_closing:
            await self._is_due.wait()
            self._is_due.clear()
            await self._look()

    async def _look(self) -> None:
        snapshot, now = self._store.snapshot, self._store.now
        self._armed, notices = transitions(self._armed, snapshot, now)
        told = [notice for notice in notices if notice.rule in self._rules]
        await self._keep()
        for message in messages(self._account, told, now):
            for postman in self._postmen:
                postman.post(message)

    async def _keep(self) -> None:
        """Before anything is sent, so that a crash in between does not tell it twice."""
        armed, saved = self._armed, self._saved
        if armed.taken is None or armed.taken == saved.taken:
            return
        is_old = saved.taken is None or armed.taken - saved.taken >= KEPT_EVERY
        if not is_old and (armed.runners, armed.missing) == (saved.runners, saved.missing):
            return
        self._saved = armed
        writing = asyncio.ensure_future(self._worker.run(partial(self._keeper.keep, armed)))
        await asyncio.wait([writing], timeout=KEEPING_SECONDS)
        trouble = writing.result() if writing.done() else "the disk hangs"
        writing.cancel()
        if trouble and not self._trouble:
            log.warning("%s; after a restart, notifications begin anew", trouble)
        self._trouble = trouble

    def _keep_at_last(self) -> None:
        self._keeper.keep(self._armed)


@asynccontextmanager
async def open_notices(
    profile: "Profile",
    store: FleetStore,
    *,
    keeper: Keeper | None = None,
    sleep: Sleep = asyncio.sleep,
) -> AsyncIterator[None]:
    """As long as it is open, what changes in the store's fleet is told to the profile's addresses.
    Without a rule or an address nothing is loaded. Raises SettingError for an address that cannot
    be used."""
    if not profile.notices or not profile.notice_urls:
        if profile.notices or profile.notice_urls:
            missing = "notice_urls" if profile.notices else "notices"
            log.warning("no notifications are sent: the setting %s is empty", missing)
        yield
        return
    to = await asyncio.to_thread(addresses, profile.notice_urls)
    postmen = [Postman(each, clock=lambda: store.now, sleep=sleep) for each in to]
    rules = frozenset(map(Rule, profile.notices))
    notifier = Notifier(profile.name, rules, postmen, store, keeper or keeper_of(profile.name))
    await notifier.start()
    unsubscribe = store.subscribe(notifier.see)
    try:
        yield
    finally:
        unsubscribe()
        await notifier.close()


def _ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("no more notifications are sent, by a fault of ours", exc_info=task.exception())
