"""What every component here does: hold one value, and send it only when it is another."""

from typing import Any, ClassVar

from nicegui.element import Element

from web.wire import Json


def tag_of(script: str) -> str:
    """The tag under which the page knows what a script draws."""
    return f"console-{script.removesuffix('.js').replace('_', '-')}"


class Panel(Element):
    """An element whose script draws one value. The first comes with the page as a property; later
    ones by a call, with only the entries that changed, and none when nothing did. A value is never
    changed once it is given, so that pages can share it."""

    _tag: ClassVar[str]

    def __init_subclass__(cls, *, script: str, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls._tag = tag_of(script)

    def __init__(self, value: Json, **properties: Any) -> None:
        super().__init__(self._tag)
        self._value = value
        for name, each in {"first": value, **properties}.items():
            # past NiceGUI's own way, which copies each list and object within to watch it
            dict.__setitem__(self._props, name, each)

    def show(self, value: Json) -> None:
        before, self._value = self._value, value
        if value != before:
            self.run_method("show", self._changed(before, value))

    def _changed(self, before: Json, after: Json) -> Json:
        if before is None or after is None:
            return after
        return {name: part for name, part in after.items() if before.get(name) != part}
