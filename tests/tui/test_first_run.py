"""Without an account: what is told, what can be chosen, and how one is connected."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr
from textual.events import Key
from textual.keys import key_to_character
from textual.pilot import Pilot
from textual.widgets import Input

from console.connecting import NOT_TAKEN, Connected
from console.credentials import Keeper
from console.settings import profile_from
from console.view.first_run import connect_form, faults, first_run
from tui.app import ConsoleApp
from tui.newcomer import Choice, Newcomer
from tui.screens.connect import ConnectScreen
from tui.screens.first_run import FirstRunScreen
from tui.screens.opening import OpeningScreen
from tui.terminal import Colours

SECRET = "right"


@dataclass
class Stranger:
    app: ConsoleApp
    pilot: Pilot[int]
    asked: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()


@asynccontextmanager
async def stranger(
    size: tuple[int, int] = (80, 24), *, colours: Colours = Colours.TRUE
) -> AsyncIterator[Stranger]:
    """Maia takes the secret "right" of whoever it is."""
    asked: list[Mapping[str, str]] = []

    async def connect(
        answers: Mapping[str, str],
    ) -> tuple[Connected | None, dict[str, str]]:
        asked.append(answers)
        if wrong := faults(answers):
            return None, wrong
        if answers["client_secret"] != SECRET:
            return None, {"": NOT_TAKEN}
        values = {"name": "eu", "client_id": "x", "client_secret": SecretStr(SECRET)}
        return Connected(profile_from(values, {}), 3, Keeper.KEYRING, Path("config.toml")), {}

    newcomer = Newcomer(
        first_run("default", is_known=False), connect_form("default", {"region": "us1"}), connect
    )
    app = ConsoleApp(newcomer=newcomer, colours=colours)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Stranger(app, pilot, asked)


@pytest.mark.parametrize("size", [(120, 34), (80, 24), (60, 20)])
async def test_it_tells_what_there_is_to_do_with_the_key_of_each(size: tuple[int, int]) -> None:
    async with stranger(size) as one:
        assert "No account is connected yet." in one.text
        for line in ("c  Connect an account here", "d  Look around in a made-up fleet", "q  Quit"):
            assert line in one.text
        assert "maia-console login" in one.text


@pytest.mark.parametrize("keys", [("d",), ("down", "enter")])
async def test_the_demo_is_opened_by_its_key_or_from_the_list(keys: tuple[str, ...]) -> None:
    async with stranger() as one:
        await one.press(*keys)
        assert one.app.choice == Choice(wants_demo=True)
        assert one.app.is_chosen.is_set()
        assert isinstance(one.app.screen, OpeningScreen)


@pytest.mark.parametrize("keys", [("q",), ("up", "enter"), ("ctrl+q",)])
async def test_it_can_be_left(keys: tuple[str, ...]) -> None:
    async with stranger() as one:
        await one.press(*keys)
        assert not one.app.is_running
        assert one.app.choice is None


async def test_an_account_is_connected_and_told_of() -> None:
    async with stranger() as one:
        await one.press("c", *"id-1", "enter", *SECRET, "enter")
        assert one.asked == [{"region": "us1", "client_id": "id-1", "client_secret": SECRET}]
        assert one.app.choice == Choice(wants_demo=False, said="Signed in: 3 runners.")


async def test_a_secret_is_never_on_the_screen_and_what_is_wrong_is_said_with_all_kept() -> None:
    async with stranger() as one:
        await one.press("c", *"id-1", "enter", *"wrong")
        assert "wrong" not in one.text
        await one.press("enter")
        assert NOT_TAKEN in " ".join(one.text.split())
        assert [each.value for each in one.app.screen.query(Input)] == ["us1", "id-1", "wrong"]
        assert one.app.choice is None


async def test_what_is_missing_is_said_beside_its_field_which_gets_the_focus() -> None:
    async with stranger() as one:
        await one.press("c", "up", "ctrl+u", *"mars", "down", "down", "enter")
        assert "It is eu1 or us1." in one.text
        assert one.text.count("It is needed.") == 2
        assert isinstance(one.app.focused, Input)
        assert one.app.focused.value == "mars"


@pytest.mark.parametrize("key", ["enter", "tab", "down"])
async def test_the_secret_is_typed_into_its_field_however_fast_it_comes(key: str) -> None:
    async with stranger() as one:
        await one.press("c")
        for each in (*"id-1", key, *SECRET, "enter"):
            one.app.post_message(Key(each, key_to_character(each)))
        await one.pilot.pause(0.02)
        assert one.asked == [{"region": "us1", "client_id": "id-1", "client_secret": SECRET}]


async def test_escape_leads_back_from_the_form_and_letters_are_text_in_it() -> None:
    async with stranger((60, 20)) as one:
        await one.press("enter", "d", "q")
        assert isinstance(one.app.screen, ConnectScreen)
        await one.press("escape")
        assert isinstance(one.app.screen, FirstRunScreen)
        assert one.app.is_running
