"""A command that is told to end leaves nothing behind, and ends as whoever told it expects."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LIMIT = 20
TELLS_WHEN_CLOSED = """
import signal, sys
from console.cli.endings import ending_in_order
with ending_in_order():
    try:
        print("open", flush=True)
        signal.pause()
    finally:
        print("closed", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_demo_leaves_no_folder_behind(number: signal.Signals, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "console", "web", "--demo", "--port", "0"],
        env={**os.environ, "HOME": str(tmp_path), "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert re.search("Web console: .*", process.stderr.readline())
        assert any(temporary.glob("maia-console-demo-*"))
        process.send_signal(number)
        _, said = process.communicate(timeout=LIMIT)
    assert process.returncode == -number
    assert "Traceback" not in said
    assert not any(temporary.glob("maia-console-demo-*"))


def test_a_signal_that_was_ignored_from_the_start_stays_ignored() -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    with subprocess.Popen(
        [sys.executable, "-c", ignoring + TELLS_WHEN_CLOSED], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.send_signal(signal.SIGHUP)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=LIMIT)
    assert (said, process.returncode) == ("closed\n", -signal.SIGTERM)
