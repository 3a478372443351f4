"""What is answered, field by field, as the API's document tells it. The records themselves are made
in `console.view`; a test holds these models to them.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RunnerRecord(_Answer):
    """One runner, as `maia-console list --output json` writes it. null is what is not known."""

    id: str
    name: str
    account: str = Field("", description="Only where several accounts are open.")
    description: str
    type: str | None
    status: str | None
    connected: bool | None
    provider: str | None
    deployment: str | None
    track: str | None
    version: str | None
    latest_version: str | None
    latest_released: datetime | None
    update_available: bool
    currency: str
    support: str
    support_reported: str | None
    auto_updates: bool | None
    restricted: bool | None
    paused_until: datetime | None
    releases_behind: int | None
    missing_since: datetime | None
    leaves_support: datetime | None
    leaves_sureness: str | None
    restart: str
    restart_to: str | None
    armed: bool
    not_updated: str | None
    findings: list[str]


class Reading(_Answer):
    """How fresh the data is. It is the part of an answer that its ETag leaves out."""

    read_at: datetime | None = Field(description="The last good reading; null before the first.")
    age_seconds: float | None
    is_stale: bool = Field(description="Whether two polls in a row are missing.")
    problem: str | None = Field(description="Why the fleet cannot be read now.")


class RunnersAnswer(_Answer):
    runners: list[RunnerRecord]
    matching: int = Field(description="How many match the filter.")
    total: int = Field(description="How many there are.")
    offset: int
    limit: int
    next_offset: int | None = Field(description="Where the next page begins; null at the end.")
    data: Reading


class RunnerAnswer(_Answer):
    runner: RunnerRecord
    data: Reading


class ExpectedRelease(_Answer):
    at: datetime
    hour_known: bool
    sureness: str
    version: str | None
    leaving: int = Field(description="How many runners are expected to leave support with it.")


class OutRelease(_Answer):
    version: str
    released: datetime | None
    first_seen: datetime
    runners: int
    in_window: bool | None = Field(description="null for a line without a published window.")


class ReleaseLine(_Answer):
    """One release track, as `maia-console releases --output json` writes it."""

    line: str
    title: str
    runners: int
    newest: str | None
    expected: list[ExpectedRelease] = Field(description="Soonest first.")
    releases: list[OutRelease] = Field(description="Newest first.")


class ReleasesAnswer(_Answer):
    lines: list[ReleaseLine]
    data: Reading


class Count(_Answer):
    key: str
    label: str
    count: int
    filter: str = Field(description="Lists exactly what is counted.")


class AccountReading(_Answer):
    name: str
    read_only: bool
    data: Reading


class SummaryAnswer(_Answer):
    verdict: str = Field(description="The fleet in one sentence.")
    outlook: str = Field(description="Who leaves support soon; empty when nobody does.")
    counts: list[Count]
    matching: int
    total: int
    accounts: list[AccountReading] = Field(description="Each account that is open.")
    data: Reading


class MeAnswer(_Answer):
    """Who asks: a person with a role, or a token with scopes."""

    kind: str = Field(description="“person” or “token”.")
    name: str
    role: str | None
    rights: list[str]
    scopes: list[str]
    expires: datetime | None
