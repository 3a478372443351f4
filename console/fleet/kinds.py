"""Which kind of runner this is, and what its platform can do at all.

Source: the update-an-agent page and the product's platform notes. GCP is not held back, because
the product offers it although the API page does not.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.fleet.snapshot import Runner

MAIA = "data_productivity_cloud"
STREAMING = "streaming"


def is_hosted(runner: "Runner") -> bool:
    """Hosted by the vendor (Full SaaS): always on the newest version, never managed from here.

    How the API marks them is not documented; both fields that could say so are read.
    """
    return _says_hosted(runner.provider, runner.deployment, runner.kind)


def is_streaming(runner: "Runner") -> bool:
    return runner.kind == STREAMING


def is_snowflake(runner: "Runner") -> bool:
    return runner.provider == "snowflake"


def is_native_app(runner: "Runner") -> bool:
    """Snowflake's native app: the vendor upgrades it once a month; its image is not the user's."""
    return is_snowflake(runner) and (runner.deployment or "native app") == "native app"


@lru_cache(maxsize=1024)
def _says_hosted(*marks: str | None) -> bool:
    return any("matillion" in mark or "hosted" in mark for mark in marks if mark)
