"""How the web console is served: flag, then environment, then the table [web] of the settings
file, then default. The secret of the OpenID client never stands in the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
)

from console.access.roles import Role
from console.access.sessions import IDLE, LONGEST, SessionLimits
from console.addresses import LOOPBACK, safe_address
from console.errors import SettingError, printable, wrong_value
from console.serving_checks import (
    existing_file,
    header_of,
    host_name_of,
    network_of,
    prefix_of,
    public_url_of,
    require_pair,
)
from console.settings import serving_table

SECRET_VARIABLE = "MAIA_CONSOLE_OIDC_CLIENT_SECRET"
SERVING_VARIABLES: Mapping[str, str] = {
    SECRET_VARIABLE: "oidc_client_secret",
    "MAIA_CONSOLE_PUBLIC_URL": "public_url",
}
"""Environment variables and the settings they set."""

KEYRING_NAME = "web:oidc"
"""Under which name of the service `maia-console` the keyring has the secret."""

SAFEST_FIRST = tuple(Role)
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class RoleMap:
    """From the groups of a provider to a role: the highest that any of them gives, else the
    default; None where there is neither."""

    by_group: Mapping[str, Role] = field(default_factory=dict)
    default: Role | None = None

    def role(self, groups: Iterable[str]) -> Role | None:
        given = [self.by_group[group] for group in groups if group in self.by_group]
        return max(given, key=SAFEST_FIRST.index) if given else self.default

    @property
    def gives_admin(self) -> bool:
        return Role.ADMIN in (*self.by_group.values(), self.default)


def _words(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


Words = BeforeValidator(_words)


class ServingSettings(BaseModel):
    """`proxies` are the addresses whose word on who somebody is, and on where a request came from,
    counts; header names are lower-case. `path_prefix` is "" or begins with a slash. What comes of
    `public_url` is `public_address`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535, description="a port: 0 to 65535")
    sign_in: bool = Field(default=False, description="true or false")
    tls_cert: Annotated[Path | None, AfterValidator(existing_file)] = None
    tls_key: Annotated[Path | None, AfterValidator(existing_file)] = None
    path_prefix: Annotated[str, AfterValidator(prefix_of)] = ""
    public_url: Annotated[str, AfterValidator(public_url_of)] = ""
    allowed_hosts: Annotated[
        tuple[Annotated[str, AfterValidator(host_name_of)], ...], Words, Field(max_length=50)
    ] = ()
    idle_minutes: int = Field(
        default=int(IDLE / timedelta(minutes=1)), ge=1, le=1440, description="1 to 1440 minutes"
    )
    session_hours: int = Field(
        default=int(LONGEST / timedelta(hours=1)), ge=1, le=168, description="1 to 168 hours"
    )

    proxies: Annotated[
        tuple[Annotated[str, AfterValidator(network_of)], ...], Words, Field(max_length=50)
    ] = ()
    proxy_tls: bool = Field(default=False, description="true or false")
    user_header: Annotated[str, AfterValidator(header_of)] = ""
    groups_header: Annotated[str, AfterValidator(header_of)] = ""

    oidc_issuer: Annotated[str, AfterValidator(lambda url: safe_address(url) if url else "")] = ""
    oidc_client_id: str = Field(default="", max_length=500)
    oidc_client_secret: SecretStr | None = Field(default=None, description="text")
    oidc_label: str = Field(default="Single sign-on", max_length=60)
    oidc_scopes: str = "openid profile email"
    oidc_name_claim: str = "preferred_username"
    oidc_groups_claim: str = "groups"

    default_role: Literal["", "viewer", "helpdesk", "operator", "admin"] = ""
    groups: dict[str, Role] = Field(
        default_factory=dict,
        description="groups with a role each: viewer, helpdesk, operator, admin",
    )

    @property
    def is_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def has_tls(self) -> bool:
        return self.tls_cert is not None

    @property
    def public_address(self) -> str:
        """Under which people reach the console, with the path prefix and no slash at its end; ""
        where nobody has said."""
        if not self.public_url:
            return ""
        return self.public_url.removesuffix(self.path_prefix) + self.path_prefix

    @property
    def public_host(self) -> str:
        """The name in it, without a port."""
        netloc = urlsplit(self.public_url).netloc
        return netloc if netloc.endswith("]") else netloc.rpartition(":")[0] or netloc

    @property
    def needs_sign_in(self) -> bool:
        """Whether people sign in even where there are no users yet."""
        known = bool(self.oidc_issuer or self.user_header)
        return self.sign_in or not self.is_loopback or known

    @property
    def networks(self) -> tuple[Network, ...]:
        return tuple(ip_network(each) for each in self.proxies)

    @property
    def roles(self) -> RoleMap:
        default = Role(self.default_role) if self.default_role else None
        return RoleMap(dict(self.groups), default)

    @property
    def limits(self) -> SessionLimits:
        return SessionLimits(
            timedelta(minutes=self.idle_minutes), timedelta(hours=self.session_hours)
        )


