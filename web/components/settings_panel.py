"""One section of the settings: facts, lists with what may be done to each row, and forms."""

from web.components.panel import Panel
from web.wire import Json


class SettingsPanel(Panel, script="settings_panel.js"):
    """Reports `send` (a form's id, the key of the row it was about or "", and the answers by
    field). Its value is a `SettingsView`."""

    def answer(self, answer: Json) -> None:
        """What became of what was sent last: to which form and row, its errors by field, what is
        said, and a secret that the page shows this once."""
        self.run_method("answered", answer)
