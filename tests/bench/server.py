"""A server under test as a process: what it costs, as the kernel counts it."""

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NANOSECONDS = 1_000_000_000

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass(frozen=True, slots=True)
class Server:
    """`process` serves at `url`."""

    url: str
    process: "subprocess.Popen[str]"

    @property
    def cpu_seconds(self) -> float:
        """Spent by all its threads that still run, as the scheduler counts it: the clock's ticks
        are longer than much of what is measured."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in threads) / NANOSECONDS

    @property
    def megabytes(self) -> float:
        """What it has in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def serving(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Server]:
    """Once it has said where it is served."""
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        try:
            url = next(found[0] for line in process.stdout if (found := ADDRESS.search(line)))
            yield Server(url, process)
        finally:
            process.terminate()
