"""The console at the other end of a real OpenSSH server."""

import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import pytest

from tests.ssh.server import SshServer, missing, ssh_server
from tests.tui.test_program import ENDED, Terminal
from tests.tui.test_signals import is_running, wait_until

CONSOLE = str(Path(sys.executable).with_name("maia-console"))

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if (reason := missing()) and not os.environ.get("CI"):
        pytest.skip(reason)
    assert not reason
    return tmp_path


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    """The user's own, from which they connect."""
    made = Terminal(folder / "tmux", folder)
    yield made
    made.close()


@pytest.fixture
def server(folder: Path) -> Iterator[SshServer]:
    with ssh_server(folder) as running:
        yield running


def forced(command: str, folder: Path) -> str:
    """Options of `authorized_keys`: the key does this and nothing else. The process leaves its
    number behind."""
    return f'command="{at_the_other_end(command, folder)}",restrict,pty'


def at_the_other_end(command: str, folder: Path) -> str:
    named = f"LANG=C.UTF-8 XDG_DATA_HOME={quote(str(folder / 'data'))}"
    return f"echo $$ > {quote(str(folder / 'pid'))}; exec env {named} {command}"


def test_a_forced_command_shows_the_table_and_its_end_ends_the_connection(
    server: SshServer, folder: Path, terminal: Terminal
) -> None:
    server.authorize(forced(f"{CONSOLE} --demo", folder))
    terminal.start(server.command(), 80, 24)
    drawn = terminal.wait_for(lambda screen: "prod-us-fargate" in screen)
    assert "logistics-aci" in drawn
    assert terminal.flag("mouse_any_flag") == "0"
    terminal.type("q")
    assert f"{ENDED} 0" in terminal.wait_for(lambda screen: ENDED in screen)
    assert terminal.flag("alternate_on") == "0"


def test_what_else_is_asked_for_is_not_run(
    server: SshServer, folder: Path, terminal: Terminal
) -> None:
    server.authorize(forced(f"{CONSOLE} --demo", folder))
    terminal.start(server.command("touch", str(folder / "broken-out")), 80, 24)
    terminal.wait_for(lambda screen: "prod-us-fargate" in screen)
    assert not (folder / "broken-out").exists()


def test_with_the_mouse_asked_for_it_is_reported_over_ssh_too(
    server: SshServer, folder: Path, terminal: Terminal
) -> None:
    server.authorize(forced(f"{CONSOLE} --demo --mouse", folder))
    terminal.start(server.command(), 80, 24)
    terminal.wait_for(lambda screen: "prod-us-fargate" in screen)
    assert terminal.flag("mouse_any_flag") == "1"


def test_a_server_s_own_command_for_a_user_is_read_only(folder: Path, terminal: Terminal) -> None:
    """As the login of someone who may look, whatever their key asks for: the login shell of the
    page, which a server calls with "-c" and what is to be run."""
    page = Path("docs/ssh.md").read_text()
    documented = re.search(r"```sh\n(#!/bin/sh\n)exec (maia-console .*)\n```", page)
    assert documented
    begun, ran = documented.groups()
    command = at_the_other_end(f"{ran.replace('maia-console', CONSOLE)} --demo", folder)
    script = folder / "maia-look"
    script.write_text(f"{begun}{command}\n")
    script.chmod(0o755)
    match = f"Match User *\n  ForceCommand {script} -c sh\n  DisableForwarding yes\n"
    with ssh_server(folder, match) as server:
        server.authorize()
        terminal.start(server.command("sh"), 80, 24)
        drawn = terminal.wait_for(lambda screen: "prod-us-fargate" in screen)
        assert "READ-ONLY" in drawn
        terminal.type("r")
        time.sleep(0.2)
        assert "Restart:" not in terminal.screen()


def test_a_lost_connection_leaves_no_process(
    server: SshServer, folder: Path, terminal: Terminal
) -> None:
    server.authorize(forced(f"{CONSOLE} --demo", folder))
    terminal.start(server.command(), 80, 24)
    terminal.wait_for(lambda screen: "prod-us-fargate" in screen)
    number = int((folder / "pid").read_text())
    assert is_running(number)
    terminal.close()
    wait_until(lambda: not is_running(number))


def test_a_restart_from_selection_to_done(
    server: SshServer, folder: Path, terminal: Terminal
) -> None:
    server.authorize(forced(f"{CONSOLE} --demo", folder))
    terminal.start(server.command(), 120, 34)
    terminal.wait_for(lambda screen: "prod-us-fargate" in screen)
    terminal.type("/")
    terminal.type("-l", "name:iot-gke")
    terminal.type("Enter")
    terminal.wait_for(lambda screen: "1 of 24" in screen)
    terminal.type("r")
    terminal.wait_for(lambda screen: "Restart: iot-gke" in screen)
    terminal.type("Enter")
    terminal.wait_for(lambda screen: "Restarting" in screen or "Restart:" in screen)
    done = terminal.wait_for(lambda screen: "Restart: done after" in screen)
    assert "Running" in done
