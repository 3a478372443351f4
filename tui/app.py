"""The Textual application: one session, its snapshots handed to the screen, themes, the palette.

What the first picture does not need is imported after it.
"""

import os
from asyncio import Event
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen

from tui.bindings import EVERYWHERE, bindings
from tui.cells import Written, spans_of
from tui.screens.opening import OpeningScreen
from tui.signals import NO_SHELL, has_shell_behind
from tui.terminal import Colours, erases_in_colour
from tui.theme import FAMILIES, THEMES, other_theme
from tui.widgets.caret import caret_on
from tui.writing import Writing

if TYPE_CHECKING:
    from console.fleet.snapshot import Snapshot
    from console.session import Session
    from console.sessions import Sessions
    from console.user_files import UserFiles
    from tui.desk import Desk
    from tui.newcomer import Choice, Newcomer
    from tui.widgets.command_line import CommandLine
    from tui.widgets.top import Top

TICK = 1.0
"""Seconds between two looks at the age of the data."""

CALM_TICK = 5.0
"""The same in the calm mode; the core's `SLOWEST_LOOK` allows no more."""


@runtime_checkable
class Live(Protocol):
    """A screen that is drawn again with each snapshot, and looked at each second."""

    def show(self) -> None: ...
    def tick(self) -> None: ...


def palette() -> type[Provider]:
    """The palette's commands; imported when it is opened."""
    from tui.palette import Commands

    return Commands


