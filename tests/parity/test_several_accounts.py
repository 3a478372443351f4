"""Several accounts, one of them lost, in every front end: the same columns, cells, marks and
sentences."""

from collections.abc import Iterator

import pytest

from console.cli.showing import detail_lines
from console.fleet.snapshot import Snapshot
from console.view.detail import runner_detail
from console.view.overview import overview
from console.view.query import Query
from console.view.runners import runners_table
from console.view.wall import wall
from tests.console.several import Accounts
from tests.parity.test_one_snapshot import in_the_terminal, on_the_command_line, on_the_page
from web.wire import detail_json, verdict_json


@pytest.fixture
async def lost() -> Snapshot:
    return await Accounts().with_us_lost()


@pytest.fixture
def queries() -> Iterator[Query]:
    return (Query(sort=key, descending=down) for key in ("account", "name") for down in (0, 1))


async def test_every_front_end_shows_the_account_after_the_name(
    lost: Snapshot, queries: Iterator[Query]
) -> None:
    assert lost.taken is not None
    for query in queries:
        table = runners_table(lost, query, lost.taken)
        drawn = on_the_command_line(table)
        assert drawn[0][:3] == ["Runner", "Account", "Status"]
        assert sorted(row[1] for row in drawn[1:]) == ["? us", "? us", "eu", "eu"]
        assert on_the_page(table) == drawn
        assert await in_the_terminal(table, lost) == drawn


def test_what_is_wrong_is_told_in_the_same_words(lost: Snapshot) -> None:
    assert lost.taken is not None
    seen = overview(lost, lost.taken)
    page = verdict_json(seen)
    assert (page["verdict"], page["banner"]) == (seen.verdict, seen.banner)
    on_the_wall = wall(lost, lost.taken)
    assert on_the_wall.verdict == seen.verdict
    for sentence in on_the_wall.banner.split(". "):
        assert sentence.removesuffix(".") in seen.banner


def test_the_details_name_the_account_everywhere(lost: Snapshot) -> None:
    assert lost.taken is not None
    detail = runner_detail(lost, "3", lost.taken)
    told = "! us, which cannot be read now: as last read 10 min ago"
    assert detail is not None
    assert any(told in line for line in detail_lines(detail))
    account = detail_json(detail)["sections"][0]["facts"][0]
    assert f"{account['cell']['symbol']} {account['cell']['text']}" == told
