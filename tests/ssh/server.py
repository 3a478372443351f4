"""An OpenSSH server of the tests' own on loopback: its keys, its settings, one user, who is the one
that runs the tests. It never touches the machine's own.

`python -m tests.ssh.server` says what is missing for it, and fails when something is.
"""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SSHD_PLACES = ("/usr/sbin/sshd", "/usr/local/sbin/sshd")
NEEDED = ("ssh", "ssh-keygen")
PRIVILEGE_FOLDER = Path("/run/sshd")
LIMIT = 20.0

SETTINGS = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowUsers {user}
PrintMotd no
{more}
"""


@dataclass(frozen=True, slots=True)
class SshServer:
    folder: Path
    port: int
    user: str

    def authorize(self, options: str = "") -> None:
        """Lets the client's key in, with the options of `authorized_keys` before it."""
        key = (self.folder / "client_key.pub").read_text()
        (self.folder / "authorized_keys").write_text(f"{options} {key}".lstrip())

    def command(self, *more: str) -> list[str]:
        """The client's command line, on a terminal."""
        settings = ("StrictHostKeyChecking=no", f"UserKnownHostsFile={self.folder}/known_hosts")
        quiet = ("LogLevel=ERROR", "IdentitiesOnly=yes", "IdentityAgent=none", "EscapeChar=none")
        options = [part for each in (*settings, *quiet) for part in ("-o", each)]
        key = str(self.folder / "client_key")
        where = ["-p", str(self.port), f"{self.user}@127.0.0.1"]
        return ["ssh", "-F", os.devnull, "-tt", "-i", key, *options, *where, *more]


def missing() -> str:
    """What keeps the server from being started, in one sentence; "" if nothing does."""
    absent = [name for name in NEEDED if shutil.which(name) is None]
    if _sshd() is None:
        absent.append("sshd")
    if absent:
        return f"Not installed: {', '.join(absent)}. apt-get install openssh-server openssh-client"
    return ""


@contextmanager
def ssh_server(folder: Path, more: str = "") -> Iterator[SshServer]:
    """`more` stands at the end of the server's settings."""
    sshd = _sshd()
    assert sshd
    for name in ("host_key", "client_key"):
        arguments = ["-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(["ssh-keygen", *arguments], check=True)
    if os.getuid() == 0:
        PRIVILEGE_FOLDER.mkdir(mode=0o755, exist_ok=True)
    server = SshServer(folder, _free_port(), getpass.getuser())
    settings = folder / "sshd_config"
    values = {"port": server.port, "folder": folder, "user": server.user, "more": more}
    settings.write_text(SETTINGS.format(**values))
    log = folder / "sshd.log"
    process = subprocess.Popen([sshd, "-D", "-f", str(settings), "-E", str(log)])
    try:
        _await_answer(server.port, log)
        yield server
    finally:
        process.terminate()
        process.wait()


def _sshd() -> str | None:
    """It has to be called by its full path."""
    return shutil.which("sshd") or next(filter(os.path.exists, SSHD_PLACES), None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _await_answer(port: int, log: Path) -> None:
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise TimeoutError(log.read_text())


if __name__ == "__main__":
    sys.exit(missing() or 0)
