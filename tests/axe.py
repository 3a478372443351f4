"""Finds axe-core for the browser tests, in the version that tests/browser/package.json names;
installs none. `python -m tests.axe` prints where it is, and fails where there is none."""

import json
import sys
from pathlib import Path

WANTED = json.loads((Path(__file__).parent / "browser" / "package.json").read_text("utf-8"))
VERSION = WANTED["dependencies"]["axe-core"]
FOLDER = Path(sys.prefix) / "node"
SCRIPT = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
HOW_TO_INSTALL = (
    f"axe-core {VERSION} was not found. Install it with: "
    f"npm install --prefix {FOLDER} --no-package-lock --ignore-scripts axe-core@{VERSION}"
)


def axe_script() -> str | None:
    """The text of the script, to be run in a page."""
    if not SCRIPT.exists() or json.loads(_package())["version"] != VERSION:
        return None
    return SCRIPT.read_text("utf-8")


def _package() -> str:
    return (SCRIPT.parent / "package.json").read_text("utf-8")


if __name__ == "__main__":
    is_there = axe_script() is not None
    print(SCRIPT if is_there else HOW_TO_INSTALL, file=sys.stdout if is_there else sys.stderr)
    sys.exit(not is_there)
