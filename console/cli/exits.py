"""Exit codes, as documented. `check` has its own, those of monitoring plugins."""

from enum import IntEnum


class Exit(IntEnum):
    FINE = 0
    REFUSED = 1
    """Something was refused or failed."""
    USAGE = 2
    """A wrong command, option, setting, filter or name."""
    NOT_ALLOWED = 3
    """Not signed in, or not allowed."""
    UNREACHABLE = 4
    """The API cannot be reached, or answers nonsense."""
    INTERRUPTED = 130


class PluginState(IntEnum):
    """What `check` exits with."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3
