"""Each scenario does to the API or to the fleet what its sentence says, the same way each time."""

import httpx
import pytest

from console.demo.scenarios import SCENARIOS
from console.demo.server import build_app
from console.demo.serving import serve
from console.demo.world import World

AGENTS = "/dpc/v1/agents"


def test_every_scenario_has_one_sentence() -> None:
    assert all(text.endswith(".") and text.count(". ") == 0 for text in SCENARIOS.values())


async def test_an_empty_account_has_no_runner_and_no_project(world, open_client) -> None:
    async with open_client(build_app(world, "empty")) as api:
        for url in (AGENTS, "/dpc/v1/projects"):
            assert (await api.get(url)).json() == {
                "page": 0,
                "results": [],
                "size": 25,
                "total": 0,
            }
        assert (await api.get("/dpc/v1/pipeline-executions")).json() == {"results": []}


async def test_an_incident_leaves_much_of_the_fleet_in_trouble(world, open_client, clock) -> None:
    calm = World(clock=clock)

    def troubled(fleet: World) -> int:
        return sum(one.status == "unknown" or not one.connected for one in fleet.runners())

    async with open_client(build_app(world, "incident")) as api:
        found = (await api.get(AGENTS)).json()["results"]
    assert troubled(world) >= troubled(calm) + 5
    unsupported = [
        one for one in found if (one["versionDetails"] or {}).get("support") == "OUT_OF_SUPPORT"
    ]
    assert len(unsupported) >= 4


async def test_a_denied_address_gets_plain_text_though_it_may_sign_in(world, open_client) -> None:
    async with open_client(build_app(world, "denied")) as api:
        answer = await api.get(AGENTS)
    assert (answer.status_code, answer.text) == (403, "IP not allowed for any organization")
    assert answer.headers["content-type"].startswith("text/plain")


async def test_one_call_in_three_is_throttled_in_the_same_order_each_time(
    clock, open_client
) -> None:
    async def statuses() -> list[int]:
        async with open_client(build_app(World(clock=clock), "throttled")) as api:
            answers = [await api.get(AGENTS) for _ in range(30)]
        assert {one.headers.get("retry-after") for one in answers if one.is_error} == {"1"}
        return [one.status_code for one in answers]

    first = await statuses()
    assert first.count(429) == 10
    assert first.count(200) == 20
    assert await statuses() == first


async def test_a_slow_api_takes_its_time_and_then_answers(world, open_client) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    async with open_client(build_app(world, "slow", sleep=note)) as api:
        answers = [await api.get(AGENTS) for _ in range(5)]
    assert all(one.status_code == 200 for one in answers)
    assert len(set(waits)) == 5
    assert all(0.2 <= seconds <= 1.5 for seconds in waits)


def test_a_flaky_api_fails_in_three_ways_and_mostly_answers(world, sign_in_form) -> None:
    outcomes: list[str] = []
    with serve(build_app(world, "flaky")) as url, httpx.Client(base_url=url) as client:
        token = client.post("/oauth/dpc/token", data=sign_in_form).json()["access_token"]
        for _ in range(20):
            try:
                answer = client.get(AGENTS, headers={"Authorization": f"Bearer {token}"})
                outcomes.append(f"{answer.status_code} {answer.headers['content-type']}")
            except httpx.RemoteProtocolError:
                outcomes.append("dropped")
    assert {outcome: outcomes.count(outcome) for outcome in outcomes} == {
        "200 application/json": 14,
        "503 application/problem+json": 2,
        "502 text/html; charset=utf-8": 2,
        "dropped": 2,
    }


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_can_be_built(clock, scenario: str) -> None:
    build_app(World(clock=clock), scenario)
