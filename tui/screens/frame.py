"""What every screen but the table has around its text: breadcrumbs on top, keys and age below."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.action_keys import ActionKeys
from tui.widgets.status_line import StatusLine
from tui.widgets.status_parts import history_part
from tui.widgets.top import Top

if TYPE_CHECKING:
    from tui.desk import Desk


def framed(desk: "Desk", body: Widget, *keys: tuple[str, str]) -> Iterator[Widget]:
    """The body between the two; `keys` are ids of keys with a word for each."""
    session = desk.session
    yield Top(session.name, read_only=session.is_read_only, ascii_only=desk.ascii_only)
    yield body
    yield ActionKeys(desk.keymap, *keys)
    yield StatusLine(ascii_only=desk.ascii_only)


def draw_frame(screen: Screen[Any], desk: "Desk", *, tells_trouble: bool = True) -> None:
    """With each snapshot. `tells_trouble` is False where the screen itself does."""
    session, store = desk.session, desk.session.store
    parts = history_part(session.history_problem)
    screen.query_one(StatusLine).show(parts, store.snapshot, store.now)
    draw_age(screen, desk, tells_trouble=tells_trouble)


def draw_age(screen: Screen[Any], desk: "Desk", *, tells_trouble: bool = True) -> None:
    """Each second: what time alone changes."""
    place = desk.app.screen_stack.index(screen) if screen in desk.app.screen_stack else 0
    screen.query_one(Top).show(desk.crumbs[:place], desk.banner if tells_trouble else "")
    screen.query_one(StatusLine).show_age(desk.age)
