"""What may be asked of a runner in a POST or PATCH body, and the runner that comes of it.

Fields that the API does not document are turned down, so that a misspelt one is noticed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from console.demo.problems import Problem
from console.demo.runners import PLATFORMS, TYPES, Runner, Track

Checked = dict[str, object]
Check = Callable[[object], object]

LONGEST_NAME = 30
LONGEST_DESCRIPTION = 500
DEPLOYMENTS = tuple(name for names in PLATFORMS.values() for name in names)


def created_runner(body: Mapping[str, object]) -> Runner:
    """A pending runner without an id, from the body of a POST. Raises Problem."""
    fields = _checked(body, CREATE_CHECKS, ("name", "agentType", "cloudProvider", "deployment"))
    provider, deployment = str(fields["cloudProvider"]), str(fields["deployment"])
    is_streaming = fields["agentType"] == "streaming"
    is_snowflake = provider == "snowflake"
    forbidden = {
        "deployment: does not exist on this cloudProvider": deployment not in PLATFORMS[provider],
        "agentType: snowflake runs no streaming agents": is_streaming and is_snowflake,
        "enableAutoUpdates: not for this kind of agent": (is_streaming or is_snowflake)
        and bool(fields.get("enableAutoUpdates")),
        "restrictedAccess: not for streaming agents": is_streaming
        and bool(fields.get("restrictedAccess")),
    }
    _refuse([said for said, applies in forbidden.items() if applies])
    return Runner(
        id="",
        name=str(fields["name"]),
        description=str(fields.get("description", "")),
        type=str(fields["agentType"]),
        provider=provider,
        deployment=deployment,
        status="pending",
        connected=False,
        track=cast(Track, fields.get("trackName", "current")),
        version=None,
        auto_updates=bool(fields.get("enableAutoUpdates", False)),
        restricted=bool(fields.get("restrictedAccess", False)),
    )


def patched_runner(runner: Runner, body: Mapping[str, object]) -> Runner:
    """The runner as a PATCH body wants it; a new track leaves its version alone. Raises Problem."""
    fields = _checked(body, PATCH_CHECKS, ())
    if runner.is_hosted:
        raise Problem(400, "Matillion hosted agents cannot be updated.")
    fixed: tuple[str, ...] = ()
    if runner.provider == "snowflake":
        fixed = ("trackName", "enableAutoUpdates")
    elif runner.type == "streaming":
        fixed = ("enableAutoUpdates", "restrictedAccess")
    _refuse([f"{name}: cannot be changed for this agent" for name in fixed if name in fields])
    return replace(
        runner,
        name=str(fields.get("name", runner.name)),
        description=str(fields.get("description", runner.description)),
        track=cast(Track, fields.get("trackName", runner.track)),
        auto_updates=bool(fields.get("enableAutoUpdates", runner.auto_updates)),
        restricted=bool(fields.get("restrictedAccess", runner.restricted)),
    )


def _checked(
    body: Mapping[str, object], checks: Mapping[str, Check], required: tuple[str, ...]
) -> Checked:
    fields: Checked = {}
    violations = [f"{name}: must not be null" for name in required if name not in body]
    for name, value in body.items():
        if name not in checks:
            violations.append(f"{name[:60]}: is not a known property")
            continue
        try:
            fields[name] = checks[name](value)
        except ValueError as wrong:
            violations.append(f"{name}: {wrong}")
    _refuse(violations)
    return fields


def _refuse(violations: list[str]) -> None:
    if violations:
        raise Problem(400, "Validation failed", violations)


def _text(least: int, most: int) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError("must be a string")
        if not least <= len(value) <= most:
            raise ValueError(f"size must be between {least} and {most}")
        return value

    return check


def _one_of(*allowed: str) -> Check:
    def check(value: object) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return str(value)

    return check


def _flag(value: object) -> bool:
    """Documented as a string, sent by most as a boolean: both are taken."""
    if value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _upper_case_track(value: object) -> str:
    return str(_one_of("CURRENT", "STABLE")(value)).lower()


CREATE_CHECKS: Mapping[str, Check] = {
    "name": _text(1, LONGEST_NAME),
    "description": _text(0, LONGEST_DESCRIPTION),
    "agentType": _one_of(*TYPES),
    "cloudProvider": _one_of(*PLATFORMS),
    "deployment": _one_of(*DEPLOYMENTS),
    "trackName": _one_of("current", "stable"),
    "enableAutoUpdates": _flag,
    "restrictedAccess": _flag,
}
PATCH_CHECKS: Mapping[str, Check] = {
    "name": _text(1, LONGEST_NAME),
    "description": _text(0, LONGEST_DESCRIPTION),
    "trackName": _upper_case_track,
    "enableAutoUpdates": _flag,
    "restrictedAccess": _flag,
}
