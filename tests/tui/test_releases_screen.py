"""The calendar of releases in the terminal."""

from dataclasses import replace

from console.view.releases import releases_view
from tests.tui.conftest import Console, Open
from tui.screens.releases import ReleasesScreen


async def test_v_opens_the_calendar_and_escape_leaves_it(console: Console) -> None:
    await console.press("v")
    assert isinstance(console.app.screen, ReleasesScreen)
    assert "Usually on Tuesday and Thursday." in console.text
    await console.press("escape")
    assert "Runner" in console.text


async def test_it_tells_every_line_and_every_sentence_of_the_calendar(open_console: Open) -> None:
    async with open_console((160, 120)) as console:
        await console.press("v")
        store = console.session.store
        calendar = releases_view(store.snapshot, store.now, console.session.zone)
        text = console.text
        for line in calendar.lines:
            told = (line.title, line.newest, line.cadence, line.elsewhere, line.unsupported.text)
            for sentence in told:
                assert sentence in text
            for coming in line.coming:
                assert coming.date in text
                assert coming.effect in text
                assert coming.carries in text


async def test_it_follows_the_fleet(open_console: Open) -> None:
    async with open_console((160, 60)) as console:
        await console.press("v")
        before = console.text
        world = console.world
        world.rewrite([replace(world.named("sales-aca"), auto_updates=True)])
        await console.read()
        assert "sales-aca" in before
        assert "sales-aca" not in console.text


async def test_it_is_ascii_where_the_terminal_is(open_console: Open) -> None:
    async with open_console((120, 60), ascii_only=True) as console:
        await console.press("v")
        assert "o Expected by the usual cadence" in console.text
        assert "◇" not in console.text
