"""The foot of the page: how many runners, what can be done to the selected ones, the data's age."""

from web.components.panel import Panel


class ActionBar(Panel, script="action_bar.js"):
    """Reports `act` (an action id) and `unselect`. Its value is the caption, a count of selected
    runners with action lines for them, what is under way, and how the last actions ended."""

    def tell(self, note: str) -> None:
        """Says something for a while that is not as it should be."""
        self.run_method("tell", note)

    def beat(self, age: float | None, due: float) -> None:
        """Seconds since the fleet was last read, None before that, and to the next reading; the
        page counts on from them, so that it is told nothing more of a poll without news."""
        self.run_method("beat", age and round(age, 1), round(due, 1))
