"""Where the terminal's own cursor stands: on what has the focus. It is not seen, but screen readers
and magnifiers follow it."""

from typing import Any, Protocol, runtime_checkable

from textual.geometry import Offset
from textual.screen import Screen


@runtime_checkable
class Standing(Protocol):
    """A widget that says on which cell of its content the cursor stands. Fields for text place it
    themselves."""

    @property
    def caret(self) -> Offset: ...


def caret_on(screen: Screen[Any]) -> Offset | None:
    """The cell of the screen, None where nothing says it."""
    focused = screen.focused
    if focused is None or not isinstance(focused, Standing) or not focused.content_region:
        return None
    region = focused.content_region
    x, y = focused.caret
    return region.offset + Offset(min(x, region.width - 1), min(y, region.height - 1))
