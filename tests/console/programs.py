"""Programs of their own that work on one database at the same moment."""

import subprocess
import sys
from collections.abc import Iterable

from console.journal.databases import Database


def at_once(
    code: str, database: Database, each: Iterable[tuple[str, ...]]
) -> list[tuple[str, str]]:
    """What each wrote to standard output and standard error; all have ended well. A program has the
    kind and the place of the database as its arguments, and its own `each` after them; it says
    "ready" and waits for a line."""
    kind = "sqlite" if database.path else "postgresql"
    where = [kind, str(database.path or database.address)]
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, *where, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for arguments in each
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    told = [program.communicate(timeout=30) for program in programs]
    assert not any(program.returncode for program in programs), told
    return told
