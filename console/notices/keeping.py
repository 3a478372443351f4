"""Keeps what is known of the fleet in a small file, so that a restart of this program neither
repeats what was told nor loses what happens meanwhile.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, field_validator

from console.files import replace_file
from console.journal.storing import is_storable
from console.notices.transitions import Armed
from console.notices.watch import Known

log = logging.getLogger(__name__)

TOO_OLD = timedelta(days=7)
"""After as long nobody wants to be told of all that has changed: it begins anew, in silence."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Reads and writes the file of one account. Both block; neither raises."""

    path: Path

    def kept(self, now: datetime) -> Armed:
        """What was known when this program ended, or nothing; a damaged file is logged."""
        try:
            kept = _Kept.model_validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return Armed()
        except (OSError, ValidationError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is damaged"
            log.warning("%s cannot be read: %s; notifications begin anew", self.path, reason)
            return Armed()
        if abs(now - kept.taken) > TOO_OLD:
            return Armed()
        return Armed(kept.taken, kept.runners, kept.missing)

    def keep(self, armed: Armed) -> str:
        """Why it could not be written, or "". Nothing is before the first reading."""
        if armed.taken is None:
            return ""
        kept = _Kept(
            version=1,
            taken=armed.taken,
            runners={key: each for key, each in armed.runners.items() if is_storable(key)},
            missing={key: since for key, since in armed.missing.items() if is_storable(key)},
        )
        try:
            replace_file(self.path, kept.model_dump_json())
        except OSError as error:
            return f"{self.path} cannot be written: {error.strerror}"
        return ""


def keeper_of(account: str) -> Keeper:
    """In the user's folder for state; the file is named by a digest, as any text is an account."""
    import platformdirs

    folder = Path(platformdirs.user_state_dir("maia-console", appauthor=False), "notices")
    name = sha256(account.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Keeper(folder / f"{name}.json")


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    version: Literal[1]
    taken: AwareDatetime
    runners: dict[str, Known]
    missing: dict[str, AwareDatetime]

    @field_validator("runners")
    @classmethod
    def _have_zones(cls, value: dict[str, Known]) -> dict[str, Known]:
        if any(each.away_since and each.away_since.tzinfo is None for each in value.values()):
            raise ValueError("a moment without a zone")
        return value
