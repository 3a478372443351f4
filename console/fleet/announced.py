"""The operator's own file of releases: what is scheduled, and what came out before anybody watched.

One `[[release]]` table each, with `track`, `date` and perhaps `version`. The API tells no schedule;
this is how one is added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from console.errors import SettingError, printable, wrong_value
from console.fleet.learning import with_releases
from console.fleet.lines import Family, Line
from console.fleet.memory import Announced, Memory, Release
from console.fleet.snapshot import Track
from console.fleet.versions import version_order

LARGEST = 1_000_000
"""Bytes of a file; a release takes about sixty of them."""

MOST = 5_000
LONGEST = 64
"""Characters of a track or a version."""

KEYS = ("track", "date", "version")

OWN_LINES = {
    "snowflake": Line(Family.SNOWFLAKE, Track.STABLE),
    "streaming": Line(Family.STREAMING, Track.CURRENT),
}
"""The words for lines that are no track, and the line that each means while none is known."""


def read_announced(path: Path) -> tuple[Announced, ...]:
    """The releases of the file, in its order. Raises SettingError, with the number of the release
    and what is allowed, for anything that cannot be used."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise _fault(f"{path} cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise _fault(f"{path} is too large for a file of releases: over {LARGEST} bytes.")
    return announced_from(content, str(path))


def announced_from(content: bytes, source: str) -> tuple[Announced, ...]:
    """The releases of a file's content; `source` names it in a SettingError."""
    found: dict[Announced, int] = {}
    for number, table in enumerate(_tables(content, source), start=1):
        place = f"release {number} of {source}"
        each = _announced(table, place)
        if each in found:
            raise _fault(f"{place} is the same as release {found[each]}.")
        found[each] = number
    return tuple(found)


def past_releases(
    announced: Iterable[Announced], known: Iterable[Line], now: datetime
) -> tuple[Release, ...]:
    """Those with a version whose day is over in UTC, as releases of the known lines that they
    belong to. They come with a day and no hour: midnight UTC."""
    lines, today = tuple(known), now.astimezone(UTC).date()
    return tuple(
        Release(line, each.version, _midnight(each.day), _midnight(each.day))
        for each in announced
        if each.version and each.day < today
        for line in _lines_of(each.track, lines)
    )


def with_announced(memory: Memory, announced: tuple[Announced, ...], now: datetime) -> Memory:
    """The memory with the file's schedule, and with its past as history."""
    past = past_releases(announced, memory.releases, now)
    return replace(memory, releases=with_releases(memory.releases, past), announced=announced)


def _tables(content: bytes, source: str) -> list[Mapping[str, object]]:
    import tomllib

    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _fault(f"{source} cannot be read: {error}.") from None
    for key in document:
        if key != "release":
            raise wrong_value(f"a key of {source}", key, ("release",), SettingError)
    tables = document.get("release", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise _fault(f"{source}: each release should begin with a line [[release]].")
    if len(tables) > MOST:
        raise _fault(f"{source} has {len(tables)} releases; {MOST} are the most.")
    return tables


def _announced(table: Mapping[str, object], place: str) -> Announced:
    for key in table:
        if key not in KEYS:
            raise wrong_value(f"a key of {place}", key, KEYS, SettingError)
    for key in ("track", "date"):
        if key not in table:
            raise _fault(f"{place} has no {key}.")
    track = _text(table, "track", "current, stable, snowflake, streaming or another track", place)
    day = _day(table["date"], place)
    if "version" not in table:
        return Announced(track.casefold(), day)
    version = _text(table, "version", 'a version in quotes, such as "10.1317.0"', place)
    if not version_order(version):
        raise _unusable("version", version, 'a version with a number, such as "10.1317.0"', place)
    return Announced(track.casefold(), day, version)


def _text(table: Mapping[str, object], key: str, wanted: str, place: str) -> str:
    value = table[key]
    text = value.strip() if isinstance(value, str) else ""
    if not text or not text.isprintable() or len(text) > LONGEST:
        raise _unusable(key, value, wanted, place)
    return text


def _day(value: object, place: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        raise _unusable("date", value, "a day such as 2026-12-01", place) from None


def _lines_of(track: str, known: tuple[Line, ...]) -> tuple[Line, ...]:
    if track not in OWN_LINES:
        return (Line(Family.MAIA, track),)
    usual = OWN_LINES[track]
    return tuple(line for line in known if line.family is usual.family) or (usual,)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _unusable(key: str, value: object, wanted: str, place: str) -> SettingError:
    text = str(value) if isinstance(value, str | float | date) else ""
    cut = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    said = f": “{cut}”" if text else ""
    return _fault(f"{key} of {place}{said} cannot be used; it should be {wanted}.")


def _fault(sentence: str) -> SettingError:
    return SettingError(printable(sentence))
