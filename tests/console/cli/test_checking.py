"""`check`: states, thresholds and performance data as monitoring plugins have them."""

import re

import pytest

from console.cli.checking import plugin_line
from console.cli.exits import PluginState
from console.demo.server import build_app
from console.demo.world import World
from console.view.overview import overview
from tests.console.cli.calling import Connect, Console
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, snapshot_of

DATA = re.compile(r"^(\w+)=(\d+);(\d*);(\d*);0$")


def test_a_healthy_fleet_is_ok() -> None:
    state, line = plugin_line(overview(snapshot_of(HEALTHY), NOW), {}, {"offline": 0})
    assert state is PluginState.OK
    assert line.startswith("MAIA OK - 1 running of 1 runners | runners=1;;;0 running=1;;;0 ")


def test_more_than_the_threshold_is_needed() -> None:
    counted = overview(demo_snapshot(), NOW)
    paused = next(each.count for each in counted.headlines if each.key == "paused")
    assert plugin_line(counted, {"paused": paused}, {})[0] is PluginState.OK
    assert plugin_line(counted, {"paused": paused - 1}, {})[0] is PluginState.WARNING
    assert plugin_line(counted, {"paused": 0}, {"paused": paused - 1})[0] is PluginState.CRITICAL


@pytest.mark.usefixtures("fleet")
def test_without_thresholds_what_is_out_of_support_offline_or_unknown_is_critical(
    console: Console,
) -> None:
    ended = console("check")
    assert (ended.code, ended.err) == (2, "")
    assert ended.out.startswith(
        "MAIA CRITICAL - 2 out of support, 2 offline, 1 unknown of 24 runners | "
    )


@pytest.mark.usefixtures("fleet")
def test_one_line_ends_with_performance_data_that_plugins_understand(console: Console) -> None:
    ended = console("check", "--warning", "paused=1", "--critical", "offline=9")
    assert ended.code == 1
    (line,) = ended.out.splitlines()
    fields = [DATA.match(field) for field in line.split(" | ")[1].split()]
    assert all(fields)
    values = {field[1]: field.groups()[1:] for field in fields if field}
    assert values["paused"] == ("3", "1", "")
    assert values["offline"] == ("2", "", "9")
    assert values["runners"] == ("24", "", "")


@pytest.mark.usefixtures("fleet")
def test_a_runner_that_leaves_support_too_soon_is_critical_and_counted(console: Console) -> None:
    only = ("check", "--critical", "offline=9", "--filter", "leaves:yes")
    near, far = console(*only, "--fail-within", "0d"), console(*only, "--fail-within", "60w")
    assert (near.code, far.code) == (0, 2)
    assert near.out.rstrip().endswith(" leaving=0;;0;0")
    told = re.search(
        r"MAIA CRITICAL - (\d+) leaving support soon of .* leaving=(\d+);;0;0$", far.out
    )
    assert told
    assert told[1] == told[2]
    assert "leaving=" not in console(*only).out


@pytest.mark.usefixtures("fleet")
def test_a_filter_limits_what_is_counted(console: Console) -> None:
    ended = console("check", "--filter", "status:running connected:yes support:supported")
    assert ended.code == 0
    assert ended.out.startswith("MAIA OK - ")


@pytest.mark.usefixtures("fleet")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--warning", "paussed=1"),
        ("--critical", "offline=many"),
        ("--filter", "status:nothing"),
        ("--sort", "nothing"),
        ("--no-such-option",),
        ("--fail-within", "soon"),
        ("--demo-runners", "few"),
    ],
)
def test_a_wrong_value_is_unknown_and_never_critical(
    console: Console, arguments: tuple[str, ...]
) -> None:
    ended = console("check", *arguments)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err


def test_a_fleet_that_cannot_be_read_is_unknown(console: Console, connect: Connect) -> None:
    connect(build_app(World(), "denied"))
    ended = console("check")
    assert (ended.code, ended.out) == (3, "")
    assert "Maia does not allow this machine's address." in ended.err


def test_without_credentials_it_is_unknown(console: Console) -> None:
    ended = console("check")
    assert (ended.code, ended.out) == (3, "")
    assert "No account is connected yet." in ended.err
