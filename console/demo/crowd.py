"""Runners by the thousand for larger demo worlds, drawn from a seed; most of them are healthy."""

from datetime import timedelta
from random import Random

from console.demo.fleet24 import Beginning
from console.demo.releases import Line
from console.demo.runners import PLATFORMS, TYPES, Runner, Track

TEAMS = (
    "billing", "brand", "catalog", "claims", "crm", "fraud", "grants", "ledger", "loyalty",
    "orders", "payroll", "plants", "returns", "search", "stores", "tax", "travel",
)  # fmt: skip
STAGES = ("prod", "test", "dev", "uat")
SHORT = {"container app": "aca", "native app": "app"}
PLACES = tuple(
    (provider, deployment) for provider, names in PLATFORMS.items() for deployment in names
)
CONDITIONS: tuple[tuple[str, bool], ...] = (
    ("running", True),
    ("running", False),
    ("paused", True),
    ("stopped", False),
    ("unknown", False),
    ("pausing", True),
    ("stopping", True),
)
CONDITION_WEIGHTS = (92, 2, 2, 1.5, 1.5, 0.5, 0.5)
BEHIND_WEIGHTS = (80, 14, 3, 2, 1)


def crowd(count: int, first_number: int, random: Random, start: Beginning) -> list[Runner]:
    """`count` runners; the numbers in their names start at `first_number`."""
    conditions = random.choices(CONDITIONS, CONDITION_WEIGHTS, k=count)
    behinds = random.choices(range(len(BEHIND_WEIGHTS)), BEHIND_WEIGHTS, k=count)
    return [
        _runner(number, condition, behind, random, start)
        for number, (condition, behind) in enumerate(
            zip(conditions, behinds, strict=True), first_number
        )
    ]


def _runner(
    number: int, condition: tuple[str, bool], behind: int, random: Random, start: Beginning
) -> Runner:
    bits = random.getrandbits(64)
    provider, deployment = PLACES[bits % len(PLACES)]
    team = TEAMS[(bits >> 8) % len(TEAMS)]
    stage = STAGES[(bits >> 16) % len(STAGES)]
    is_snowflake = provider == "snowflake"
    is_streaming = not is_snowflake and (bits >> 24) % 20 == 0
    track: Track = "stable" if is_snowflake or (bits >> 32) % 5 < 2 else "current"
    line: Line = "streaming" if is_streaming else "snowflake" if is_snowflake else track
    status, connected = condition
    return Runner(
        id=random_id(random),
        name=f"{team}-{stage}-{SHORT.get(deployment, deployment)}-{number:05d}",
        description=f"{team.capitalize()}, {stage}",
        type=TYPES[is_streaming],
        provider=provider,
        deployment=deployment,
        status=status,
        connected=connected,
        track="current" if is_streaming else track,
        version=start.releases[line][behind],
        auto_updates=not is_snowflake and not is_streaming and behind == 0,
        restricted=not is_streaming and (bits >> 40) % 12 == 0,
        floats=behind < 2,
        paused_until=start.now + timedelta(minutes=30 + bits % 900) if status == "paused" else None,
        stopped_cleanly=status == "stopped",
    )


def random_id(random: Random) -> str:
    """A version 4 UUID, put together by hand since ten thousand are needed at once."""
    digits = f"{random.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
