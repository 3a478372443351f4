"""Many open pages or walls in a process of their own, which tells what came to them."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


class Viewers:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def taken(self) -> dict[str, float]:
        """What has come to each since it was last asked, in bytes before compression."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        told: dict[str, float] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def viewers_open(module: str, url: str, count: int) -> Iterator[Viewers]:
    """`module` of this folder opens so many, and says “open” once they are."""
    command = [sys.executable, "-m", f"tests.bench.{module}", url, str(count)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n", f"{module} could not be opened"
        try:
            yield Viewers(process)
        finally:
            process.terminate()
