"""What an address in a setting must look like, before anything is sent to it.

Each check raises ValueError in words that say what the address should be, and never repeats it: it
may hold a password.
"""

from urllib.parse import SplitResult, parse_qsl, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SQLITE = "sqlite:///"
POSTGRESQL = "postgresql://"
DATABASES = "sqlite:///PATH or postgresql://USER@HOST/NAME"
NOTICES = "Apprise addresses with spaces between them, such as jsons://HOST/PATH"
OPEN_NOTICES = ("json", "jsons", "xml", "xmls", "form", "forms")
"""Services whose addresses need hold no secret; those of all others are a secret themselves."""

MOST_NOTICES = 20


def safe_address(value: str) -> str:
    """An https address without its last slash; plain http is taken for this machine alone."""
    parts = _parts(value, "https://")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("an address that starts with https://")
    if "@" in parts.netloc:
        raise ValueError("an address without a user name or password in it")
    if parts.query or parts.fragment:
        raise ValueError("an address without ? or #")
    return value.rstrip("/")


def proxy_address(value: str) -> str:
    wanted = "http:// or https://"
    if _parts(value, wanted).scheme not in ("http", "https"):
        raise ValueError(f"an address that starts with {wanted}")
    return value


def database_address(value: str) -> str:
    """A file for SQLite, or a server's database by name."""
    try:
        is_whole = _names_a_database(value)
    except ValueError:
        is_whole = False
    if not is_whole or not value.isprintable():
        raise ValueError(DATABASES)
    return value


def holds_password(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    in_query = any("password" in key.casefold() for key, _ in parse_qsl(parts.query))
    return in_query or parts.password is not None


def notice_address(value: str) -> str:
    """Whether Apprise knows the service is seen only when it is loaded."""
    scheme, separator, rest = value.partition("://")
    is_whole = bool(separator and rest) and scheme.isascii() and scheme.isalnum()
    if not is_whole or not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError(NOTICES)
    return value


def may_hold_secret(notice_address: str) -> bool:
    """Of an Apprise address: not one of the services that take none, or a user or a query in it."""
    scheme, _, rest = notice_address.partition("://")
    return scheme.casefold() not in OPEN_NOTICES or "@" in rest or "?" in rest


def _names_a_database(value: str) -> bool:
    if value.startswith(SQLITE):
        path = value.removeprefix(SQLITE)
        return bool(path) and not path.startswith(":") and not path.endswith("/")
    parts = urlsplit(value)
    name = parts.path.removeprefix("/")
    return value.startswith(POSTGRESQL) and bool(name) and "/" not in name and parts.port != 0


def _parts(value: str, start: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError(f"a whole address that starts with {start}")
    return parts
