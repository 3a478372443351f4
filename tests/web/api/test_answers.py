"""What the API answers: the records of the core, a page at a time, with the age of the data."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.fleet.snapshot import AccountState, Problem, ProblemKind, Snapshot
from console.view.filter import parse_filter
from console.view.query import Query
from console.view.records import FIELDS, runner_records
from tests.console.fleets import HEALTHY, NOW, demo_snapshot, snapshot_of
from tests.web.api.stage import StillFleet, staged
from web.api.answers import RunnerRecord
from web.api.asking import FARTHEST, MOST_AT_ONCE, ORDERS

TROUBLE = Problem(ProblemKind.UNREACHABLE, "no answer", NOW, NOW + timedelta(seconds=15))


def test_the_model_of_a_runner_has_the_fields_of_a_record_in_their_order() -> None:
    names = [name for name in RunnerRecord.model_fields if name != "account"]
    assert tuple(names) == FIELDS


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("sort", ORDERS)
async def test_runners_are_the_records_of_the_command_line_in_its_order(
    sort: str, order: str
) -> None:
    text = "track:stable,current -name:old*"
    query = Query(parse_filter(text), sort, order == "desc")
    async with staged() as stage:
        answer = await stage.get(f"/api/runners?filter={text}&sort={sort}&order={order}")
        expected = runner_records(stage.fleet.snapshot, query, NOW)
    body = answer.json()
    assert body["runners"] == expected
    assert (body["matching"], body["total"]) == (len(expected), 24)


async def test_the_pages_of_a_fleet_are_the_fleet() -> None:
    async with staged() as stage:
        whole = (await stage.get("/api/runners")).json()
        found, offset = [], 0
        while offset is not None:
            page = (await stage.get(f"/api/runners?limit=7&offset={offset}")).json()
            found += page["runners"]
            offset = page["next_offset"]
        beyond = (await stage.get(f"/api/runners?offset={FARTHEST}")).json()
    assert found == whole["runners"]
    assert whole["next_offset"] is None
    assert (beyond["runners"], beyond["next_offset"], beyond["matching"]) == ([], None, 24)


async def test_one_runner_is_told_by_its_id() -> None:
    async with staged() as stage:
        first = (await stage.get("/api/runners?limit=1")).json()["runners"][0]
        assert (await stage.get(f"/api/runners/{first['id']}")).json()["runner"] == first
        gone = await stage.get("/api/runners/no-such-runner")
    assert (gone.status_code, gone.json()["title"]) == (404, "Not Found")


async def test_the_age_of_the_data_and_what_is_wrong_are_in_every_answer() -> None:
    for snapshot, problem in (
        (snapshot_of(HEALTHY), None),
        (replace(snapshot_of(HEALTHY), problem=TROUBLE), "cannot be reached"),
    ):
        async with staged(snapshot) as stage:
            stage.fleet.now = NOW + timedelta(seconds=90)
            for path in ("/api/runners", "/api/runners/1", "/api/summary", "/api/releases"):
                answer = await stage.get(path)
                data = answer.json()["data"]
                assert (data["age_seconds"], data["is_stale"]) == (90.0, True)
                assert data["read_at"] == "2026-10-07T12:00:00+00:00"
                assert answer.headers["maia-data-age"] == "90.0"
                assert (problem or "") in (data["problem"] or "")


async def test_a_fleet_that_was_never_read_is_empty_and_says_so() -> None:
    async with staged(Snapshot()) as stage:
        body = (await stage.get("/api/runners")).json()
        summary = (await stage.get("/api/summary")).json()
    assert (body["runners"], body["total"], body["data"]["age_seconds"]) == ([], 0, None)
    assert summary["verdict"] == "The fleet has not been read yet."


async def test_the_summary_counts_what_its_filters_list() -> None:
    async with staged() as stage:
        summary = (await stage.get("/api/summary")).json()
        part = (await stage.get("/api/summary?filter=track:stable")).json()
        for count in summary["counts"]:
            listed = (await stage.get(f"/api/runners?filter={count['filter']}&limit=1")).json()
            assert listed["matching"] == count["count"], count
    assert summary["total"] == part["total"] == 24
    assert part["matching"] < 24


async def test_each_of_several_accounts_is_told_with_its_own_age_and_problem() -> None:
    fleet = replace(
        snapshot_of(replace(HEALTHY, account="eu"), replace(HEALTHY, id="2", account="us")),
        accounts=(
            AccountState("eu", NOW),
            AccountState("us", NOW - timedelta(hours=1), TROUBLE, is_read_only=True),
        ),
    )
    async with staged(fleet, name="eu, us") as stage:
        listed = (await stage.get("/api/runners?sort=account")).json()["runners"]
        accounts = (await stage.get("/api/summary")).json()["accounts"]
    assert [each["account"] for each in listed] == ["eu", "us"]
    assert [(each["name"], each["data"]["is_stale"]) for each in accounts] == [
        ("eu", False),
        ("us", True),
    ]
    assert "cannot be reached" in accounts[1]["data"]["problem"]


async def test_who_asks_again_with_the_tag_gets_no_body_until_something_is_new() -> None:
    async with staged(snapshot_of(HEALTHY)) as stage:
        first = await stage.get("/api/runners")
        tag = first.headers["etag"]
        stage.fleet.now += timedelta(seconds=20)
        stage.fleet.snapshot = replace(snapshot_of(HEALTHY), taken=NOW + timedelta(seconds=15))
        for known in (tag, f'"x", {tag}', "*", tag.removeprefix("W/")):
            again = await stage.get("/api/runners", **{"if-none-match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert (again.headers["etag"], again.headers["maia-data-age"]) == (tag, "5.0")
        stage.fleet.snapshot = snapshot_of(replace(HEALTHY, status="paused"))
        changed = await stage.get("/api/runners", **{"if-none-match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert changed.headers["cache-control"] == "private, no-cache"


async def test_a_reading_that_fails_is_something_new() -> None:
    async with staged(snapshot_of(HEALTHY)) as stage:
        tag = (await stage.get("/api/runners")).headers["etag"]
        stage.fleet.snapshot = replace(stage.fleet.snapshot, problem=TROUBLE)
        assert (await stage.get("/api/runners", **{"if-none-match": tag})).status_code == 200


async def test_head_tells_the_headers_alone() -> None:
    async with staged() as stage:
        full, head = await stage.get("/api/runners"), await stage.client.head("/api/runners")
    assert head.status_code == 200
    assert head.headers["etag"] == full.headers["etag"]


async def test_ten_thousand_runners_are_told_a_thousand_at_a_time_and_quickly() -> None:
    async with staged(demo_snapshot(10_000)) as stage:
        await stage.get("/api/runners")
        began = time.process_time()
        body = (await stage.get(f"/api/runners?limit={MOST_AT_ONCE}")).json()
        assert time.process_time() - began < 1
    assert (len(body["runners"]), body["total"], body["next_offset"]) == (1000, 10_000, 1000)


@pytest.mark.parametrize(
    ("asked", "where", "told"),
    [
        ("filter=status:runing", "filter", "Did you mean running?"),
        ("filter=nix:1", "filter", "is not a field"),
        ('filter="open', "filter", "not closed"),
        ("filter=" + "a" * 501, "filter", "at most 500"),
        ("filter=" + "a+" * 21, "filter", "20 terms at most"),
        ("filters=a", "filters", "no such parameter"),
        ("sort=banana", "sort", "Allowed: name, account"),
        ("order=up", "order", "'asc' or 'desc'"),
        ("limit=0", "limit", "greater than or equal to 1"),
        ("limit=1001", "limit", "less than or equal to 1000"),
        ("limit=", "limit", "whole number"),
        ("limit=1e3", "limit", "whole number"),
        ("offset=-1", "offset", "greater than or equal to 0"),
        ("offset=" + "9" * 5000, "offset", ""),
        ("limit=1&limit=2", "limit", "given twice"),
        ("limit=%00", "limit", "whole number"),
    ],
)
async def test_a_parameter_that_cannot_be_used_is_refused_with_its_name_and_why(
    asked: str, where: str, told: str
) -> None:
    async with staged() as stage:
        answer = await stage.get(f"/api/runners?{asked}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["title"]) == (400, "Bad Request")
    assert body["faults"][0]["where"] == where
    assert told in body["faults"][0]["detail"]
    assert len(answer.content) < 2000


async def test_a_fault_in_a_filter_is_told_with_its_place() -> None:
    async with staged() as stage:
        answer = await stage.get("/api/summary?filter=track:stable status:runing")
    assert answer.json()["faults"][0]["position"] == 20


@pytest.mark.parametrize("path", ["/api/", "/api/nix", "/api/runners/", "/api/../nix"])
async def test_an_address_that_there_is_not_is_not_found(path: str) -> None:
    async with staged() as stage:
        assert (await stage.get(path)).status_code == 404


@given(text=st.text(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_typed_is_answered_or_refused_in_a_sentence(text: str) -> None:
    async with staged(snapshot_of(HEALTHY)) as stage:
        answer = await stage.client.get("/api/runners", params={"filter": text, "sort": text[:1]})
        listed = await stage.client.get("/api/runners", params={"filter": text})
    assert answer.status_code == 400
    assert listed.status_code in (200, 400)
    assert "Traceback" not in listed.text


async def test_a_fault_of_the_console_is_told_without_what_it_was() -> None:
    class Broken(StillFleet):
        @property
        def snapshot(self) -> Snapshot:
            raise RuntimeError("secret thing")

        @snapshot.setter
        def snapshot(self, snapshot: Snapshot) -> None:
            pass

    async with staged() as stage:
        stage.fleet.__class__ = Broken
        answer = await stage.get("/api/runners")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["detail"].startswith("The console failed; its log says why, under ")


async def test_hostile_names_are_data_like_any_other() -> None:
    async with staged(demo_snapshot(60, hostile=True)) as stage:
        answer = await stage.get("/api/runners")
        expected = runner_records(stage.fleet.snapshot, Query(), NOW)
    assert answer.content.isascii()
    assert answer.json()["runners"] == expected


async def test_the_page_that_explains_it_names_everything_and_needs_no_script() -> None:
    async with staged() as stage:
        document = (await stage.get("/api/openapi.json")).json()
        page = (await stage.get("/api/docs")).text
    for path in document["paths"]:
        assert f"/api{path}" in page
    for schema in document["components"]["schemas"]:
        assert f'id="object-{schema}"' in page
    assert not re.search(r"<script|style=|https?://(?!CONSOLE)", page)


async def test_the_page_in_docs_names_every_address_and_parameter() -> None:
    text = (Path(__file__).parents[3] / "docs/api.md").read_text("utf-8")
    async with staged() as stage:
        document = (await stage.get("/api/openapi.json")).json()
    for path, methods in document["paths"].items():
        assert f"| `/api{path}` |" in text
        for parameter in methods["get"].get("parameters", ()):
            assert f"`{parameter['name']}`" in text or parameter["in"] == "path"