class ConsoleApp(App[int]):
    TITLE = "Maia runners"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {palette}
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(EVERYWHERE)]
    CSS = """
    SearchIcon { display: none; }
    ConsoleApp.-ascii PlanScreen > Vertical, ConsoleApp.-ascii HelpScreen VerticalScroll {
        border: ascii $border;
    }
    """

    def __init__(
        self,
        session: "Session | None" = None,
        *,
        light: bool = False,
        colours: Colours = Colours.TRUE,
        calm: bool = False,
        ascii_only: bool = False,
        spares: bool = False,
        files: "Callable[[], UserFiles] | None" = None,
        newcomer: "Newcomer | None" = None,
        sessions: "Sessions | None" = None,
    ) -> None:
        """Without a session it shows that one is being opened, until `begin` is called; with a
        `newcomer` it first asks what is to be opened, which `choice` then is. `files`
        says where the user's own files are; without it none is read or written. `spares` and
        `calm` write nothing only because a second has passed."""
        shown = Colours.FEW if calm and colours is not Colours.NONE else colours
        palette = FAMILIES[shown][light]
        super().__init__(ansi_color=None if palette.has_tints else True)
        self._writing = Writing(erases_in_colour=erases_in_colour(os.environ))
        self.desk: Desk | None = None
        self._files = files
        self.is_drawn = Event()
        self.choice: Choice | None = None
        self.is_chosen = Event()
        self._newcomer = newcomer
        self._first_session = session
        self._sessions = sessions
        self._ascii = ascii_only
        self._spares = spares or calm
        self._first_theme = palette.name
        self._tick_seconds = CALM_TICK if calm else TICK
        self._is_due = False
        self._unsubscribe: Callable[[], None] = lambda: None
        self.set_class(ascii_only, "-ascii")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, also for a theme that is not ours."""
        return THEMES[0].variables

    def action_switch_colours(self) -> None:
        self.theme = other_theme(self.theme)

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme
        if self._first_session is not None:
            self.begin(self._first_session, self._sessions)
            return
        self.push_screen(self._first_screen())
        self.call_after_refresh(self.is_drawn.set)

    def _first_screen(self) -> Screen[Any]:
        if self._newcomer is None:
            return OpeningScreen(ascii_only=self._ascii)
        from tui.screens.first_run import FirstRunScreen

        return FirstRunScreen(self._newcomer, ascii_only=self._ascii)

    @property
    def asks_first(self) -> bool:
        """Whether it has to be told what to open."""
        return self._newcomer is not None

    def choose(self, choice: "Choice") -> None:
        """What a newcomer wants."""
        self.choice = choice
        self.switch_screen(OpeningScreen(ascii_only=self._ascii))
        self.is_chosen.set()

    def begin(self, session: "Session", sessions: "Sessions | None" = None) -> None:
        """Shows the fleet of a session; what was typed before is done now. `sessions` is the way to
        others."""
        from tui.desk import Desk
        from tui.profile_change import ProfileChange
        from tui.screens.runners import RunnersScreen

        files = self._files() if self._files else None
        self.desk = desk = Desk(
            self, session, files=files, ascii_only=self._ascii, spares=self._spares
        )
        if sessions is not None:
            desk.changing = ProfileChange(desk, sessions, self._turn_to)
        self.set_keymap(desk.keymap.changed)
        said = self.choice.said if self.choice else ""
        opening, screen = self.screen, RunnersScreen(desk, says=said)
        if isinstance(opening, OpeningScreen):
            self.switch_screen(screen)
            for key in opening.typed:
                self.post_message(key)
        else:
            self.push_screen(screen)
        self._unsubscribe = session.store.subscribe(self._on_snapshot)
        self.set_interval(self._tick_seconds, self._tick)

    async def _turn_to(self, session: "Session", said: str) -> None:
        """From the session that is shown to another: the filter and the order stay, marks go."""
        from tui.screens.runners import RunnersScreen

        if self.desk is None:
            return
        self._unsubscribe()
        self.desk.back_to(0)
        table, self.desk.session = self.screen, session
        if isinstance(table, RunnersScreen):
            await self.switch_screen(table.of_another_session(said))
        self._unsubscribe = session.store.subscribe(self._on_snapshot)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A colon is a letter where text is typed, and nothing in a dialogue."""
        return action != "command_line" or (self.desk is not None and self.desk.takes_commands)

    async def action_command_line(self) -> None:
        if self.desk is not None:
            await self.desk.open_command_line()

    def action_help(self) -> None:
        if self.desk is not None:
            self.desk.open_help()

    def action_page(self, name: str) -> None:
        if self.desk is not None:
            self.desk.open_page(name)

    def action_act(self, key: str) -> None:
        if self.desk is not None:
            self.desk.act_by_key(key)

    def action_suspend(self) -> None:
        if has_shell_behind():
            self.action_suspend_process()
        elif self.desk is not None:
            self.desk.say(NO_SHELL)

    def action_leave(self) -> None:
        if self.desk is not None:
            self.desk.leave()

    async def action_back(self) -> None:
        if self.desk is not None:
            self.desk.back()

    def on_command_line_given(self, event: "CommandLine.Given") -> None:
        if self.desk is not None:
            self.desk.give(event.command, event.line)

    def on_command_line_closed(self) -> None:
        if self.desk is not None:
            self.desk.close_command_line()

    def on_banner_opened(self) -> None:
        self.action_page("connection")

    def on_top_left(self, event: "Top.Left") -> None:
        if self.desk is not None:
            self.desk.back_to(event.place)

    def action_redraw(self) -> None:
        """All anew, where something else has written on the terminal."""
        self._writing.forget()
        self.refresh()

    def on_resize(self) -> None:
        """Also told after the program was suspended."""
        self._writing.forget()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Writes what differs; where nothing does, nothing, not even where the cursor stands."""
        if isinstance(renderable, LayoutUpdate | ChopsUpdate):
            self.cursor_position = caret_on(screen) or self.cursor_position
            if self.is_headless or self._batch_count or not self.is_running:
                return
            text = self._writing.update(spans_of(renderable, self.console.color_system), *self.size)
            if not text and self.cursor_position == self._previous_cursor_position:
                return
            renderable = Written(text)
        super()._display(screen, renderable)

    def on_unmount(self) -> None:
        self._unsubscribe()

    def _on_snapshot(self, snapshot: "Snapshot") -> None:
        """Several snapshots in a row are drawn once."""
        if not self._is_due:
            self._is_due = True
            self.call_later(self._show)

    def _show(self) -> None:
        self._is_due = False
        for screen in self._screens:
            if isinstance(screen, Live):
                screen.show()

    @property
    def _screens(self) -> list[Screen[Any]]:
        """Those that are there as a whole: none on the way out, nor one that is being made."""
        return [each for each in self.screen_stack if self.is_running and each.is_mounted]

    def _tick(self) -> None:
        for screen in self._screens:
            if isinstance(screen, Live):
                screen.tick()
