"""The screens in memory: what requests and streams of walls ask. It answers in microseconds, and
reads and writes nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.access.digests import digest
from console.access.screens import SWITCHED_OFF, Screen, ScreenState
from console.listeners import tell_all

Listener = Callable[[str, str], None]

LONGEST_VERSION = 60


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life of a screen."""

    seen: datetime
    address: str
    version: str


class ScreenRoll:
    """Belongs to the event loop."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._by_digest: Mapping[str, Screen] = {}
        self._by_id: dict[str, Screen] = {}
        self._signs: dict[str, Sign] = {}
        self._unwritten: set[str] = set()
        self._listeners: dict[int, Listener] = {}

    def known(self, secret: str, address: str, version: str = "") -> Screen | None:
        """Whose secret it is; a revoked screen too, which is to say so. Counts as a sign of life.
        `version` is "" where that is not known."""
        found = self._by_digest.get(digest(secret))
        if found is None or found.opened is None:
            return None
        if not found.is_revoked:
            self._see(found, address, version)
        return found

    def still(self, screen_id: str) -> Screen | None:
        """The screen as it is now; a revoked one too. None once it was taken off the list."""
        found = self._by_id.get(screen_id)
        if found is not None and not found.is_revoked:
            self._see(found, "", "")
        return found

    def is_expected(self, secret: str) -> bool:
        """Whether the browser with this secret was let in, and has not come yet."""
        found = self._by_digest.get(digest(secret))
        return found is not None and found.state(self._clock()) is ScreenState.EXPECTED

    def all(self) -> tuple[Screen, ...]:
        """By name, those that were revoked last."""
        order = sorted(
            self._by_id.values(), key=lambda each: (each.is_revoked, each.name.casefold())
        )
        return tuple(map(self._with_sign, order))

    def named(self, screen_id: str) -> str:
        """ "" for one that there is not."""
        found = self._by_id.get(screen_id)
        return "" if found is None else found.name

    def take(self, screens: Mapping[str, Screen]) -> None:
        """What is stored now. Tells of those that may show the wall no longer, and of those whose
        options are others."""
        before = self._by_id
        self._by_digest = screens
        self._by_id = {each.id: each for each in screens.values()}
        for gone in self._signs.keys() - self._by_id.keys():
            del self._signs[gone]
        self._unwritten &= self._by_id.keys()
        for screen in before.values():
            now = self._by_id.get(screen.id)
            if not screen.is_revoked and (now is None or now.is_revoked):
                self._tell(screen.id, SWITCHED_OFF)
            elif now is not None and now.options != screen.options:
                self._tell(screen.id, "")

    def on_change(self, listener: Listener) -> Callable[[], None]:
        number = max(self._listeners, default=0) + 1
        self._listeners[number] = listener

        def stop() -> None:
            self._listeners.pop(number, None)

        return stop

    def signs(self) -> dict[str, Sign]:
        """Those since this was asked last, by id."""
        fresh = {each: self._signs[each] for each in self._unwritten if each in self._signs}
        self._unwritten.clear()
        return fresh

    def _see(self, screen: Screen, address: str, version: str) -> None:
        last, now = self._signs.get(screen.id), self._clock()
        seen = now if last is None else max(now, last.seen)
        self._signs[screen.id] = Sign(
            seen,
            address or (last.address if last else screen.address),
            version[:LONGEST_VERSION] or (last.version if last else screen.version),
        )
        self._unwritten.add(screen.id)

    def _with_sign(self, screen: Screen) -> Screen:
        sign = self._signs.get(screen.id)
        if sign is None:
            return screen
        return replace(screen, seen=sign.seen, address=sign.address, version=sign.version)

    def _tell(self, screen_id: str, why: str) -> None:
        tell_all(self._listeners.values(), screen_id, why)
