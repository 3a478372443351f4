"""The small files of the user beside the settings: keys, what was typed before, saved tables. What
goes wrong with one is a sentence, never an error: no screen is lost for it."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.files import replace_file

REMEMBERED = 200
"""How many lines are kept of what was typed."""


@dataclass(frozen=True, slots=True)
class UserFiles:
    """`config` is the settings file, beside which the keymap stands; `state` is the folder of what
    was typed. Either may be missing."""

    config: Path
    state: Path

    @property
    def keymap(self) -> Path:
        return self.config.with_name("keymap.toml")

    def remembered(self, name: str) -> tuple[str, ...]:
        """Lines, oldest first; none where there is no such file, or it cannot be read."""
        lines = _text(self.state / name)[0].splitlines()
        return tuple(line for line in lines if line.isprintable())[-REMEMBERED:]

    def remember(self, name: str, lines: Iterable[str]) -> str:
        """Writes them, the newest if there are too many. Gives the trouble, or ""."""
        kept = tuple(lines)[-REMEMBERED:]
        return _written(self.state / name, "".join(f"{line}\n" for line in kept))


def user_files(environ: Mapping[str, str], config: Path | None = None) -> UserFiles:
    """`config` is a settings file other than the usual one."""
    import platformdirs

    from console.settings import config_path

    state = Path(platformdirs.user_state_dir("maia-console", appauthor=False))
    return UserFiles(config or config_path(environ), state)


def read_toml(path: Path) -> tuple[Mapping[str, Any], str]:
    """A table, empty where there is no file, and why it cannot be read, or ""."""
    import tomllib

    text, trouble = _text(path)
    try:
        return tomllib.loads(text), trouble
    except tomllib.TOMLDecodeError as error:
        return {}, f"{path} cannot be read: {error}."


def save_text(name: str, text: str, *, may_replace: bool) -> str:
    """Writes a file that the user named. Gives the trouble in a sentence, or ""."""
    path = Path(os.path.expanduser(name))
    if path.is_dir():
        return f"{path} is a folder."
    if not path.absolute().parent.is_dir():
        return f"There is no folder {path.absolute().parent}."
    if path.exists() and not may_replace:
        return f"{path} exists already."
    return _written(path.resolve(), text)


def _text(path: Path) -> tuple[str, str]:
    try:
        return path.read_text("utf-8"), ""
    except FileNotFoundError:
        return "", ""
    except (OSError, UnicodeDecodeError) as error:
        return "", f"{path} cannot be read: {error}."


def _written(path: Path, text: str) -> str:
    try:
        replace_file(path, text)
    except OSError as error:
        return f"{path} cannot be written: {error.strerror}."
    return ""
