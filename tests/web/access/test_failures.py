"""Where the console itself fails, the browser is told a number, and only the log the reason."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.web.access.stage import PAGE
from tests.web.rooms import rooms
from web.access.failures import Failures

SECRET = "what nobody is to read"
NUMBER = re.compile(r"\b[0-9a-f]{8}\b")
FAILING = {
    "/releases": "add_releases_page.releases_view",
    "/releases.ics": "add_calendar_file.calendar_feed",
    "/rows": "address_from",
    "/api/runners": "build_api.runners_json",
    "/first-admin": "add_doors.add_first_admin.plain_page",
}
"""What is called for each, as seen from the function that builds the application."""


def fail(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


def break_in(monkeypatch: pytest.MonkeyPatch, called: str) -> None:
    """The modules are not asked for by name: each application may have been built of others."""
    *way, name = called.split(".")
    place = import_module("web.app").__dict__
    for step in way:
        place = place[step].__globals__
    assert name in place
    monkeypatch.setitem(place, name, fail)


@pytest.mark.parametrize("path", FAILING)
async def test_a_failure_has_a_number_under_which_the_log_has_it(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with rooms(tmp_path, monkeypatch) as house:
        break_in(monkeypatch, FAILING[path])
        for headers in (PAGE, {}):
            caplog.clear()
            answer = await house.client.get(f"{path}?filter=x", headers=headers)
            assert answer.status_code == 500
            assert SECRET not in answer.text
            assert "Traceback" not in answer.text
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            (record,) = [each for each in caplog.records if each.levelname == "ERROR"]
            (reference,) = set(NUMBER.findall(answer.text))
            assert f"failure {reference}: GET '{path}'" in record.message
            assert SECRET in caplog.text
            assert "filter=x" not in caplog.text
            is_page = headers is PAGE and not path.startswith("/api")
            assert ("<h1>The console failed</h1>" in answer.text) == is_page


@pytest.mark.parametrize(("is_gone", "number"), [(True, 0), (False, 1)])
async def test_a_browser_that_went_away_is_no_failure(
    is_gone: bool, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def abandoned(*_: object) -> None:
        raise RuntimeError("No response returned.")

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect" if is_gone else "http.request"}

    sent: list[object] = []

    async def send(message: object) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    await Failures(abandoned)(scope, receive, send)
    assert (len(caplog.records), bool(sent)) == (number, bool(number))


async def test_a_form_that_fails_is_answered_with_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with rooms(tmp_path, monkeypatch) as house:
        break_in(monkeypatch, "add_doors.add_sign_in.form_of")
        headers = {**PAGE, "origin": "http://localhost"}
        answer = await house.client.post("/sign-in", data={"name": "a"}, headers=headers)
        assert answer.status_code == 500
        assert 'href="/">To the runners</a>' in answer.text
