"""The foot of the page: how many runners, what can be done to the selected ones, the data's age."""

from web.components.panel import Panel


class ActionBar(Panel, component="action_bar.js"):
    """Reports `act` (an action id) and `unselect`. Its value is the caption, a count of selected
    runners with action lines for them, and how the last actions ended."""

    def beat(self, age: float | None) -> None:
        """Seconds since the fleet was last read, None before that; the page counts on from it."""
        self.run_method("beat", age)
