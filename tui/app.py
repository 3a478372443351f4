"""The Textual application: one session, its snapshots handed to the screen, themes, the palette."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from console.actions.catalogue import ACTIONS
from console.fleet.snapshot import Snapshot
from console.view.tone import DARK, LIGHT
from tui.screens.detail import DetailScreen
from tui.screens.plan import PlanScreen
from tui.screens.releases import ReleasesScreen
from tui.screens.runners import RunnersScreen
from tui.theme import THEMES

if TYPE_CHECKING:
    from console.session import Session

TICK = 1.0
"""Seconds between two looks at the age of the data."""


class Commands(Provider):
    """Every action of the catalogue, for the runners that are marked or under the cursor, then what
    else can be done here."""

    async def discover(self) -> Hits:
        for label, explains, run in self._commands():
            yield DiscoveryHit(label, run, help=explains)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for label, explains, run in self._commands():
            score = matcher.match(label)
            if score > 0:
                yield Hit(score, matcher.highlight(label), run, help=explains)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        screen = self.screen
        if isinstance(screen, RunnersScreen) and screen.can_act:
            for action in ACTIONS:
                yield action.label, action.explains, partial(screen.act, action, screen.targets)
        for command in self.app.get_system_commands(screen):
            yield command.title, command.help, command.callback


LIVE_SCREENS = (RunnersScreen, DetailScreen, PlanScreen, ReleasesScreen)
"""Screens that are drawn again with each snapshot."""


class ConsoleApp(App[int]):
    TITLE = "Maia runners"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    SearchIcon { display: none; }
    ConsoleApp.-ascii PlanScreen > Vertical, ConsoleApp.-ascii HelpScreen VerticalScroll {
        border: ascii $border;
    }
    """

    def __init__(
        self, session: "Session", *, light: bool = False, ascii_only: bool = False
    ) -> None:
        super().__init__()
        self._session = session
        self._ascii = ascii_only
        self._first_theme = (LIGHT if light else DARK).name
        self._is_due = False
        self._unsubscribe: Callable[[], None] = lambda: None
        self.set_class(ascii_only, "-ascii")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, also for a theme that is not ours."""
        return THEMES[0].variables

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What the palette offers beside the actions."""
        if isinstance(screen, RunnersScreen):
            yield SystemCommand("Help", "The keys, the filter, the symbols", screen.action_help)
            yield SystemCommand("Releases", "What is out and expected", screen.action_releases)
            yield SystemCommand("Read again", "Ask the API now", screen.action_refresh)
        yield SystemCommand("Light or dark", "Change the colours", self.action_switch_colours)
        yield SystemCommand("Screenshot", "Save the screen as a picture", self.deliver_screenshot)
        yield SystemCommand("Quit", "Leave the console", self.action_quit)

    def action_switch_colours(self) -> None:
        self.theme = (LIGHT if self.theme == DARK.name else DARK).name

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme
        self.push_screen(RunnersScreen(self._session, ascii_only=self._ascii))
        self._unsubscribe = self._session.store.subscribe(self._on_snapshot)
        self.set_interval(TICK, self._tick)

    def on_unmount(self) -> None:
        self._unsubscribe()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        """Several snapshots in a row are drawn once."""
        if not self._is_due:
            self._is_due = True
            self.call_later(self._show)

    def _show(self) -> None:
        self._is_due = False
        for screen in self.screen_stack:
            if isinstance(screen, LIVE_SCREENS):
                screen.show()

    def _tick(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, LIVE_SCREENS):
                screen.tick()
