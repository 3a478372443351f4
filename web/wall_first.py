"""What a wall's page says before its script has run: how the fleet stands, the counts, and when
that was read. Only while that is fresh: what is old is the script's to say, which counts its age.
"""

from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from console.ages import duration
from console.view.wall_options import WallOptions
from console.view.wall_words import WORDS

Markup = dict[str, str]


def first_markup(first: Any, options: WallOptions) -> Markup:
    """By the places of the page that it belongs in; the same elements as the script makes."""
    picture, ages = first.get("wall"), first.get("beat")
    if picture is None or ages["age"] is None or ages["age"] > picture["stale"]:
        told = escape(WORDS["connecting"])
        return {"tone": "", "verdict": told, "headlines": "", "updated": "", "unseen": " hidden"}
    verdict = picture["verdict"]
    counts = picture["headlines"]
    return {
        "tone": f"tone-{verdict['tone']}",
        "verdict": _said(verdict["symbol"], verdict["text"]),
        "headlines": "".join(_headline(counts["of"][key]) for key in counts["order"]),
        "updated": escape(_updated(ages, options)),
        "unseen": "",
    }


def _headline(line: Any) -> str:
    count, label = _said(line["symbol"], str(line["count"])), escape(line["label"])
    return f'<li class="tone-{line["tone"]}"><b>{count}</b><span class="label">{label}</span></li>'


def _said(symbol: str, text: str) -> str:
    mark = f'<span class="symbol" aria-hidden="true">{escape(symbol)}</span>' if symbol else ""
    return f"<span>{mark}{escape(text)}</span>"


def _updated(ages: Any, options: WallOptions) -> str:
    now = datetime.fromtimestamp(ages["now"] / 1000, UTC)
    taken = (now - timedelta(seconds=ages["age"])).astimezone(options.zone)
    time = f"{taken:%I:%M:%S %p}".lower() if options.clock == "12" else f"{taken:%H:%M:%S}"
    wait = duration(timedelta(seconds=ages["next"]))
    return WORDS["updated" if ages["next"] > 0 else "due"].format(time=time, wait=wait)
