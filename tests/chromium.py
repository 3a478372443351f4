"""Finds a Chromium for the browser tests, the benchmark and the screenshots; installs none.

`python -m tests.chromium` prints where it is, and fails where there is none.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
HOW_TO_INSTALL = (
    "No Chromium was found. Install one with “apt-get install chromium” or"
    " “playwright install chromium”, or name it in CHROMIUM_PATH."
)


def chromium_path() -> str | None:
    """CHROMIUM_PATH, one on the PATH, or Playwright's own. One that cannot say its version, such
    as a stub that only tells how to install it, does not count."""
    named = os.environ.get("CHROMIUM_PATH")
    found = [named] if named else [shutil.which(name) for name in NAMES]
    for path in (*found, *_downloaded()):
        if path and _starts(path):
            return path
    return None


def launch_arguments() -> dict[str, object]:
    """What `playwright.chromium.launch` takes. Raises SystemExit where there is no Chromium."""
    path = chromium_path()
    if path is None:
        raise SystemExit(HOW_TO_INSTALL)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": path,
        "chromium_sandbox": not is_root,
        "args": list(ARGUMENTS),
    }


def _downloaded() -> list[str]:
    """The Chromium builds that `playwright install` has put into the user's cache, newest first."""
    from platformdirs import user_cache_path

    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or user_cache_path("ms-playwright"))
    builds = folder.glob("chromium*/chrome-*/*chrom*")
    return [str(path) for path in sorted(builds, reverse=True) if os.access(path, os.X_OK)]


def _starts(path: str) -> bool:
    try:
        ended = subprocess.run([path, "--version"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


if __name__ == "__main__":
    where = chromium_path()
    print(where or HOW_TO_INSTALL, file=sys.stdout if where else sys.stderr)
    sys.exit(where is None)
