"""The palette: every action for the runners of the screen, then every command."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from console.actions.catalogue import ACTIONS
from console.view.commands import Command, CommandWord, command_words

if TYPE_CHECKING:
    from tui.desk import Desk

Entry = tuple[str, str, Callable[[], object]]


class Commands(Provider):
    """Label, explanation and what to do; nothing before there is a session."""

    async def discover(self) -> Hits:
        for label, explains, run in self._entries():
            yield DiscoveryHit(label, run, help=explains)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for label, explains, run in self._entries():
            score = matcher.match(label)
            if score > 0:
                yield Hit(score, matcher.highlight(label), run, help=explains)

    def _entries(self) -> Iterator[Entry]:
        desk: Desk | None = getattr(self.app, "desk", None)
        if desk is None:
            return
        can_act = desk.targets and not desk.session.is_read_only
        for action in ACTIONS if can_act else ():
            yield action.label, action.explains, partial(desk.act, action, desk.targets)
        for word in command_words(read_only=True):
            label = f"{word.name.capitalize()}: {word.explains}"
            usage = word.usage.replace("[", "\\[")
            yield label, usage, partial(_begin, desk, word)
        screenshot = self.app.deliver_screenshot
        yield "Screenshot: the screen as a picture", "Saves an SVG file", screenshot


def _begin(desk: "Desk", word: CommandWord) -> None:
    """Does it, or asks for what it needs."""
    if not word.takes or word.takes.startswith("[") or word.name == "copy":
        desk.give(Command(word.name), word.name)
    else:
        desk.app.call_later(desk.open_command_line, f"{word.name} ")
