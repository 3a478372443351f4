"""Between Textual and the terminal: every update is written as what differs from what is shown."""

from rich.console import Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

from tui.cells import spans_of
from tui.writing import Writing


class Differing(CompositorUpdate):
    """An update of Textual's, of which only what differs is written, once it is written at all."""

    def __init__(
        self, update: LayoutUpdate | ChopsUpdate, writing: Writing, size: tuple[int, int]
    ) -> None:
        self._update = update
        self._writing = writing
        self._size = size

    def render_segments(self, console: Console) -> str:
        spans = spans_of(self._update, console.color_system)
        return self._writing.update(spans, *self._size)
