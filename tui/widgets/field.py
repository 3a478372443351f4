"""A field for text that takes keys in the order in which they come, however fast that is."""

from textual import events
from textual.widgets import Input


class Field(Input):
    """Textual lets a key that edits travel up to the screen and back, and letters that were typed
    after it overtake it. Over a slow line they come together."""

    async def on_key(self, event: events.Key) -> None:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return
