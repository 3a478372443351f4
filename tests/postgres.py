"""Finds a PostgreSQL server for the journal's tests, and runs one of their own; installs none.

`python -m tests.postgres` prints where it is, and fails where there is none.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOW_TO_INSTALL = "No PostgreSQL was found. As root: apt-get install postgresql"
DEBIAN = Path("/usr/lib/postgresql")
USER = "console"
PASSWORD = "hidden-thing"
UNPRIVILEGED = "postgres"
"""Who the server runs as when the tests run as root, which it refuses to be."""

UNSAFE_BUT_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """A server on loopback with databases that last as long as it does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._databases = 0

    def address(self, database: str, password: str = PASSWORD) -> str:
        return f"postgresql://{USER}:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """The address of an empty one."""
        self._databases += 1
        name = f"test_{self._databases}"
        self.tell(f"CREATE DATABASE {name}")
        return self.address(name)

    def tell(self, statement: str, database: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute(statement)


def postgres_folder() -> Path | None:
    """Where initdb and postgres are: on the PATH, or Debian's newest."""
    initdb = shutil.which("initdb")
    folders = [Path(initdb).parent] if initdb else []
    folders += sorted(DEBIAN.glob("*/bin"), key=lambda each: each.parent.name, reverse=True)
    return next((each for each in folders if (each / "postgres").exists()), None)


@contextmanager
def running_cluster(programs: Path) -> Iterator[Cluster]:
    """A new server; stopped and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        data, secret = Path(folder, "data"), Path(folder, "password")
        secret.write_text(PASSWORD)
        user = UNPRIVILEGED if os.geteuid() == 0 else None
        if user is not None:
            for path in (folder, secret):
                shutil.chown(path, user)
        login = ["--auth=scram-sha-256", f"--username={USER}", f"--pwfile={secret}"]
        shape = ["--encoding=UTF8", "--locale=C", "--no-sync"]
        initdb = [str(programs / "initdb"), "-D", str(data), *login, *shape]
        subprocess.run(initdb, user=user, cwd=folder, check=True, capture_output=True)
        port = _free_port()
        settings = (*UNSAFE_BUT_QUICK, "listen_addresses=127.0.0.1", "shared_buffers=16MB")
        server = subprocess.Popen(
            [
                *(str(programs / "postgres"), "-D", str(data), "-k", folder, "-p", str(port)),
                *(word for setting in settings for word in ("-c", setting)),
            ],
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            cluster = Cluster(port)
            _wait_for(cluster, server)
            yield cluster
        finally:
            server.send_signal(2)  # ends the connections that are open
            server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    import psycopg

    deadline = time.monotonic() + 30
    while True:
        try:
            cluster.tell("SELECT 1")
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    where = postgres_folder()
    print(where or HOW_TO_INSTALL, file=sys.stdout if where else sys.stderr)
    sys.exit(where is None)
