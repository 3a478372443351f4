"""Writes whole lines, and the prompt. Nothing is written over: no cursor movement, no colour."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

PROMPT = "> "

ASCII = str.maketrans(
    {
        "→": "->",
        "…": "...",
        "“": '"',
        "”": '"',
        "’": "'",
        "–": "-",
        "−": "-",
        "\N{REPLACEMENT CHARACTER}": "?",
    }
)
"""What our own sentences have beyond ASCII."""


class Printer:
    """On a terminal the prompt waits on a line of its own and is broken off by what is announced.
    Elsewhere nobody echoes what is typed, so the prompt is a line: ">" says that one is awaited."""

    def __init__(
        self, out: TextIO, *, prompts_on_terminal: bool = False, ascii_only: bool = False
    ) -> None:
        self._out = out
        self._on_terminal = prompts_on_terminal
        self._ascii = ascii_only
        self._is_prompt_open = False

    def lines(self, lines: Iterable[str]) -> None:
        """Writes them at once, so that a reader gets them in one piece."""
        text = "".join(f"{line}\n" for line in lines)
        if not text:
            return
        if self._is_prompt_open:
            text = f"\n{text}"
            self._is_prompt_open = False
        self._write(text)

    def prompt(self) -> None:
        self._is_prompt_open = self._on_terminal
        self._write(PROMPT if self._on_terminal else f"{PROMPT.strip()}\n")

    def typed(self) -> None:
        """A line was typed after the prompt, and the terminal has gone to the next."""
        self._is_prompt_open = False

    def close(self) -> None:
        """Leaves the terminal at the beginning of a line, if it is still there."""
        if self._is_prompt_open:
            self._is_prompt_open = False
            with suppress(OSError):
                self._write("\n")

    def _write(self, text: str) -> None:
        if self._ascii:
            text = text.translate(ASCII)
        encoding = self._out.encoding or "utf-8"
        self._out.write(text.encode(encoding, "replace").decode(encoding))
        self._out.flush()
