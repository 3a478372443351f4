"""The floor of the terminal console: a bare Textual app with an empty table, and a line that counts
the seconds. Nothing of the project is imported here.
"""

from itertools import count

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Static

COLUMNS = ("Runner", "Status", "Track", "Version")


class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield DataTable()
        yield Static("", id="age")

    def on_mount(self) -> None:
        self.query_one(DataTable).add_columns(*COLUMNS)
        seconds = count(1)
        age = self.query_one("#age", Static)
        self.set_interval(1.0, lambda: age.update(f"{next(seconds)} s old", layout=False))


Bare().run()
