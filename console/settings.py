"""Profiles: one account and region with its credentials. Flag, then environment, then file, then
default. The secret never stands in the file: it comes from the environment or `credentials`.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from console.addresses import (
    DATABASES,
    MOST_NOTICES,
    NOTICES,
    database_address,
    holds_password,
    may_hold_secret,
    notice_address,
    proxy_address,
    safe_address,
)
from console.errors import SettingError, UnknownName, UsageError, printable, wrong_value
from console.files import replace_file

WORD = "a word of plain letters, digits and signs"
TOKEN_URL = "https://id.core.matillion.com/oauth/dpc/token"
ACCOUNT = ("region", "client_id", "account_id", "api_url", "token_url")
"""The settings that say which account a profile is; the others say how it is used."""

EVERY = "all"
"""What stands for every profile of the file, unless one has that name."""

SERVING = "web"
"""The table of the file that says how the web console is served; see `serving_settings`."""

SECRETS = ("client_secret", "proxy", "database_url", "notice_urls")
"""Settings whose values are never repeated."""

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
    "MAIA_CONSOLE_DATABASE_URL": "database_url",
    "MAIA_CONSOLE_HISTORY_DAYS": "history_days",
    "MAIA_CONSOLE_RELEASES_FILE": "releases_file",
    "MAIA_CONSOLE_TIME_ZONE": "time_zone",
    "MAIA_CONSOLE_NOTICES": "notices",
    "MAIA_CONSOLE_NOTICE_URLS": "notice_urls",
}
"""Environment variables and the settings they set; the MATILLION_ names are the vendor's own."""


Notice = Literal[
    "runner_lost",
    "runner_recovered",
    "left_support",
    "leaves_support",
    "update_available",
    "action_failed",
]
"""What can be told of by a notification; nothing is unless it is named."""


class Profile(BaseModel):
    """One account and region. `api_url` is derived from the region unless it is given; addresses
    must be https, but for this machine's own. Times are in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = "default"
    region: Literal["eu1", "us1"] = "eu1"
    client_id: str | None = Field(default=None, description=WORD, pattern=r"^[!-~]+$")
    client_secret: SecretStr | None = Field(default=None, description="text")
    account_id: str | None = Field(default=None, description=WORD, pattern=r"^[!-~]+$")
    api_url: str = ""
    token_url: str = TOKEN_URL
    proxy: str | None = Field(default=None, repr=False)
    ca_bundle: Path | None = None
    timeout_seconds: float = Field(
        default=20.0, gt=0, le=300, description="a number of seconds above 0 and at most 300"
    )
    ipv4_only: bool = Field(default=False, description="true or false")
    read_only: bool = Field(default=False, description="true or false")
    requests_per_minute: int = Field(
        default=300, ge=10, le=1000, description="a whole number from 10 to 1000"
    )
    poll_seconds: float = Field(
        default=15.0, ge=1, le=3600, description="a number of seconds from 1 to 3600"
    )

    database_url: SecretStr | None = Field(default=None, description=DATABASES)
    history_days: int = Field(
        default=400, ge=1, le=3650, description="a whole number of days from 1 to 3650"
    )
    releases_file: Path | None = None
    time_zone: str | None = Field(default=None, description="a time zone, such as Europe/London")
    notices: tuple[Notice, ...] = Field(
        default=(), description=f"some of {', '.join(get_args(Notice))}"
    )
    notice_urls: tuple[SecretStr, ...] = Field(
        default=(), max_length=MOST_NOTICES, description=f"at most {MOST_NOTICES} {NOTICES}"
    )

    @field_validator("api_url", "token_url")
    @classmethod
    def _is_safe_address(cls, value: str) -> str:
        return safe_address(value) if value else value

    @field_validator("proxy")
    @classmethod
    def _is_proxy(cls, value: str | None) -> str | None:
        return proxy_address(value) if value else None

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        return SecretStr(database_address(value.get_secret_value()))

    @field_validator("notices", "notice_urls", mode="before")
    @classmethod
    def _are_words(cls, value: object) -> object:
        return tuple(value.split()) if isinstance(value, str) else value

    @field_validator("notice_urls")
    @classmethod
    def _are_notice_addresses(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        return tuple(SecretStr(notice_address(each.get_secret_value())) for each in value)

    @field_validator("ca_bundle", "releases_file")
    @classmethod
    def _is_file(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        path = Path(os.path.expanduser(value))
        if not os.path.isfile(path):
            raise ValueError("an existing file")
        return path

    @field_validator("time_zone")
    @classmethod
    def _is_time_zone(cls, value: str | None) -> str | None:
        from zoneinfo import ZoneInfo

        try:
            return value and ZoneInfo(value).key
        except (KeyError, OSError) as unknown:
            raise ValueError from unknown

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


def serving_table(path: Path) -> Mapping[str, Any]:
    """What the file says of how the web console is served, unchecked."""
    return dict(_read(path).get(SERVING, {}))


def default_name(path: Path, environ: Mapping[str, str]) -> str:
    """MAIA_CONSOLE_PROFILE, the file's default_profile, its only profile, or "default"."""
    table = _read(path)
    names = tuple(table.get("profiles", {}))
    only = names[0] if len(names) == 1 else "default"
    return environ.get("MAIA_CONSOLE_PROFILE") or table.get("default_profile", only)


