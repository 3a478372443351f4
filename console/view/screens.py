"""The screens of walls as lists, with what may be done to each, and the form that lets one in. The
options of a screen are typed as they stand in the address of a wall."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from urllib.parse import parse_qsl, urlencode

from console.access.screen_codes import Waiting
from console.access.screens import MOST_OPTIONS, Screen, ScreenState
from console.ages import duration
from console.errors import FilterError
from console.view.audit import AuditFilter
from console.view.dates import local_moment
from console.view.filter import parse_filter
from console.view.form import Field, Form
from console.view.listing import Deed, ListedRow, Listing
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone
from console.view.wall_options import OPTIONS

LONGEST_NAME = 60

SILENT = timedelta(minutes=1)
"""A screen in use gives a sign of life every few seconds."""

HOW = (
    "Open /wall on a screen that nobody signs in to: it shows a code. Type it here within ten"
    " minutes, and the screen shows the wall from then on, and nothing else."
)
OPEN_TO_ALL = "As long as nobody signs in, the wall is shown to whoever asks, without a code."

LET_IN = "The screen {} was let in. It shows the wall within seconds."
SET = "The screen {} was set. It shows the wall so within seconds."
REVOKED = "The screen was switched off."
REMOVED = "The screen was taken off the list."

COLUMNS = ("Name", "State", "Last seen", "Where", "Version", "Options", "Let in by")
STATES: Mapping[ScreenState, Cell] = {
    ScreenState.EXPECTED: Cell("is expected", Tone.INFO, "…", "."),
    ScreenState.IN_USE: Cell("in use", Tone.GOOD, "●", "*"),
    ScreenState.MISSED: Cell("never came", Tone.WARNING, "!", "!"),
    ScreenState.REVOKED: Cell("switched off", Tone.MUTED, "–", "-"),
}
OPTIONS_HINT = "as in a wall's address, such as size=8&theme=light"


def screens_listing(screens: Iterable[Screen], now: datetime, zone: tzinfo) -> Listing:
    """In the order given."""
    rows = tuple(_screen(each, now, zone) for each in screens)
    return Listing("Screens", COLUMNS, rows, "No screen was let in yet.")


def waiting_listing(waiting: Iterable[Waiting], now: datetime) -> Listing:
    """Those that show a code now, which is not told: who types it has seen the screen."""
    rows = tuple(
        ListedRow(
            each.digest[:12],
            (
                Cell(shown(each.address, 60) or "this machine"),
                Cell(shown(each.agent, 120) or "unknown", Tone.MUTED),
                Cell(duration(each.until - now)),
            ),
        )
        for each in waiting
    )
    columns = ("Where", "Browser", "Its code holds for")
    return Listing("Screens that show a code now", columns, rows)


def new_screen_form() -> Form:
    fields = (
        Field("code", "Code", hint="as the screen shows it"),
        Field("name", "Name", hint="where the screen is"),
        Field("options", "Options", hint=f"{OPTIONS_HINT}; empty: as usual"),
    )
    return Form("screen-add", "Let a screen in", fields, "Let it in")


def options_text(options: Mapping[str, str]) -> str:
    return urlencode(dict(options))


def options_from(text: str) -> tuple[dict[str, str], str]:
    """Options as they were typed, also behind the whole address of a wall, and what is wrong with
    them in one sentence, or ""."""
    typed = text.strip().rpartition("?")[2]
    try:
        pairs = parse_qsl(
            typed,
            keep_blank_values=True,
            strict_parsing=bool(typed),
            errors="strict",
            max_num_fields=MOST_OPTIONS,
        )
    except ValueError:
        return {}, f"Options are typed {OPTIONS_HINT}."
    options = {name.strip(): value.strip() for name, value in pairs}
    faults = (option_fault(name, value) for name, value in options.items())
    return options, next((fault for fault in faults if fault), "")


def option_fault(name: str, value: str) -> str:
    """What is wrong with one option, in one sentence, or ""."""
    option = OPTIONS.get(name)
    if option is None:
        return f"“{shown(name, 24)}” is not an option of the wall. There are: {', '.join(OPTIONS)}."
    if option.read(value) is not None:
        return ""
    if name == "filter":
        return _filter_fault(value)
    return f"“{shown(value, 24)}” is not a value of {name}: {option.values}."


def _filter_fault(text: str) -> str:
    try:
        parse_filter(text)
    except FilterError as error:
        return f"The filter is wrong: {error}"
    return "The filter is wrong."


def _screen(screen: Screen, now: datetime, zone: tzinfo) -> ListedRow:
    name, state = shown(screen.name, LONGEST_NAME), screen.state(now)
    is_seen = screen.seen is not None and now - screen.seen < SILENT
    seen = "never" if screen.seen is None else f"{duration(now - screen.seen)} ago"
    quiet = Tone.WARNING if state is ScreenState.IN_USE and not is_seen else Tone.NEUTRAL
    cells = (
        Cell(name),
        STATES[state],
        Cell("now" if is_seen and state is ScreenState.IN_USE else seen, quiet),
        Cell(shown(screen.address, 60)),
        Cell(shown(screen.version, 24) or "–", Tone.MUTED),
        Cell(shown(options_text(screen.options), 120) or "as usual", Tone.MUTED),
        Cell(shown(screen.by, LONGEST_NAME), hint=local_moment(screen.made, zone)),
    )
    leads = AuditFilter(target=screen.name).address
    return ListedRow(screen.id, cells, _deeds(screen, name, state), leads)


def _deeds(screen: Screen, name: str, state: ScreenState) -> tuple[Deed, ...]:
    fields = (
        Field("name", "Name", screen.name, "where the screen is"),
        Field(
            "options", "Options", options_text(screen.options), f"{OPTIONS_HINT}; empty: as usual"
        ),
    )
    title, said = f"Change the screen {name}", "With other options it shows the wall anew."
    set_it = Deed("screen-set", "Change", Form("screen-set", title, fields, "Set", said))
    title, said = f"Switch the screen {name} off?", "It says so at once, and shows nothing else."
    form = Form("screen-revoke", title, (), "Switch off", said)
    revoke = Deed("screen-revoke", "Switch off", form)
    title = f"Take the screen {name} off the list?"
    said = "Should it still ask, it shows a code again, as one that was never let in."
    remove = Deed("screen-remove", "Remove", Form("screen-remove", title, (), "Remove", said))
    if state is ScreenState.REVOKED or state is ScreenState.MISSED:
        return (remove,)
    return (set_it, revoke)
