"""Time zones: a name, then TZ, then the machine's, and no fault where none can be found."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.zones import zone_named

NOWHERE = Path("/nowhere")


def test_a_name_goes_before_the_machine() -> None:
    assert zone_named("Asia/Tokyo", {"TZ": "Europe/Berlin"}, NOWHERE) == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize("name", ["Europe/Berlin", ":Europe/Berlin"])
def test_tz_goes_before_the_clock_of_the_machine(name: str) -> None:
    assert zone_named(None, {"TZ": name}, NOWHERE) == ZoneInfo("Europe/Berlin")


def test_the_machines_zone_keeps_its_rules_for_summer_and_winter(tmp_path: Path) -> None:
    folder = tmp_path / "zoneinfo" / "Europe"
    folder.mkdir(parents=True)
    (folder / "Berlin").touch()
    link = tmp_path / "localtime"
    link.symlink_to(folder / "Berlin")
    zone = zone_named(None, {}, link)
    offsets = [
        datetime(2026, month, 1, tzinfo=UTC).astimezone(zone).utcoffset() for month in (1, 7)
    ]
    assert offsets == [timedelta(hours=1), timedelta(hours=2)]


@pytest.mark.parametrize("name", ["", "No/Zone", "../../etc/passwd", "CET-1CEST,M3.5.0,M10.5.0/3"])
def test_a_zone_that_is_unknown_is_no_fault(name: str) -> None:
    assert datetime(2026, 1, 1, tzinfo=UTC).astimezone(zone_named(None, {"TZ": name}, NOWHERE))
