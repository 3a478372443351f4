"""Profiles: one account and region with its credentials. Flag, then environment, then file, then
default. The secret never stands in the file: it comes from the environment or `credentials`.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from console.errors import SettingError, UnknownName, wrong_value

TOKEN_URL = "https://id.core.matillion.com/oauth/dpc/token"
LOOPBACK = ("localhost", "127.0.0.1", "::1")

VARIABLES: Mapping[str, str] = {
    "MATILLION_CLIENT_ID": "client_id",
    "MATILLION_CLIENT_SECRET": "client_secret",
    "MATILLION_REGION": "region",
    "MATILLION_ACCOUNT_ID": "account_id",
    "MAIA_CONSOLE_API_URL": "api_url",
    "MAIA_CONSOLE_TOKEN_URL": "token_url",
    "MAIA_CONSOLE_PROXY": "proxy",
    "MAIA_CONSOLE_CA_BUNDLE": "ca_bundle",
    "MAIA_CONSOLE_TIMEOUT_SECONDS": "timeout_seconds",
    "MAIA_CONSOLE_IPV4_ONLY": "ipv4_only",
    "MAIA_CONSOLE_READ_ONLY": "read_only",
    "MAIA_CONSOLE_REQUESTS_PER_MINUTE": "requests_per_minute",
    "MAIA_CONSOLE_POLL_SECONDS": "poll_seconds",
}
"""Environment variables and the settings they set; the MATILLION_ names are the vendor's own."""


class Profile(BaseModel):
    """One account and region. `api_url` is derived from the region unless it is given; addresses
    must be https, but for this machine's own. Times are in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = "default"
    region: Literal["eu1", "us1"] = "eu1"
    client_id: str | None = None
    client_secret: SecretStr | None = None
    account_id: str | None = None
    api_url: str = ""
    token_url: str = TOKEN_URL
    proxy: str | None = Field(default=None, repr=False)
    ca_bundle: Path | None = None
    timeout_seconds: float = Field(default=20.0, gt=0, le=300)
    ipv4_only: bool = False
    read_only: bool = False
    requests_per_minute: int = Field(default=300, ge=10, le=1000)
    poll_seconds: float = Field(default=15.0, ge=1, le=3600)

    @field_validator("api_url", "token_url")
    @classmethod
    def _is_safe_address(cls, value: str) -> str:
        parts = urlsplit(value)
        is_local = parts.hostname in LOOPBACK
        if value and not (parts.scheme == "https" or (parts.scheme == "http" and is_local)):
            raise ValueError("an address that starts with https://")
        if parts.username or parts.password:
            raise ValueError("an address without a user name or password in it")
        return value.rstrip("/")

    @field_validator("ca_bundle")
    @classmethod
    def _is_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("an existing file")
        return value

    @property
    def api_address(self) -> str:
        """Where the API is, without a slash at its end."""
        return self.api_url or f"https://{self.region}.api.matillion.com/dpc"


def config_path(environ: Mapping[str, str]) -> Path:
    """The settings file: MAIA_CONSOLE_CONFIG, or config.toml in the user's settings folder."""
    named = environ.get("MAIA_CONSOLE_CONFIG")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_config_dir("maia-console", appauthor=False)) / "config.toml"


def profile_names(path: Path) -> tuple[str, ...]:
    """The names in the file, in its order; none when there is no file."""
    return tuple(_read(path).get("profiles", {}))


def default_name(path: Path, environ: Mapping[str, str]) -> str:
    """MAIA_CONSOLE_PROFILE, the file's default_profile, its only profile, or "default"."""
    table = _read(path)
    names = tuple(table.get("profiles", {}))
    only = names[0] if len(names) == 1 else "default"
    return environ.get("MAIA_CONSOLE_PROFILE") or str(table.get("default_profile", only))


def load_profile(
    name: str | None, overrides: Mapping[str, object], environ: Mapping[str, str], path: Path
) -> Profile:
    """The profile with every source applied. Raises SettingError or UnknownName.

    `overrides` are flags, by setting. A profile that is asked for by name must be in the file.
    """
    profiles = _read(path).get("profiles", {})
    chosen = name or default_name(path, environ)
    if chosen not in profiles and (name or chosen != "default"):
        if profiles:
            raise wrong_value("a profile", chosen, profiles, UnknownName)
        raise UnknownName(f"“{chosen}” is not a profile: {path} has none. Run maia-console login.")
    in_file = profiles.get(chosen, {})
    if "client_secret" in in_file:
        raise SettingError(
            f"{path} holds a client_secret for “{chosen}”. Secrets do not belong in that file:"
            " remove it and run maia-console login."
        )
    from_environment = {
        field: environ[variable] for variable, field in VARIABLES.items() if environ.get(variable)
    }
    by_flag = {field: value for field, value in overrides.items() if value is not None}
    values = {**in_file, **from_environment, **by_flag, "name": chosen}
    sources = {field: f"{field} in profile {chosen} of {path}" for field in in_file}
    sources |= {field: variable for variable, field in VARIABLES.items() if environ.get(variable)}
    sources |= {field: f"--{field.replace('_', '-')}" for field in by_flag}
    return profile_from(values, sources)


def save_profile(path: Path, profile: Profile) -> None:
    """Adds or replaces the profile in the file, keeping what else stands there, comments too. The
    secret is left out. The file is replaced in one step and only its owner can read it."""
    import tomlkit

    document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    table = tomlkit.table()
    for field, value in profile.model_dump(
        mode="json", exclude={"name", "client_secret"}, exclude_defaults=True
    ).items():
        table[field] = value
    table.setdefault("region", profile.region)
    profiles[profile.name] = table
    document.setdefault("default_profile", profile.name)
    _replace(path, tomlkit.dumps(document))


def _replace(path: Path, text: str) -> None:
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    import tomllib

    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"{path} cannot be read: {error}.") from None
    known = ("default_profile", "profiles")
    for key in table:
        if key not in known:
            raise wrong_value(f"a setting of {path}", key, known, SettingError)
    profiles = table.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(p, dict) for p in profiles.values()):
        raise SettingError(f"{path}: profiles must be tables, such as [profiles.eu].")
    return table


def profile_from(values: Mapping[str, object], sources: Mapping[str, str]) -> Profile:
    """The profile of these values; `sources` says where each came from, for the SettingError."""
    fields = tuple(field for field in Profile.model_fields if field != "name")
    for field in values:
        if field not in Profile.model_fields:
            raise wrong_value(
                f"a setting ({sources.get(field, field)})", field, fields, SettingError
            )
    try:
        return Profile.model_validate(values)
    except ValidationError as invalid:
        fault = invalid.errors(include_input=False)[0]
    field = str(fault["loc"][0])
    source = sources.get(field, field)
    if field == "region":
        raise wrong_value(f"a region ({source})", str(values[field]), ("eu1", "us1"), SettingError)
    value = "It" if "secret" in field or field == "proxy" else f"“{values[field]}”"
    wanted = str(fault["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    wanted = wanted if wanted.startswith("should") else f"should be {wanted}"
    raise SettingError(f"{source}: {value} cannot be used; it {wanted}.") from None
