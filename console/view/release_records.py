"""The calendar of releases as data, for JSON and YAML. The names are documented and stable; raw
text is kept raw, as both formats escape it."""

from collections import Counter
from datetime import datetime

from console.fleet.learning import SUPPORTED_RELEASES
from console.fleet.lines import line_of
from console.fleet.snapshot import Snapshot
from console.rules.assessment import assessments
from console.rules.releases import expected_releases
from console.view.dates import has_hour
from console.view.release_words import line_title
from console.view.releases import LOOKED_AHEAD, has_window, known_lines, leaving_with

LINE_FIELDS = ("line", "title", "runners", "newest", "expected", "releases")
EXPECTED_FIELDS = ("at", "hour_known", "sureness", "version", "leaving")
RELEASE_FIELDS = ("version", "released", "first_seen", "runners", "in_window")


def release_records(snapshot: Snapshot, now: datetime) -> list[dict[str, object]]:
    """One record a line, in the order of the calendar; times are ISO 8601 in UTC."""
    assessed = assessments(snapshot, now)
    runs = Counter((line_of(each.runner), each.runner.version) for each in assessed)
    follow = Counter(line_of(each.runner) for each in assessed)
    records: list[dict[str, object]] = []
    for line in known_lines(snapshot):
        known = snapshot.memory.releases.get(line, ())[::-1]
        coming = [
            {
                "at": each.at.isoformat(),
                "hour_known": has_hour(each.at),
                "sureness": each.sureness.value,
                "version": each.version,
                "leaving": len(leaving_with(each, assessed)),
            }
            for each in expected_releases(snapshot.memory, line, now, LOOKED_AHEAD)
        ]
        out = [
            {
                "version": each.version,
                "released": each.released.isoformat() if each.released else None,
                "first_seen": each.first_seen.isoformat(),
                "runners": runs[line, each.version],
                "in_window": place < SUPPORTED_RELEASES if has_window(line) else None,
            }
            for place, each in enumerate(known)
        ]
        newest = known[0].version if known else None
        values = (line.key, line_title(line), follow[line], newest, coming, out)
        records.append(dict(zip(LINE_FIELDS, values, strict=True)))
    return records
