"""The demo API over HTTP: tokens, pages, commands and refusals as the vendor documents them."""

import json

import httpx
import pytest

from console.demo.server import build_app
from console.demo.world import World

AGENTS = "/dpc/v1/agents"
TOKEN = "/oauth/dpc/token"
FORM = {
    "grant_type": "client_credentials",
    "client_id": "demo",
    "client_secret": "demo-secret",
    "audience": "https://api.matillion.com",
}


def path(world: World, name: str, rest: str = "") -> str:
    return f"{AGENTS}/{world.named(name).id}{rest}"


def assert_problem(answer: httpx.Response, status: int) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(body)
    return body


async def test_a_token_is_good_for_half_an_hour_and_not_longer(api, clock) -> None:
    clock.move(seconds=1799)
    assert (await api.get(AGENTS)).status_code == 200
    clock.move(seconds=1)
    assert_problem(await api.get(AGENTS), 401)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic ZGVtbzpkZW1v"])
async def test_a_call_without_a_good_token_gets_401(api, header: str) -> None:
    assert_problem(await api.get(AGENTS, headers={"Authorization": header}), 401)


async def test_the_token_answer_says_what_the_vendor_says(api) -> None:
    answer = (await api.post(TOKEN, data=FORM)).json()
    assert {key: answer[key] for key in ("token_type", "expires_in", "scope")} == {
        "token_type": "Bearer",
        "expires_in": 1800,
        "scope": "pipeline-execution",
    }


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"client_secret": "wrong"}, 401),
        ({"client_id": "wrong"}, 401),
        ({"audience": "https://elsewhere.invalid"}, 400),
        ({"grant_type": "password"}, 400),
    ],
)
async def test_a_wrong_token_request_is_refused(api, change: dict, status: int) -> None:
    assert (await api.post(TOKEN, data=FORM | change)).status_code == status


async def test_the_audience_is_required_and_the_token_form_encoded(api) -> None:
    without = {key: value for key, value in FORM.items() if key != "audience"}
    assert (await api.post(TOKEN, data=without)).status_code == 400
    assert (await api.post(TOKEN, json=FORM)).status_code == 400


async def test_pages_hold_every_runner_once(api) -> None:
    pages = [(await api.get(AGENTS, params={"page": n, "size": 10})).json() for n in range(4)]
    assert [len(page["results"]) for page in pages] == [10, 10, 4, 0]
    assert all(page["total"] == 24 and page["size"] == 10 for page in pages)
    assert len({one["agentId"] for page in pages for one in page["results"]}) == 24


async def test_the_first_page_of_25_is_what_a_bare_list_answers(api) -> None:
    assert (await api.get(AGENTS)).json() == (
        await api.get(AGENTS, params={"page": 0, "size": 25})
    ).json()


@pytest.mark.parametrize(
    "query",
    ["page=-1", "page=x", "size=0", "size=101", "size=", "size=1e2", "page=" + "9" * 5000],
)
async def test_a_bad_page_is_a_problem_with_violations(api, query: str) -> None:
    assert assert_problem(await api.get(f"{AGENTS}?{query}"), 400)["violations"]


async def test_list_and_details_say_the_same(api) -> None:
    for one in (await api.get(AGENTS)).json()["results"]:
        assert (await api.get(f"{AGENTS}/{one['agentId']}")).json() == one


async def test_summaries_leave_out_status_and_version(world, open_client) -> None:
    async with open_client(build_app(world, summaries=True)) as client:
        one = (await client.get(AGENTS)).json()["results"][0]
        full = (await client.get(f"{AGENTS}/{one['agentId']}")).json()
    assert not {"agentStatus", "connected", "versionDetails"} & set(one)
    assert {"agentStatus", "connected", "versionDetails"} <= set(full)
    assert one.items() <= full.items()


async def test_an_unknown_runner_path_or_method_is_a_problem(api) -> None:
    body = assert_problem(await api.get(f"{AGENTS}/nobody"), 404)
    assert body["instance"] == "/v1/agents/nobody"
    assert_problem(await api.get("/dpc/v1/nothing"), 404)
    assert_problem(await api.put(AGENTS), 405)


