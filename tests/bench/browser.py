"""What goes to a browser for a poll: when nothing changed, and when 1 % of the runners did.

Messages are counted as the page gets them, before compression would make them smaller.
"""

import json
from typing import Any

import httpx
from playwright.sync_api import Page

from tests.bench.api import Api, demo_api
from tests.bench.page import Traffic, chromium, web_console
from tests.bench.rows import Row, progress

RUNNERS = 1_000
POLL_SECONDS = 1
SHARE = 0.01
CHANGES = 5
WATCHED_SECONDS = 10
SETTLING_SECONDS = 4

Cells = dict[tuple[str, int], Any]


def browser_rows() -> list[Row]:
    progress("bytes to a browser …")
    with demo_api(RUNNERS) as api, web_console(api, POLL_SECONDS) as url, chromium() as browser:
        page = browser.new_page()
        traffic = Traffic(page)
        page.goto(url)
        page.get_by_role("row").nth(1).wait_for()
        page.wait_for_timeout(1000 * SETTLING_SECONDS)
        return [_unchanged_row(page, traffic), _changed_row(page, traffic, api, url)]


def _unchanged_row(page: Page, traffic: Traffic) -> Row:
    traffic.messages.clear()
    page.wait_for_timeout(1000 * WATCHED_SECONDS)
    polls = WATCHED_SECONDS / POLL_SECONDS
    return Row(
        "page: bytes for a poll that finds nothing changed, beside the heartbeat",
        "the heartbeat",
        traffic.others / polls,
        traffic.beats / polls,
        "B",
        most=0,
    )


def _changed_row(page: Page, traffic: Traffic, api: Api, url: str) -> Row:
    sent, least = 0, 0
    for _ in range(CHANGES):
        before = _cells(url)
        traffic.messages.clear()
        api.change(SHARE)
        page.wait_for_timeout(1000 * (POLL_SECONDS + 1))
        sent += traffic.others
        least += len(_changed(before, _cells(url)))
    return Row(
        f"page: bytes for a poll that finds {SHARE:.0%} of {RUNNERS:,} runners changed",
        "the changed cells as JSON",
        sent / CHANGES,
        least / CHANGES,
        "B",
        most_ratio=2,
    )


def _cells(url: str) -> Cells:
    rows = httpx.get(f"{url}/rows").json()["rows"]
    return {(key, column): cell for key, cells in rows for column, cell in enumerate(cells)}


def _changed(before: Cells, after: Cells) -> bytes:
    cells = [[*place, cell] for place, cell in after.items() if before.get(place) != cell]
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()
