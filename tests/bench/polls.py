"""How many calls the API gets for one reading of the fleet, however many look at it."""

import math
import time

from tests.bench.api import Api, demo_api
from tests.bench.page import chromium, web_console
from tests.bench.rows import Row, progress

RUNNERS = 1_000
PAGE_SIZE = 100
VIEWERS = (1, 20)
POLL_SECONDS = 2
POLLS = 5


def poll_rows() -> list[Row]:
    with demo_api(RUNNERS) as api:
        return [_row(api, viewers) for viewers in VIEWERS]


def _row(api: Api, viewers: int) -> Row:
    progress(f"calls with {viewers} viewers …")
    with web_console(api, POLL_SECONDS) as url, chromium() as browser:
        for _ in range(viewers):
            page = browser.new_page()
            page.goto(url)
        page.get_by_role("row").nth(1).wait_for()
        before = _calls_at_rest(api)
        for _ in range(POLLS):
            _await_poll(api)
        calls = (api.list_calls() - before) / POLLS
    least = math.ceil(RUNNERS / PAGE_SIZE)
    people = "1 viewer" if viewers == 1 else f"{viewers} viewers"
    return Row(
        f"API calls for a poll, {RUNNERS:,} runners, {people}",
        "one call for each hundred runners",
        calls,
        least,
        "calls",
        most_ratio=1,
    )


def _await_poll(api: Api) -> None:
    before = api.list_calls()
    while api.list_calls() == before:
        time.sleep(0.02)
    _calls_at_rest(api)


def _calls_at_rest(api: Api) -> int:
    """The count once no reading of the fleet is under way."""
    calls = api.list_calls()
    while True:
        time.sleep(POLL_SECONDS / 4)
        if (now := api.list_calls()) == calls:
            return calls
        calls = now
