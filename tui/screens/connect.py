"""The form of an account: region, client id and secret, tried on the API before they are stored."""

from typing import ClassVar

from rich.console import RenderableType
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from console.view.first_run import STORED
from console.view.tone import Tone
from tui.bindings import CONNECTING, bindings
from tui.newcomer import Newcomer
from tui.theme import palette_named
from tui.widgets.field import Field
from tui.widgets.line import Line, Part
from tui.widgets.pen import Pen
from tui.widgets.top import PRODUCT

TRYING = "Asking Maia …"


class ConnectScreen(Screen[str]):
    """Ends with a sentence about the account once it is connected; without one it was left."""

    DEFAULT_CSS = """
    ConnectScreen { background: $background; }
    ConnectScreen > Line { background: $surface; padding: 0 1; }
    ConnectScreen VerticalScroll { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    ConnectScreen Static { height: auto; max-width: 84; }
    ConnectScreen Field, ConnectScreen Field:focus { max-width: 84; padding: 0; margin: 0 0 1 0;
        background: $panel; }
    ConnectScreen .fault { display: none; }
    ConnectScreen .fault.-used { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CONNECTING)]

    def __init__(self, newcomer: Newcomer, *, ascii_only: bool = False) -> None:
        super().__init__()
        self._newcomer = newcomer
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        form, pen = self._newcomer.form, self._pen
        yield Line(id="product")
        with VerticalScroll(can_focus=False):
            yield Static(pen.text(form.title, bold=True), markup=False)
            yield Static("", classes="fault", id="fault-", markup=False)
            yield Static("")
            for field in form.fields:
                label = pen.text(field.label).append_text(pen.text(f"  {field.hint}", Tone.MUTED))
                yield Static(label, markup=False)
                yield Static("", classes="fault", id=f"fault-{field.name}", markup=False)
                hidden = field.kind == "password"
                yield Field(field.value, password=hidden, compact=True, id=f"field-{field.name}")
            yield Static(pen.text(STORED, Tone.MUTED), markup=False)
        yield Line(id="keys")

    def on_mount(self) -> None:
        self.query_one("#product", Line).show(Part(PRODUCT, bold=True))
        keys = (("Enter", "next, then try it"), ("Up, Down", "field"), ("Esc", "back"))
        pairs = ((Part(key, Tone.INFO, bold=True, gap=2), Part(word)) for key, word in keys)
        self.query_one("#keys", Line).show(*(part for pair in pairs for part in pair))
        empty = [field for field in self.query(Input) if not field.value]
        (empty or list(self.query(Input)))[0].focus()

    def action_next(self) -> None:
        """The next field, and from the last one to the API."""
        if self.focused is self.query(Input).last():
            self._try()
        else:
            self.action_field(1)

    def action_field(self, by: int) -> None:
        """At once, so that whatever is typed next is typed there: it may be the secret."""
        fields = list(self.query(Input))
        place = next((n for n, each in enumerate(fields) if each is self.focused), 0)
        self.set_focus(fields[(place + by) % len(fields)])

    def action_back(self) -> None:
        self.workers.cancel_all()
        self.dismiss(None)

    @work(exclusive=True)
    async def _try(self) -> None:
        names = [field.name for field in self._newcomer.form.fields]
        answers = {name: self.query_one(f"#field-{name}", Input).value for name in names}
        self._tell("", self._pen.text(TRYING, Tone.INFO))
        connected, faults = await self._newcomer.connect(answers)
        if connected is not None:
            self.dismiss(f"{connected.signed_in} {connected.warning}".rstrip())
            return
        for name in ("", *names):
            fault = faults.get(name, "")
            self._tell(name, self._pen.text(fault, Tone.WARNING, bold=True) if fault else None)
        wrong = [name for name in names if name in faults]
        if wrong:
            self.query_one(f"#field-{wrong[0]}", Input).focus()

    def _tell(self, name: str, text: RenderableType | None) -> None:
        told = self.query_one(f"#fault-{name}", Static)
        told.update(text or "")
        told.set_class(text is not None, "-used")

    @property
    def _pen(self) -> Pen:
        return Pen(palette_named(self.app.theme), self._ascii)
