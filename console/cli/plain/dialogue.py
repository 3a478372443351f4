"""The dialogue: answers what is typed, and announces what changes in between, line after line."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from console.cli.exits import Exit
from console.cli.failures import FleetUnreadable, exit_for
from console.cli.plain.acting import question_line, settle
from console.cli.plain.announcing import Announcer
from console.cli.plain.commands import check, word_for
from console.cli.plain.deeds import Deeds
from console.cli.plain.looking import listing
from console.cli.plain.pages import Pages
from console.cli.plain.printer import Printer
from console.cli.plain.talk import Talk
from console.cli.plain.telling import fleet_lines, trouble_lines
from console.cli.plain.typed import Typed
from console.errors import UsageError
from console.fleet.fleet import Fleet
from console.fleet.snapshot import Snapshot
from console.session import Session
from console.sessions import Sessions
from console.view.dates import local_moment
from console.view.runners import runners_table
from console.view.text import shown
from console.view.words import error_sentence

HELD = timedelta(seconds=20)
"""For so long after a prompt on a terminal no change is announced: somebody may be typing, and what
is typed cannot be seen from here before Enter."""

FIRST_ROWS = 10

TICK = 1.0
"""Seconds between two looks at what waits to be announced."""


class Dialogue:
    """`typed` is None where nobody can type: then it announces until it is cancelled."""

    def __init__(
        self,
        session: Session,
        typed: Typed | None,
        printer: Printer,
        sessions: Sessions,
    ) -> None:
        self._typed = typed
        self._printer = printer
        self._woken = asyncio.Event()
        self._lines: asyncio.Queue[str] = asyncio.Queue(maxsize=1)
        self._prompted: datetime | None = None
        self._has_told_fleet = False
        self._all_deeds: list[Deeds] = []
        announcer = Announcer(session.store.snapshot, session.store.now, session.zone)
        self._talk = Talk(session, announcer, self._deeds(session), sessions)
        self._unsubscribe: Callable[[], None] = lambda: None

    @property
    def _store(self) -> Fleet:
        return self._talk.session.store

    async def run(self) -> int:
        """The exit code. For a script it tells of what was refused or failed."""
        self._unsubscribe = self._store.subscribe(self._see)
        reading = asyncio.create_task(self._read())
        reading.add_done_callback(lambda _: self._woken.set())
        try:
            await self._greet()
            if self._typed is not None:
                self._printer.lines(["Type help for the commands."])
            self._prompt()
            while not self._is_over(reading):
                await self._next()
            self._end()
        finally:
            self._unsubscribe()
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            for deeds in self._all_deeds:
                await deeds.close()
            self._printer.close()
        return self._exit()

    def _see(self, snapshot: Snapshot) -> None:
        self._talk.announcer.see(snapshot, self._store.now)
        self._talk.announcer.hear(self._talk.session.history_problem, self._store.now)
        self._woken.set()

    async def _read(self) -> None:
        """Ends when there will be no more lines; without anybody to type never."""
        if self._typed is None:
            await asyncio.Event().wait()
            return
        while (line := await self._typed.line()) is not None:
            await self._lines.put(line)
            self._woken.set()

    def _deeds(self, session: Session) -> Deeds | None:
        if session.executor is None:
            return None
        deeds = Deeds(session.executor, self._woken.set)
        self._all_deeds.append(deeds)
        return deeds

    async def _turn_to(self, session: Session) -> None:
        """Goes on with another session; what was begun in the last one is still seen to its end."""
        talk = self._talk
        self._unsubscribe()
        talk.session, talk.turned_to, talk.pages = session, None, Pages()
        talk.announcer = Announcer(session.store.snapshot, session.store.now, session.zone)
        talk.deeds = self._deeds(session)
        self._unsubscribe = session.store.subscribe(self._see)
        talk.sessions.leave_former()
        await self._greet()

    async def _greet(self) -> None:
        """Whose fleet it is, and how it stands, once it has been read."""
        session, store = self._talk.session, self._store
        now = local_moment(store.now, session.zone)
        only = " READ-ONLY." if session.is_read_only else ""
        self._printer.lines([f"Maia runners, {shown(session.name)}. {now}.{only}"])
        if store.snapshot.taken is None and not store.snapshot.is_cut_off:
            self._printer.lines(listing(self._talk))
        while store.snapshot.taken is None and not store.snapshot.is_cut_off:
            await store.news()
        self._printer.lines(trouble_lines(store.snapshot, store.now))
        self._tell_fleet()
        self._talk.announcer.know_fleet()

    def _tell_fleet(self) -> None:
        """Once, when it was read first."""
        snapshot, now, talk = self._store.snapshot, self._store.now, self._talk
        self._has_told_fleet = snapshot.taken is not None
        self._printer.lines(fleet_lines(snapshot, now))
        if runners_table(snapshot, talk.query, now).rows:
            self._printer.lines(talk.pages.first(listing(talk), FIRST_ROWS + 1))
        talk.announcer.know_verdict()

    async def _next(self) -> None:
        """Answers the next line, if one came, and announces."""
        if self._lines.empty():
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK if self._talk.announcer.has_news else None):
                    await self._woken.wait()
        self._woken.clear()
        if self._lines.empty():
            self._announce()
            return
        self._printer.typed()
        line = self._lines.get_nowait()
        self._printer.lines(await self._answer(line))
        if self._talk.turned_to is not None:
            await self._turn_to(self._talk.turned_to)
        if self._talk.question is not None:
            self._printer.lines([question_line(self._talk.question.text)])
        elif not self._talk.is_over:
            self._prompted = None
            self._announce()
        if not self._talk.is_over:
            self._prompt()

    async def _answer(self, line: str) -> Iterable[str]:
        talk, text = self._talk, line.strip()
        try:
            if talk.question is not None and text.lower() not in ("more", "next"):
                return await settle(talk, talk.question, text)
            if not text:
                return ()
            word, rest = word_for(text)
            check(word, talk)
            answer = tuple(await word.answer(talk, rest))
        except UsageError as error:
            talk.was_wrong = True
            return (error_sentence(error),)
        if word.name == "more":
            return answer
        lines = talk.pages.first(answer)
        trouble = trouble_lines(self._store.snapshot, self._store.now) if word.looks else ()
        return (*trouble, *lines)

    def _announce(self) -> None:
        """Never between a question and its answer, nor soon after a prompt on a terminal."""
        talk = self._talk
        if talk.question is not None or self._is_held():
            return
        is_first = not self._has_told_fleet and self._store.snapshot.taken is not None
        if is_first:
            talk.announcer.know_verdict()
        self._printer.lines(talk.announcer.told(self._store.now))
        if is_first:
            self._tell_fleet()

    def _is_held(self) -> bool:
        if self._prompted is None or self._typed is None:
            return False
        is_typing = self._typed.is_terminal and self._store.now - self._prompted < HELD
        return self._talk.is_quiet or is_typing

    def _prompt(self) -> None:
        if self._typed is not None:
            self._printer.prompt()
            self._prompted = self._store.now

    def _is_over(self, reading: "asyncio.Task[None]") -> bool:
        """After the last line of a script what was begun is seen to its end."""
        if self._talk.is_over:
            return True
        if not reading.done() or not self._lines.empty():
            return False
        reading.result()
        if self._talk.question is not None:
            self._talk.question, self._talk.has_refused = None, True
        is_terminal = self._typed is not None and self._typed.is_terminal
        return is_terminal or not self._under_way

    def _end(self) -> None:
        talk = self._talk
        self._printer.lines(talk.announcer.told(self._store.now))
        if self._under_way:
            self._printer.lines(["What is still under way is not taken back."])

    @property
    def _under_way(self) -> int:
        """How many plans, of this session and of those before it."""
        return sum(deeds.number for deeds in self._all_deeds)

    def _exit(self) -> int:
        snapshot, talk = self._store.snapshot, self._talk
        if snapshot.taken is None and snapshot.problem is not None:
            return exit_for(FleetUnreadable(snapshot.problem))
        if self._typed is None or self._typed.is_terminal:
            return Exit.FINE
        if talk.has_refused or any(deeds.has_failed for deeds in self._all_deeds):
            return Exit.REFUSED
        return Exit.USAGE if talk.was_wrong else Exit.FINE
