"""httpx, imported without its own command line, which nobody here runs.

With rich installed, as the terminal console needs it, importing httpx also imports rich, pygments
and click for that command: a third of the time of every command of ours. httpx has a way to do
without them, taken when its module cannot be imported. And httpcore looks for sniffio several
times in every request, through the whole path where it is not installed; telling Python once that
it is not there saves a fifth of the time of reading a large fleet.
"""

import sys
from importlib.util import find_spec

_COMMAND_LINE = "httpx._main"
_is_first = "httpx" not in sys.modules

if _is_first:
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]

import httpx  # noqa: E402 - only now

if _is_first:
    del sys.modules[_COMMAND_LINE]

if "sniffio" not in sys.modules and find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

__all__ = ["httpx"]
