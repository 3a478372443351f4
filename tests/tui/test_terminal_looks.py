"""What stands out where there are no colours."""

from tests.tui.conftest import Open
from tui.terminal import Colours


async def test_without_colours_the_cursor_the_marks_and_the_urgent_stand_out_by_their_shape(
    open_console: Open,
) -> None:
    async with open_console((100, 24), colours=Colours.NONE) as console:
        await console.press("down", "space", "down")
        marked, current = console.table.render_line(2), console.table.render_line(3)
        assert marked.text.startswith(" ◆")
        assert current.text.startswith("> ")
        assert all(part.style and part.style.reverse for part in current if part.text.strip())
        urgent = next(part for part in marked if "Out of support" in part.text)
        assert urgent.style
        assert urgent.style.bold
        assert "✕ Out of support" in urgent.text
