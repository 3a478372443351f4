"""What a browser tells of a page. It may tell anything: each value is looked at before it counts,
and none counts once nobody sits at the page any more."""

from collections.abc import Callable

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from web.wire import Json

MOST_TOLD = 20_000
"""Texts in one event that are looked at: a selection of a large fleet."""


class Heard:
    """Registers handlers by the names of events; each is called only while `is_taken`."""

    def __init__(self, is_taken: Callable[[], bool]) -> None:
        self._is_taken = is_taken

    def __call__(self, element: Element, **handlers: Callable[[Json], object]) -> None:
        for name, handler in handlers.items():
            element.on(name, self._checked(handler))

    def _checked(
        self, handler: Callable[[Json], object]
    ) -> Callable[[GenericEventArguments], None]:
        def hear(event: GenericEventArguments) -> None:
            if self._is_taken():
                handler(event.args)

        return hear


def text_of(told: Json) -> str:
    return told if isinstance(told, str) else ""


def texts_of(told: Json) -> tuple[str, ...]:
    """The texts of a list, without all else in it."""
    listed = told[:MOST_TOLD] if isinstance(told, (list, tuple)) else ()
    return tuple(each for each in listed if isinstance(each, str))
