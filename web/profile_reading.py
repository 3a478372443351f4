"""What the settings page tells of profiles: read from the settings file and the keyring, beside the
event loop, as either may be slow. What cannot be read is a sentence."""

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

from console.credentials import read_secret
from console.errors import ConsoleError
from console.notices.wording import RULES
from console.settings import Profile, load_profile, profile_names
from console.view.listing import Listing
from console.view.profile_settings import (
    notifications_listing,
    profiles_listing,
    where_notices_go,
)
from console.view.profiles import profiles_view
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

MEANINGS = {str(rule): words.meaning for rule, words in RULES.items()}
SECRET_VARIABLE = "MATILLION_CLIENT_SECRET"


async def profiles_told(config: Path, opened: Iterable[str]) -> tuple[Cell, Listing]:
    return await asyncio.to_thread(_profiles, config, tuple(opened))


async def notifications_told(config: Path, opened: Iterable[str]) -> list[tuple[Cell, Listing]]:
    """Of each profile that is open; one that cannot be read has no rows."""
    return await asyncio.to_thread(lambda: [_notifications(config, name) for name in opened])


def _profiles(config: Path, opened: tuple[str, ...]) -> tuple[Cell, Listing]:
    told = profiles_view(config, os.environ, opened)
    return told.note, profiles_listing(
        told, {each.name: _is_kept(each.name) for each in told.lines}
    )


def _is_kept(name: str) -> bool | None:
    if os.environ.get(SECRET_VARIABLE):
        return True
    try:
        return read_secret(name) is not None
    except ConsoleError:
        return None


def _notifications(config: Path, name: str) -> tuple[Cell, Listing]:
    profile = _profile(config, name)
    if isinstance(profile, str):
        empty = Listing(f"Notifications of {shown(name, 60)}", (), (), profile)
        return Cell("", Tone.MUTED), empty
    return where_notices_go(profile), notifications_listing(profile, MEANINGS)


def _profile(config: Path, name: str) -> Profile | str:
    """One that is not in the file is made of the environment alone."""
    try:
        in_file = name in profile_names(config)
        profile = load_profile(name if in_file else None, {}, os.environ, config)
        return profile.model_copy(update={"name": shown(name, 60)})
    except ConsoleError as error:
        return shown(str(error), 300)
