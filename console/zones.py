"""Time zones: the one that is named, else this machine's with its rules for summer and winter."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

LOCAL_TIME = Path("/etc/localtime")


def zone_named(
    name: str | None, environ: Mapping[str, str] = os.environ, local_time: Path = LOCAL_TIME
) -> tzinfo:
    """The zone of this name. Without one: that of TZ, or that which the machine's clock is set to;
    where neither has a name, the distance to UTC that holds today."""
    for each in (name, environ.get("TZ", "").lstrip(":"), _linked(local_time)):
        zone = _zone(each) if each else None
        if zone is not None:
            return zone
    return datetime.now().astimezone().tzinfo or UTC


def _linked(local_time: Path) -> str:
    """The name of the zone that the file is a link to: what stands behind "zoneinfo/"."""
    try:
        target = str(local_time.resolve())
    except (OSError, RuntimeError):
        return ""
    return target.partition("zoneinfo/")[2]


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
