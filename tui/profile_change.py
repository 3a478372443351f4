"""From one session to another while the console runs: it is opened behind the present picture, and
shown once nobody is typing or in a dialogue."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

from console.sessions import ALREADY, Sessions
from console.view.text import shown
from console.view.tone import Tone

if TYPE_CHECKING:
    from console.session import Session
    from tui.desk import Desk

A_MOMENT = 0.1
"""Seconds between two looks whether somebody is still typing."""


class ProfileChange:
    """`turn` shows a session, with a sentence about it."""

    def __init__(
        self,
        desk: "Desk",
        sessions: Sessions,
        turn: Callable[["Session", str], Awaitable[None]],
    ) -> None:
        self.sessions = sessions
        self._desk = desk
        self._turn = turn
        self._is_under_way = False
        self._ready: tuple[Session, str] | None = None
        self._waiting: Timer

    def begin(self, names: str) -> None:
        if not self.refuses():
            self._is_under_way = True
            self._desk.say(f"Opening {shown(names, 60)} …")
            self._desk.app.run_worker(self._change(names))

    def refuses(self) -> bool:
        """Whether nothing new can be begun, because a session is about to go; it is said."""
        if self._is_under_way:
            self._desk.say(ALREADY, Tone.WARNING)
        return self._is_under_way

    async def _change(self, names: str) -> None:
        change = await self.sessions.change(names)
        if change.session is None:
            self._is_under_way = False
            self._desk.say(change.said, Tone.WARNING if change.is_wrong else Tone.INFO)
        else:
            self._ready = change.session, change.said
            self._waiting = self._desk.app.set_interval(A_MOMENT, self._turn_when_quiet)
            self._turn_when_quiet()

    def _turn_when_quiet(self) -> None:
        if self._ready is not None and self._desk.takes_commands:
            self._waiting.stop()
            ready, self._ready = self._ready, None
            self._desk.app.run_worker(self._turned(*ready))

    async def _turned(self, session: "Session", said: str) -> None:
        await self._turn(session, said)
        self._is_under_way = False
        self.sessions.leave_former()
