"""The whole application over HTTP, without a browser: health, rows, wall, and the page itself."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from console.accounts import SessionRequest
from console.api.http import httpx
from console.session import open_session

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
async def browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application on the demo fleet. NiceGUI keeps state of the process, which is
    put back to its beginning."""
    monkeypatch.setenv("NICEGUI_STORAGE_PATH", str(tmp_path))
    from nicegui.testing.general import nicegui_reset_globals

    from web.app import build_app

    with nicegui_reset_globals():
        async with open_session(SessionRequest(demo=True, clock=lambda: NOW)) as session:
            await session.store.refresh()
            app = build_app(session, allowed_hosts=("localhost",))
            transport = httpx.ASGITransport(app=app)
            async with (
                app.router.lifespan_context(app),
                httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
            ):
                yield client


async def test_health_is_told_without_a_page_and_with_the_age_of_the_data(
    browser: httpx.AsyncClient,
) -> None:
    health = (await browser.get("/healthz")).json()
    assert health["status"] == "ok"
    assert (health["runners"], health["age_seconds"], health["is_stale"]) == (24, 0.0, False)


async def test_rows_come_filtered_and_sorted_as_asked(browser: httpx.AsyncClient) -> None:
    table = (await browser.get("/rows?filter=support:unsupported&sort=name")).json()
    assert table["caption"] == "2 of 24 runners"
    assert [cells[0][0] for _, cells in table["rows"]] == ["legacy-eks", "old-aci"]


async def test_a_wrong_filter_is_refused_with_its_position(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/rows?filter=status:runing")
    assert answer.status_code == 400
    assert answer.json()["position"] == 7


@pytest.mark.parametrize("path", ["/", "/?reverse=banana&sort=none", "/?filter=status:runing"])
async def test_the_page_bears_its_first_rows_whatever_the_address_says(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert "legacy-eks" in answer.text
    assert "set-cookie" not in answer.headers


async def test_the_wall_has_no_inline_script_and_the_strict_policy(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/wall")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "<script>" not in answer.text
    assert "style=" not in answer.text


async def test_the_calendar_of_releases_is_a_file_that_calendar_programs_read(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/releases.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    summaries = {str(event["summary"]) for event in events}
    assert any(summary.startswith("Stable release expected") for summary in summaries)
    assert any(summary.endswith("expected to leave support") for summary in summaries)


async def test_the_page_of_releases_tells_what_is_out_and_what_is_expected(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/releases")).text
    assert "Usually on the 1st of the month." in page
    assert "Thu 26 Nov 2026" in page
