"""Keys. Those of actions come from the catalogue; `HELP` is what help shows of the rest."""

from textual.binding import Binding

from console.actions.catalogue import ACTIONS

ACTION_KEYS: dict[str, str] = {}
for _action in ACTIONS:
    if _action.key in ACTION_KEYS:
        ACTION_KEYS[_action.key] += f", or {_action.label[0].lower()}{_action.label[1:]}"
    else:
        ACTION_KEYS[_action.key] = _action.label
"""What each action key does, by key: "Pause or resume"."""

ACTION_BINDINGS = tuple(
    Binding(key, f"act('{key}')", label, show=False) for key, label in ACTION_KEYS.items()
)

SCREEN_BINDINGS = (
    Binding("slash", "filter", "Filter", key_display="/", show=False),
    Binding("escape", "back", "Back", show=False),
    Binding("s", "sort", "Sort by the next column", show=False),
    Binding("S", "reverse", "The other way round", show=False),
    Binding("exclamation_mark", "problems", "Only problems", key_display="!", show=False),
    *(
        Binding(str(number), f"headline({number - 1})", "", show=False, system=True)
        for number in range(1, 9)
    ),
    Binding("v", "releases", "The calendar of releases", show=False),
    Binding("R", "refresh", "Read again now", show=False),
    Binding("question_mark", "help", "Help", key_display="?", show=False),
    Binding("q", "app.quit", "Quit", show=False),
)

HELP: tuple[tuple[str, str], ...] = (
    ("↑ ↓  j k", "move"),
    ("PgUp PgDn", "a page"),
    ("Home End", "first, last"),
    ("Enter", "details"),
    ("space", "mark"),
    ("ctrl+a", "mark all that match"),
    ("/", "filter"),
    ("!", "only problems"),
    ("1 … 8", "what a number above counts"),
    ("s  S", "sort by the next column; reverse"),
    ("v", "the calendar of releases"),
    ("R", "read again now"),
    ("Esc", "one step back"),
    ("ctrl+p", "all commands"),
    ("?", "this help"),
    ("q", "quit"),
)
