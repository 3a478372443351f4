"""Connects an account: tries its credentials on the API, and stores them only when they are taken.

Who asks for them, and how, is the business of the front ends.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from console.accounts import SessionRequest
from console.api.client import open_api
from console.credentials import Keeper, secrets_path, store_secret
from console.errors import ConsoleError, SignInRefused, UsageError
from console.settings import (
    VARIABLES,
    Profile,
    chosen_names,
    config_path,
    load_profile,
    profile_from,
    profile_names,
    save_profile,
)
from console.view.first_run import FirstRun, connect_form, faults, first_run
from console.view.form import Form
from console.view.words import error_sentence

NOT_TAKEN = "Maia does not take this client id with this secret. Nothing was stored."


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a person types. `region` is where their account is; `account_id` is "" unless the API
    asks for it."""

    region: str
    client_id: str
    secret: SecretStr
    account_id: str = ""


@dataclass(frozen=True, slots=True)
class Connected:
    """A profile that was stored in `path`, and how many runners its account has."""

    profile: Profile
    runners: int
    keeper: Keeper
    path: Path

    @property
    def signed_in(self) -> str:
        return f"Signed in: {self.runners} {'runner' if self.runners == 1 else 'runners'}."

    @property
    def warning(self) -> str:
        """ "" where a keyring has the secret."""
        if self.keeper is Keeper.KEYRING:
            return ""
        return (
            f"Warning: no keyring was found, so the secret is in {secrets_path()},"
            " which only you can read."
        )


def settings_at(request: SessionRequest) -> Path:
    return request.config or config_path(os.environ)


def first_run_of(request: SessionRequest) -> tuple[str, FirstRun]:
    """The name of the profile that was to be opened, and what is told where it has no
    credentials."""
    path = settings_at(request)
    name = chosen_names(request.profile, os.environ, path)[0]
    return name, first_run(name, is_known=name in profile_names(path))


def form_of(request: SessionRequest) -> Form:
    """To be filled in, but for what a setting has of it."""
    path, (name, _) = settings_at(request), first_run_of(request)
    profile = load_profile(name if name in profile_names(path) else None, {}, os.environ, path)
    return connect_form(name, {"region": profile.region, "client_id": profile.client_id or ""})


def profile_to_try(
    name: str, given: Callable[[], Credentials], environ: Mapping[str, str], path: Path
) -> Profile:
    """What the file has of it already, its proxy for instance, with the account that is `given`,
    which is only asked for when the name can be used."""
    if not name or not all(letter.isalnum() or letter in "-_" for letter in name):
        raise UsageError(f"“{name}” is not a profile name: use letters, digits, - and _.")
    values: dict[str, object] = {"name": name}
    if name in profile_names(path):
        known = load_profile(name, {}, {}, path)
        values = {field: getattr(known, field) for field in known.model_fields_set}
    for variable in ("MAIA_CONSOLE_API_URL", "MAIA_CONSOLE_TOKEN_URL"):
        if environ.get(variable):
            values[VARIABLES[variable]] = environ[variable]
    typed = given()
    values |= {
        "region": typed.region,
        "client_id": typed.client_id,
        "client_secret": typed.secret,
    }
    if typed.account_id:
        values["account_id"] = typed.account_id
    return profile_from(values, {field: variable for variable, field in VARIABLES.items()})


async def connect(profile: Profile, path: Path) -> Connected:
    """Raises what the API, the keyring's stand-in or the settings file have against it."""
    async with open_api(profile) as api:
        runners = len(await api.list_runners())
    assert profile.client_secret is not None
    keeper = await asyncio.to_thread(store_secret, profile.name, profile.client_secret)
    save_profile(path, profile)
    return Connected(profile, runners, keeper, path)


async def connected(
    request: SessionRequest, answers: Mapping[str, str]
) -> tuple[Connected | None, dict[str, str]]:
    """From a form that was filled in to the account; else what is wrong with it, by field, with ""
    for what is wrong with the whole."""
    if wrong := faults(answers):
        return None, wrong
    typed = Credentials(
        answers["region"].strip(), answers["client_id"].strip(), SecretStr(answers["client_secret"])
    )
    path, (name, _) = settings_at(request), first_run_of(request)
    try:
        profile = profile_to_try(name, lambda: typed, os.environ, path)
        return await connect(profile, path), {}
    except SignInRefused:
        return None, {"": NOT_TAKEN}
    except ConsoleError as error:
        return None, {"": error_sentence(error)}
