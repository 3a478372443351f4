"""What those who look at a fleet need of whoever keeps it: the store of one account, or the union
of several."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from console.fleet.snapshot import Snapshot


class Fleet(Protocol):
    """The newest snapshot, and the news of each that follows."""

    @property
    def snapshot(self) -> Snapshot: ...

    @property
    def now(self) -> datetime: ...

    def subscribe(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        """Listeners are told of every new snapshot, in the event loop, and must not raise. Returns
        the callable that ends the subscription."""
        ...

    async def news(self) -> Snapshot:
        """Waits for the next snapshot, whatever brought it."""
        ...

    async def refresh(self) -> Snapshot:
        """A snapshot whose readings all began after this call."""
        ...

    def refresh_soon(self) -> None:
        """Asks for a reading now instead of at the next tick."""
        ...

    def tell(self) -> None:
        """Tells the listeners again, because something beside the snapshot has become known."""
        ...
