"""Runners, their commands, settings and credentials, as the API has them."""

from enum import StrEnum

from pydantic import Field, SecretStr

from console.api.models.record import Flag, Moment, Record, Text


class Command(StrEnum):
    RESTART = "RESTART"
    PAUSE = "PAUSE"
    RESUME = "RESUME"


class VersionDetails(Record):
    """`track_release_date` is the date of `track_version`, not of the installed version."""

    agent_version: Text = None
    agent_update_available: Flag = None
    support: Text = None
    track_name: Text = None
    track_version: Text = None
    track_release_date: Moment = None


class RunnerRecord(Record):
    """One runner. Only the id is sure to be there; lists may hold summaries without a status."""

    id: str = Field(alias="agentId", min_length=1)
    name: Text = None
    description: Text = None
    agent_status: Text = None
    agent_type: Text = None
    cloud_provider: Text = None
    deployment: Text = None
    connected: Flag = None
    enable_auto_updates: Flag = None
    restricted_access: Flag = None
    paused_until: Moment = None
    version_details: VersionDetails | None = None

    @property
    def is_summary(self) -> bool:
        """Whether it lacks what a console is for, so that its details must be asked for."""
        return self.agent_status is None


class NewRunner(Record):
    """A runner to create. The name has 1 to 30 characters, the description at most 500."""

    name: str = Field(min_length=1, max_length=30)
    description: str = Field(default="", max_length=500)
    agent_type: str
    cloud_provider: str
    deployment: str
    track_name: str | None = None
    enable_auto_updates: bool | None = None
    restricted_access: bool | None = None


class RunnerChange(Record):
    """What to change of a runner; None leaves a thing as it is.

    On the wire the track is upper case here, and only here. The page types both flags as strings;
    that looks like a slip, so booleans are sent (update-an-agent).
    """

    name: str | None = Field(default=None, min_length=1, max_length=30)
    description: str | None = Field(default=None, max_length=500)
    auto_updates: bool | None = Field(default=None, serialization_alias="enableAutoUpdates")
    restricted: bool | None = Field(default=None, serialization_alias="restrictedAccess")
    track: str | None = Field(default=None, serialization_alias="trackName")

    def on_the_wire(self) -> dict[str, object]:
        body = self.model_dump(by_alias=True, exclude_none=True)
        if "trackName" in body:
            body["trackName"] = str(body["trackName"]).upper()
        return body


class RunnerCredentials(Record):
    """What a runner signs in with. Fetched on demand only, never kept."""

    client_id: str
    client_secret: SecretStr
