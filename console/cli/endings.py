"""How every command ends that is told to: what it has open is closed first, so that neither a
folder nor a line that was to be written is left behind."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = ("SIGTERM", "SIGHUP")


class Ended(SystemExit):
    """Unwinds what is open, as an interrupt does."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Afterwards the process ends by the signal itself, as whoever sent it expects; a second one
    does not wait. What this process was started to ignore stays ignored."""
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    try:
        yield
    except Ended as ended:
        signal.raise_signal(ended.number)
        raise


def _end(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise Ended(number)