async def test_a_restart_is_accepted_and_shows_when_the_clock_moves(api, world, clock) -> None:
    url = path(world, "finance-aca")
    before = (await api.get(url)).json()["versionDetails"]
    answer = await api.post(f"{url}/commands", json={"command": "RESTART"})
    assert (answer.status_code, answer.content) == (202, b"")
    assert (await api.get(url)).json()["agentStatus"] == "stopping"
    clock.move(seconds=9)
    assert (await api.get(url)).json()["connected"] is False
    clock.move(seconds=9)
    after = (await api.get(url)).json()
    assert (after["agentStatus"], after["connected"]) == ("running", True)
    assert before["agentUpdateAvailable"] is True
    assert after["versionDetails"]["agentVersion"] == before["trackVersion"]
    assert after["versionDetails"]["agentUpdateAvailable"] is False


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("prod-eu-fargate", {"command": "restart"}),
        ("prod-eu-fargate", {"command": ["RESTART"]}),
        ("prod-eu-fargate", {}),
        ("prod-eu-fargate", {"command": "RESUME"}),
        ("saas-shared", {"command": "PAUSE"}),
    ],
)
async def test_a_command_that_cannot_be_is_a_problem(api, world, name, body) -> None:
    assert_problem(await api.post(path(world, name, "/commands"), json=body), 400)


async def test_a_new_track_does_not_update_but_is_what_support_is_judged_by(api, world) -> None:
    url = path(world, "prod-eu-fargate")
    before = (await api.get(url)).json()["versionDetails"]
    answer = await api.patch(url, json={"trackName": "STABLE"})
    after = (await api.get(url)).json()["versionDetails"]
    assert (answer.status_code, answer.content) == (202, b"")
    assert after["trackName"] == "stable"
    assert after["agentVersion"] == before["agentVersion"]
    assert after["trackVersion"] != before["trackVersion"]
    assert (before["support"], after["support"]) == ("SUPPORTED", "OUT_OF_SUPPORT")


@pytest.mark.parametrize("value", [False, "false"])
async def test_flags_are_taken_as_booleans_and_as_text(api, world, value) -> None:
    url = path(world, "prod-eu-fargate")
    await api.patch(url, json={"enableAutoUpdates": value})
    assert (await api.get(url)).json()["enableAutoUpdates"] is False


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("customer-snowflake", {"trackName": "CURRENT"}),
        ("customer-snowflake", {"enableAutoUpdates": True}),
        ("orders-cdc", {"enableAutoUpdates": True}),
        ("orders-cdc", {"restrictedAccess": "true"}),
        ("saas-shared", {"name": "mine"}),
        ("prod-eu-fargate", {"trackName": "stable"}),
        ("prod-eu-fargate", {"name": ""}),
        ("prod-eu-fargate", {"name": "x" * 31}),
        ("prod-eu-fargate", {"name": None}),
        ("prod-eu-fargate", {"enableAutoUpdates": 1}),
        ("prod-eu-fargate", {"cloudProvider": "gcp"}),
        ("prod-eu-fargate", {"trackname": "STABLE"}),
    ],
)
async def test_a_patch_that_the_api_turns_down_changes_nothing(api, world, name, body) -> None:
    url = path(world, name)
    before = (await api.get(url)).json()
    assert_problem(await api.patch(url, json=body), 400)
    assert (await api.get(url)).json() == before


async def test_a_created_runner_is_pending_last_in_the_list_and_deletable(api) -> None:
    wanted = {
        "name": "new-eks",
        "agentType": "data_productivity_cloud",
        "cloudProvider": "aws",
        "deployment": "eks",
        "trackName": "stable",
        "enableAutoUpdates": True,
    }
    answer = await api.post(AGENTS, json=wanted)
    assert answer.status_code == 201
    assert (answer.json()["agentStatus"], answer.json()["description"]) == ("pending", "")
    assert (await api.get(AGENTS)).json()["results"][-1] == answer.json()
    url = f"{AGENTS}/{answer.json()['agentId']}"
    deleted = await api.delete(url)
    assert (deleted.status_code, deleted.content) == (202, b"")
    assert_problem(await api.get(url), 404)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"deployment": "aks"},
        {"cloudProvider": "moon"},
        {"trackName": "CURRENT"},
        {"agentType": "streaming", "enableAutoUpdates": True},
        {"cloudProvider": "snowflake", "deployment": "native app", "agentType": "streaming"},
        {"agentType": []},
    ],
)
async def test_a_runner_that_cannot_be_is_not_created(api, change: dict) -> None:
    wanted = {
        "name": "new",
        "agentType": "data_productivity_cloud",
        "cloudProvider": "aws",
        "deployment": "eks",
    }
    assert_problem(await api.post(AGENTS, json=wanted | change), 400)
    assert (await api.get(AGENTS)).json()["total"] == 24


