"""Version numbers as the API gives them: opaque text, ordered by the integers in it.

The real scheme is not documented, so nothing is read into the parts of a version.
"""

import re
from functools import lru_cache

_INTEGER = re.compile(r"\d+")


@lru_cache(maxsize=4096)
def version_order(version: str) -> tuple[int, ...]:
    """The integers of a version in their order, for comparing; empty when it holds none.

    A longer version sorts after its own beginning, so "10.2" comes before "10.2.1". Runs of more
    than 18 digits are not version numbers and count as no integer at all.
    """
    return tuple(int(digits) for digits in _INTEGER.findall(version) if len(digits) <= 18)
