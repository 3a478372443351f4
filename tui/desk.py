"""What can be done from any screen of a session: go somewhere, say something, type a command, act.

One for each session. What a command means is in `commands`; no words of the core are made here.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from console.actions.action import Action
from console.user_files import UserFiles, read_toml
from console.view.overview import Age, banner, data_age, data_age_bound
from console.view.plan import plan_text
from console.view.text import shown
from console.view.tone import Tone
from tui.bindings import COMMANDING, EVERYWHERE, FILTERING, KeyGroup
from tui.keymap import Keymap, keymap_from
from tui.recall import Recall
from tui.widgets.action_keys import ActionKeys
from tui.widgets.command_line import CommandLine
from tui.widgets.filter_bar import FilterBar
from tui.widgets.notice import Notice

if TYPE_CHECKING:
    from console.session import Session
    from console.view.commands import Command
    from tui.profile_change import ProfileChange

TYPED: tuple[tuple[type[Widget], KeyGroup], ...] = (
    (CommandLine, COMMANDING),
    (FilterBar, FILTERING),
)
"""Where text is typed, and the keys there."""

ONLY_THIS = "Only this session can be looked at here."

BOTTOM = 2
"""How many screens lie below those that can be left: Textual's own, and the table."""


class Desk:
    """`files` is None where nothing of the user's is kept or read. It `spares` the line to the
    terminal what changes only because time goes by. Without `changing` there is no way to another
    session."""

    def __init__(
        self,
        app: App[Any],
        session: "Session",
        *,
        files: UserFiles | None,
        ascii_only: bool,
        spares: bool = False,
    ) -> None:
        self.app = app
        self.session = session
        self.changing: ProfileChange | None = None
        self.ascii_only = ascii_only
        self._age = data_age_bound if spares else data_age
        self.files = files
        self.keymap = keymap_from(*read_toml(files.keymap)) if files else Keymap()
        self._recalls: dict[str, Recall] = {}

    @property
    def screen(self) -> Screen[Any]:
        """The uppermost screen that is no dialogue."""
        stack = reversed(self.app.screen_stack)
        return next(screen for screen in stack if not isinstance(screen, ModalScreen))

    @property
    def targets(self) -> tuple[str, ...]:
        """The runners that an action goes to from this screen."""
        return tuple(getattr(self.screen, "targets", ()))

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Where this screen is, from the table on."""
        return tuple(screen.title or "" for screen in self.app.screen_stack[1:])

    def crumb_of(self, runner_id: str, what: str) -> str:
        """For a screen about a runner: with its name, unless that stands before it already."""
        runner = self.session.store.snapshot.by_id.get(runner_id)
        name = shown(runner.name if runner else runner_id, 40)
        if name in self.crumbs or not what:
            return what or name
        return f"{name}: {what}"

    @property
    def age(self) -> Age:
        """Of what is shown."""
        store = self.session.store
        return self._age(store.snapshot, store.now)

    @property
    def banner(self) -> str:
        store = self.session.store
        return banner(store.snapshot, store.now)

    def say(self, text: str, tone: Tone = Tone.INFO, *, where: Screen[Any] | None = None) -> None:
        """Says it above the keys of a screen, this one unless another is meant, until it is
        answered or a while has passed."""
        screen = where or self.screen
        screen.query(Notice).remove()
        for keys in screen.query(ActionKeys):
            screen.mount(Notice(text, tone), before=keys)

    def unsay(self) -> bool:
        """Whether something was said until now."""
        said = self.screen.query(Notice)
        is_said = bool(said)
        said.remove()
        return is_said

    def open_page(self, name: str) -> None:
        """A screen by its name; from that screen, back to the table."""
        from tui.screens.pages import PAGES

        was = self.screen
        self.back_to(0)
        if name != "runners" and not isinstance(was, PAGES[name]):
            self.app.push_screen(PAGES[name](self))

    def run_action(self, action: str) -> None:
        """One of Textual's, by name."""
        self.app.call_later(self.app.run_action, action)

    def open_screen(self, screen: Screen[Any]) -> None:
        self.app.push_screen(screen)

    def back(self) -> None:
        """One screen back, if there is one to leave."""
        if len(self.app.screen_stack) > BOTTOM:
            self.app.pop_screen()

    def back_to(self, place: int) -> None:
        """To a screen by its place in the breadcrumbs."""
        while len(self.app.screen_stack) > BOTTOM + place:
            self.app.pop_screen()

    def leave(self) -> None:
        """One screen back, and from the table out."""
        if len(self.app.screen_stack) > BOTTOM:
            self.app.pop_screen()
        else:
            self.app.exit()

    @property
    def takes_commands(self) -> bool:
        """Not where text is typed already, and not in a dialogue."""
        return self.screen is self.app.screen and not isinstance(self.app.focused, Input)

    async def open_command_line(self, text: str = "") -> None:
        """Has the focus at its end, so that whatever is typed next is typed there."""
        screen = self.screen
        self.unsay()
        await screen.query(CommandLine).remove()
        for keys in screen.query(ActionKeys):
            names = self.changing.sessions.names if self.changing else ()
            line = CommandLine(self.session, self.recall("commands"), text, profiles=names)
            await screen.mount(line, before=keys)
            screen.set_focus(line.query_one(Input))

    def close_command_line(self) -> None:
        self.screen.query(CommandLine).remove()
        home = getattr(self.screen, "home", None)
        if home is not None:
            home.focus()

    def give(self, command: "Command", line: str) -> None:
        """Does what was typed, and remembers it."""
        from tui.commands import carry_out

        self.close_command_line()
        self.remember("commands", line)
        carry_out(self, command)

    def open_help(self) -> None:
        """Help for what has the focus, then for the screen, then for everywhere."""
        from tui.screens.help import HelpScreen

        groups: tuple[KeyGroup, ...] = tuple(getattr(self.screen, "key_groups", ()))
        around = self.screen.focused.ancestors if self.screen.focused else ()
        typed = [keys for kind, keys in TYPED if any(isinstance(each, kind) for each in around)]
        groups = (*typed, *groups)
        self.app.push_screen(HelpScreen(self, (*groups, EVERYWHERE)))

    def act_by_key(self, key: str) -> None:
        """The action under a key of the catalogue that fits the runners of this screen."""
        targets = self.targets
        if targets and not self.session.is_read_only:
            self.act(self.session.fitting_action(key, targets), targets)

    def act(self, action: Action, runner_ids: tuple[str, ...]) -> None:
        if self.changing is None or not self.changing.refuses():
            self.app.run_worker(self._act(action, runner_ids))

    def change_profile(self, names: str) -> None:
        """Opens other accounts behind this picture, and then shows them."""
        if self.changing is None:
            self.say(ONLY_THIS, Tone.WARNING)
        else:
            self.changing.begin(names)

    async def _act(self, action: Action, runner_ids: tuple[str, ...]) -> None:
        """Shows the plan, asks where that is due, and starts it."""
        from tui.screens.plan import PlanScreen

        session = self.session
        plan = session.plan(action, runner_ids)
        text = plan_text(plan)
        asks = text.needs_asking or not plan.allowed
        screen = PlanScreen(lambda: plan_text(session.with_usage(plan)))
        agreed = await self.app.push_screen_wait(screen) if asks else True
        if agreed and plan.allowed and session.executor is not None:
            session.executor.start(plan)
            for each in self.app.screen_stack:
                forget: Callable[[tuple[str, ...]], None] = getattr(each, "unmark", _nothing)
                forget(runner_ids)

    def recall(self, name: str) -> Recall:
        """What was typed before, of a kind: commands, or filters."""
        if name not in self._recalls:
            lines = self.files.remembered(name) if self.files else ()
            self._recalls[name] = Recall(lines)
        return self._recalls[name]

    def remember(self, name: str, line: str) -> None:
        before = self.recall(name)
        self._recalls[name] = after = before.with_line(line)
        if self.files is not None and after.lines != before.lines:
            write = partial(self.files.remember, name, after.lines)
            self.app.run_worker(write, thread=True, group=name)


def _nothing(runner_ids: tuple[str, ...]) -> None:
    """For a screen without marks."""