@pytest.mark.parametrize("name", ["sandbox", "snowflake-app", "hr-aca"])
async def test_stopped_pending_and_unknown_runners_can_be_deleted(api, world, name) -> None:
    assert (await api.delete(path(world, name))).status_code == 202


@pytest.mark.parametrize("name", ["prod-eu-fargate", "prod-us-fargate", "ml-gke", "saas-shared"])
async def test_other_runners_cannot_be_deleted(api, world, name) -> None:
    assert_problem(await api.delete(path(world, name)), 400)


async def test_a_secret_stays_until_it_is_refreshed(api, world) -> None:
    url = path(world, "prod-eu-fargate", "/credentials")
    before = (await api.get(url)).json()
    assert (await api.get(url)).json() == before
    after = (await api.post(url, json={"action": "SECRET_REFRESH"})).json()
    assert after["clientId"] == before["clientId"]
    assert after["clientSecret"] != before["clientSecret"]
    assert (await api.get(url)).json() == after
    assert world.named("prod-eu-fargate").status == "unknown"
    assert_problem(await api.post(url, json={"action": "REVOKE"}), 400)


async def test_the_allow_list_is_replaced_added_to_and_shortened(api, world) -> None:
    url = path(world, "finance-aca", "/allowlist")
    one, two = (project.id for project in world.usage.projects[:2])

    async def listed() -> dict:
        return (await api.get(url)).json()["projects"]["projects"]

    await api.put(url, json={"projects": {one: {"environments": ["dev"]}}})
    await api.patch(url, json={"projects": {one: {"environments": ["prod"]}, two: {}}})
    assert await listed() == {one: {"environments": ["dev", "prod"]}, two: {}}
    await api.delete(url, params={"projectId": one, "environmentName": "dev"})
    await api.delete(url, params={"projectId": two})
    assert await listed() == {one: {"environments": ["prod"]}}
    assert_problem(await api.patch(url, json={"projects": {}}), 400)
    assert_problem(await api.delete(url, params={"projectId": "no uuid"}), 400)
    assert (await api.put(url, json={"projects": {}})).status_code == 202
    assert await listed() == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"command": "RESTART", "x": "' + b"y" * 70_000 + b'"}',
        b'{"command": ' + b"9" * 6000 + b"}",
    ],
    ids=["empty", "broken", "list", "null", "binary", "deep", "huge", "digits"],
)
async def test_a_broken_or_huge_body_is_a_problem(api, world, body: bytes) -> None:
    for rest, method in (("/commands", "POST"), ("", "PATCH"), ("/allowlist", "PUT")):
        url = path(world, "prod-eu-fargate", rest)
        assert_problem(await api.request(method, url, content=body), 400)


async def test_a_name_with_half_a_character_does_not_break_the_list(api, world) -> None:
    url = path(world, "dev-eu-fargate")
    await api.patch(url, content=b'{"name": "half \\ud800"}')
    assert (await api.get(AGENTS)).status_code == 200


async def test_hostile_names_arrive_as_they_are(clock, open_client) -> None:
    world = World(0, clock=clock, hostile=True)
    async with open_client(build_app(world)) as client:
        got = json.loads((await client.get(AGENTS)).content)["results"]
    assert [one["name"] for one in got] == [one.name for one in world.runners()]


async def test_a_change_is_made_over_http_and_needs_no_token(api, world) -> None:
    before = (await api.get(AGENTS)).json()["results"]
    answer = await api.post("/demo/change?share=0.25", headers={"Authorization": ""})
    after = (await api.get(AGENTS)).json()["results"]
    assert answer.json() == {"changed": 6}
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 6
    for wrong in ("2", "nan", "x"):
        assert_problem(await api.post(f"/demo/change?share={wrong}"), 400)


def test_an_unknown_scenario_is_refused_by_name(world) -> None:
    with pytest.raises(ValueError, match="stormy"):
        build_app(world, "stormy")