def load_serving(
    flags: Mapping[str, object], environ: Mapping[str, str], path: Path
) -> ServingSettings:
    """With every source applied. Raises SettingError. `flags` are by setting; None is no flag."""
    in_file = serving_table(path)
    if "oidc_client_secret" in in_file:
        raise SettingError(
            f"{path} holds an oidc_client_secret. Secrets do not belong in that file:"
            f" remove it and set {SECRET_VARIABLE}."
        )
    by_flag = {name: value for name, value in flags.items() if value is not None}
    sources = {name: f"{name} in [web] of {path}" for name in in_file}
    by_variable = {name: each for each, name in SERVING_VARIABLES.items() if environ.get(each)}
    sources |= by_variable
    sources |= {name: f"--{name.replace('_', '-')}" for name in by_flag}
    given = {name: environ[each] for name, each in by_variable.items()}
    values: dict[str, object] = {**in_file, **given, **by_flag}
    settings = _validated(values, sources)
    _require_whole(settings)
    return settings


def with_stored_secret(settings: ServingSettings) -> ServingSettings:
    """With the secret of the keyring, where one is needed and came from nowhere else."""
    if not settings.oidc_issuer or settings.oidc_client_secret is not None:
        return settings
    from console.credentials import read_secret

    return settings.model_copy(update={"oidc_client_secret": read_secret(KEYRING_NAME)})


def _validated(values: Mapping[str, object], sources: Mapping[str, str]) -> ServingSettings:
    for name in values:
        if name not in ServingSettings.model_fields:
            known = (each for each in ServingSettings.model_fields if "secret" not in each)
            raise wrong_value(f"a setting ({sources[name]})", name, known, SettingError)
    try:
        return ServingSettings.model_validate(values)
    except ValidationError as invalid:
        fault: Any = invalid.errors(include_input=False)[0]
    name = str(fault["loc"][0])
    value = "its value" if "secret" in name else f"“{values[name]}”"
    wanted = ServingSettings.model_fields[name].description or (
        str(fault["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    )
    source = sources.get(name, name)
    raise SettingError(printable(f"{source}: {value} cannot be used; it should be {wanted}."))


def _require_whole(settings: ServingSettings) -> None:
    """Raises SettingError for settings that do not go together."""
    if (settings.tls_cert is None) is not (settings.tls_key is None):
        raise SettingError("TLS takes both a certificate and its key: --tls-cert and --tls-key.")
    if settings.tls_cert is not None and settings.tls_key is not None:
        require_pair(settings.tls_cert, settings.tls_key)
    path = urlsplit(settings.public_url).path
    if path not in ("", settings.path_prefix):
        raise SettingError(
            f"The path of public_url, {path}, is not the path_prefix: set path_prefix to it too."
        )
    if settings.user_header and not settings.proxies:
        raise SettingError(
            "A user_header takes proxies, the addresses of those that may send it: any other"
            " program could say it is somebody."
        )
    if bool(settings.oidc_issuer) is not bool(settings.oidc_client_id):
        raise SettingError("OpenID Connect takes both oidc_issuer and oidc_client_id.")
    has_roles = settings.roles.by_group or settings.default_role
    if (settings.user_header or settings.oidc_issuer) and not has_roles:
        raise SettingError(
            "Nobody could sign in: name the roles of groups in [web.groups], or a default_role."
        )
