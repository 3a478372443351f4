"""Records a restart in the terminal console, from selection to done, as an asciinema cast: what the
real program writes on a pseudo-terminal, and when. `python -m screenshots.cast`.

Long pauses are shortened, as asciinema's idle limit does.
"""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from codecs import getincrementaldecoder
from pathlib import Path

COLUMNS, LINES = 120, 32
CAST = Path(__file__).with_name("restart.cast")
PROGRAM = str(Path(sys.executable).with_name("maia-console"))
LONGEST_PAUSE = 1.2
LIMIT = 120.0

SCRIPT: tuple[tuple[str, str], ...] = (
    ("prod-us-fargate", ""),
    ("", "j"),
    ("", "j"),
    ("", "/"),
    ("", "name:iot-gke"),
    ("", "\r"),
    ("", "r"),
    ("Restart: iot-gke", ""),
    ("", "\r"),
    ("done after", ""),
    ("", "\x1b"),
    ("", ""),
)
"""What is waited for on the screen, then what is typed; each pair is followed by a short rest."""

Event = tuple[float, str]


def main() -> int:
    with tempfile.TemporaryDirectory() as data:
        events = _recorded(data)
    header = {
        "version": 2,
        "width": COLUMNS,
        "height": LINES,
        "title": "A restart over SSH, from selection to done",
        "env": {"TERM": "xterm-256color"},
    }
    lines = [header, *([round(moment, 3), "o", text] for moment, text in _hurried(events))]
    CAST.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    print(f"{CAST.name}  {CAST.stat().st_size // 1000} KB")
    return 0


def _recorded(data: str) -> list[Event]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", "XDG_DATA_HOME": data}
    process = subprocess.Popen(
        [PROGRAM, "--demo", "--no-mouse"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        return _played(ours)
    finally:
        process.terminate()
        process.wait()
        os.close(ours)


def _played(handle: int) -> list[Event]:
    begun, events, decode = time.monotonic(), [], getincrementaldecoder("utf-8")().decode
    for awaited, keys in SCRIPT:
        seen = ""
        deadline = time.monotonic() + (LIMIT if awaited else LONGEST_PAUSE)
        while awaited not in seen if awaited else time.monotonic() < deadline:
            if time.monotonic() > deadline:
                raise SystemExit(f"{awaited!r} was not seen.")
            if select.select([handle], [], [], 0.1)[0]:
                text = decode(os.read(handle, 65536))
                seen += text
                events.append((time.monotonic() - begun, text))
        if keys:
            os.write(handle, keys.encode())
    return events


def _hurried(events: list[Event]) -> list[Event]:
    """With no pause longer than asciinema players wait by default."""
    hurried: list[Event] = []
    now = before = 0.0
    for moment, text in events:
        now += min(moment - before, LONGEST_PAUSE)
        before = moment
        hurried.append((now, text))
    return hurried


if __name__ == "__main__":
    sys.exit(main())
