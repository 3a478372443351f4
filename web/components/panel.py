"""What every component here does: hold one value, and send it only when it is another."""

from collections.abc import Mapping
from typing import Any, ClassVar

from nicegui.element import Element

from web.wire import Json


def tag_of(script: str) -> str:
    """The tag under which the page knows what a script draws."""
    return f"console-{script.removesuffix('.js').replace('_', '-')}"


class Panel(Element):
    """An element whose script draws one value. The first comes with the page; later ones by a call,
    with only the entries that changed, and none when nothing did. A value is never changed once it
    is given, so that pages can share it."""

    script: ClassVar[str]
    """The name of what draws it, without its ending."""

    def __init_subclass__(cls, *, script: str, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.script = script.removesuffix(".js")

    def __init__(self, value: Json, **properties: Any) -> None:
        super().__init__(tag_of(self.script))
        self._value = value
        self.first: Mapping[str, Any] = {"first": value, **properties}

    def show(self, value: Json) -> None:
        before, self._value = self._value, value
        if value != before:
            self.run_method("show", self._changed(before, value))

    def _changed(self, before: Json, after: Json) -> Json:
        if before is None or after is None:
            return after
        return {name: part for name, part in after.items() if before.get(name) != part}
