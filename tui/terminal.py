"""What kind of terminal this is, from what it says of itself: how many colours, which letters, and
whether it is far away. Nothing is asked of the terminal, since an answer takes a round trip."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Colours(StrEnum):
    """How many, as Textual calls it."""

    TRUE = "truecolor"
    MANY = "256"
    FEW = "standard"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Terminal:
    """`is_remote` is over SSH. `is_unicode` says that symbols beyond ASCII can be shown."""

    colours: Colours
    is_remote: bool
    is_unicode: bool

    @property
    def settings(self) -> dict[str, str]:
        """What Textual is to be told by environment variables, before it is imported."""
        own = Colours.FEW if self.colours is Colours.NONE else self.colours
        told = {"TEXTUAL_ANIMATIONS": "none", "TEXTUAL_COLOR_SYSTEM": own.value}
        return told | ({"NO_COLOR": "1"} if self.colours is Colours.NONE else {})


FAR = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
TRUE = ("truecolor", "24bit")
"""What COLORTERM says. OpenSSH does not carry it over by itself."""

ERASING = (
    "xterm", "tmux", "linux", "alacritty", "kitty", "foot", "putty", "konsole", "rxvt", "wezterm",
    "ghostty", "vte", "iterm", "st",
)  # fmt: skip
"""How the names of terminals begin whose erased cells take the present ground (bce)."""

COLOURLESS = ("vt52", "vt100", "vt102", "vt220", "vt320", "ansi-mono", "xterm-mono", "hpterm")
FEW_SYMBOLS = ("linux",)
"""Terminals whose font has too few symbols, whatever the locale."""


def terminal(environ: Mapping[str, str], encoding: str | None) -> Terminal:
    """`encoding` is that of the stream that is drawn on."""
    return Terminal(
        colours=colours(environ),
        is_remote=any(environ.get(name) for name in FAR),
        is_unicode="utf" in (encoding or "").lower() and environ.get("TERM") not in FEW_SYMBOLS,
    )


def colours(environ: Mapping[str, str]) -> Colours:
    """TEXTUAL_COLOR_SYSTEM as it is set, then NO_COLOR (https://no-color.org), then what COLORTERM
    and TERM promise; a terminal that promises nothing has sixteen."""
    forced = environ.get("TEXTUAL_COLOR_SYSTEM", "")
    if environ.get("NO_COLOR"):
        return Colours.NONE
    if forced in (Colours.TRUE, Colours.MANY, Colours.FEW):
        return Colours(forced)
    term = environ.get("TERM", "")
    if environ.get("COLORTERM", "").lower() in TRUE or term.endswith(("-direct", "-truecolor")):
        return Colours.TRUE
    if "256color" in term:
        return Colours.MANY
    if term in COLOURLESS or term.endswith("-m"):
        return Colours.NONE
    return Colours.FEW


def erases_in_colour(environ: Mapping[str, str]) -> bool:
    return environ.get("TERM", "").startswith(ERASING)


def why_not_drawable(is_terminal: bool, environ: "os._Environ[str] | Mapping[str, str]") -> str:
    """What keeps a screen from being drawn, "" if nothing does."""
    if not is_terminal:
        return "standard input or error is not a terminal"
    term = environ.get("TERM", "")
    if term in ("", "dumb"):
        return f"TERM is {term or 'not set'}"
    return ""
