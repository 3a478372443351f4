"""A session sends notifications only where it is told to, and tells what it counts of the API."""

from pathlib import Path

import pytest

from console.accounts import SessionRequest
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World
from console.session import open_session
from tests.console.fleets import NOW


@pytest.mark.parametrize("tells", [True, False])
async def test_only_a_server_that_lasts_sends_notifications(
    tells: bool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """That a setting is missing is said only where notifications would be sent."""
    monkeypatch.setenv("MAIA_CONSOLE_NOTICES", "runner_lost")
    monkeypatch.setenv("MAIA_CONSOLE_DATABASE_URL", f"sqlite:///{tmp_path / 'journal'}")
    monkeypatch.setenv("MATILLION_CLIENT_ID", "demo")
    monkeypatch.setenv("MATILLION_CLIENT_SECRET", "demo-secret")
    with serve(build_app(World(clock=lambda: NOW))) as url:
        monkeypatch.setenv("MAIA_CONSOLE_API_URL", f"{url}/dpc")
        monkeypatch.setenv("MAIA_CONSOLE_TOKEN_URL", f"{url}/oauth/dpc/token")
        request = SessionRequest(config=tmp_path / "none.toml", clock=lambda: NOW, tells=tells)
        async with open_session(request) as session:
            await session.store.refresh()
            (traffic,) = session.traffic.values()
            assert traffic.calls["GET"] >= 1
    assert ("the setting notice_urls is empty" in caplog.text) is tells