def chosen_names(text: str | None, environ: Mapping[str, str], path: Path) -> tuple[str, ...]:
    """The profiles that are to be open together: "eu,us" names two, "all" those of the file. A
    single name, known or not, is itself. `text` is a flag; without it, the default."""
    chosen = text or default_name(path, environ)
    known = profile_names(path)
    if chosen in known:
        return (chosen,)
    if chosen == EVERY and known:
        return known
    names = tuple(dict.fromkeys(each.strip() for each in chosen.split(",") if each.strip()))
    return names or (chosen,)


def without_account(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment without what says which account is meant, which cannot hold for several."""
    of_one = (*ACCOUNT, "client_secret")
    return {name: value for name, value in environ.items() if VARIABLES.get(name) not in of_one}


def load_profile(
    name: str | None, overrides: Mapping[str, object], environ: Mapping[str, str], path: Path
) -> Profile:
    """The profile with every source applied. Raises SettingError or UnknownName.

    `overrides` are flags, by setting. A profile that is asked for by name must be in the file.
    """
    profiles = _read(path).get("profiles", {})
    chosen = name or default_name(path, environ)
    if chosen not in profiles and (name or chosen != "default"):
        raise _unknown_profile(chosen, name, profiles, environ, path)
    in_file = profiles.get(chosen, {})
    if "name" in in_file:
        raise SettingError(
            f"name in profile {chosen} of {path}: a profile is named by its heading alone."
        )
    if "client_secret" in in_file:
        raise SettingError(
            f"{path} holds a client_secret for “{chosen}”. Secrets do not belong in that file:"
            " remove it and run maia-console login."
        )
    if holds_password(str(in_file.get("database_url", ""))):
        raise SettingError(
            f"{path} holds a database_url with a password for “{chosen}”. Secrets do not belong in"
            " that file: remove it and set MAIA_CONSOLE_DATABASE_URL."
        )
    if any(map(may_hold_secret, _words(in_file.get("notice_urls")))):
        raise SettingError(
            f"{path} holds a notice_urls for “{chosen}” that may be a secret. Secrets do not belong"
            " in that file: remove it and set MAIA_CONSOLE_NOTICE_URLS."
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
    """Adds the profile to the file, or says there which account it is from now on and what else
    was set on this one; other settings and comments stay. What may hold a secret is left out. The
    file is replaced in one step and only its owner can read it."""
    import tomlkit

    _read(path)
    document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    table = profiles.setdefault(profile.name, tomlkit.table())
    kept_out = {"name", "client_secret", "database_url", "notice_urls"}
    written = ({*ACCOUNT} | profile.model_fields_set) - kept_out
    for field, value in profile.model_dump(mode="json", include=written).items():
        if field == "region" or value != Profile.model_fields[field].default:
            table[field] = value
        else:
            table.pop(field, None)
    document.setdefault("default_profile", profile.name)
    try:
        replace_file(path.resolve(), tomlkit.dumps(document))
    except OSError as error:
        raise SettingError(f"{path} cannot be written: {error.strerror}.") from None


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"{path} cannot be read: {error}.") from None
    known = ("default_profile", "profiles", SERVING)
    for key in table:
        if key not in known:
            raise wrong_value(f"a setting of {path}", key, known, SettingError)
    profiles = table.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(p, dict) for p in profiles.values()):
        raise SettingError(f"{path}: profiles must be tables, such as [profiles.eu].")
    if not isinstance(table.get(SERVING, {}), dict):
        raise SettingError(f"{path}: {SERVING} must be a table, such as [{SERVING}].")
    if not isinstance(table.get("default_profile", ""), str):
        raise SettingError(f"default_profile of {path} should be a profile's name in quotes.")
    return table


def _words(value: object) -> tuple[str, ...]:
    """Of a setting that is one text or a list of them; nothing of what is neither."""
    texts = (value,) if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(word for text in texts for word in str(text).split())


def _unknown_profile(
    chosen: str,
    name: str | None,
    profiles: Mapping[str, object],
    environ: Mapping[str, str],
    path: Path,
) -> UsageError:
    in_environment = "MAIA_CONSOLE_PROFILE" if environ.get("MAIA_CONSOLE_PROFILE") else None
    source = "" if name else f" ({in_environment or f'default_profile of {path}'})"
    if profiles:
        return wrong_value(f"a profile{source}", chosen, profiles, UnknownName)
    return UnknownName(
        f"“{chosen}” is not a profile{source}: {path} has none. Run maia-console login."
    )


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
    unknown = [word for word in _words(values[field]) if word not in get_args(Notice)]
    if field == "notices" and unknown:
        what = f"a notification ({source})"
        raise wrong_value(what, unknown[0], get_args(Notice), SettingError)
    is_secret = field in SECRETS or "@" in str(values[field])
    value = "its value" if is_secret else f"“{values[field]}”"
    wanted = Profile.model_fields[field].description or (
        str(fault["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    )
    sentence = f"{source}: {value} cannot be used; it should be {wanted}."
    raise SettingError(printable(sentence)) from None
