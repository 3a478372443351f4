"""httpx, imported without its own command line, which nobody here runs.

With rich installed, as the terminal console needs it, importing httpx also imports rich, pygments
and click for that command: a third of the time of every command of ours. httpx has a way to do
without them, taken when its module cannot be imported.
"""

import sys

_COMMAND_LINE = "httpx._main"
_is_first = "httpx" not in sys.modules

if _is_first:
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]

import httpx  # noqa: E402 - only now

if _is_first:
    del sys.modules[_COMMAND_LINE]

__all__ = ["httpx"]
