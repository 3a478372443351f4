"""The filters that find whom the calendar of releases counts."""

from console.fleet.lines import Family, Line

UNSUPPORTED = "support:unsupported"
LEAVING = "leaves:yes"

_FAMILIES = {
    Family.MAIA: "-type:streaming -platform:snowflake",
    Family.STREAMING: "type:streaming",
    Family.SNOWFLAKE: "platform:snowflake",
}


def filter_in(line: Line, what: str) -> str:
    """`what` among the runners of a line; "" where the grammar cannot name its track."""
    track = _value(line.track)
    return f"{what} track:{track} {_FAMILIES[line.family]}" if what and track else ""


def running(version: str) -> str:
    """Who runs it; "" where the grammar cannot name it."""
    value = _value(version)
    return f"version:{value}" if value else ""


def _value(text: str) -> str:
    """A text as a value that must fit as a whole; "" for one that has what the grammar uses."""
    if not text.isprintable() or any(each in text for each in '"*'):
        return ""
    return f'"{text}"' if any(each in text for each in " ,") else text
