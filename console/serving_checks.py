"""What the values that say how the web console is served must look like.

The first checks raise ValueError in words that say what the value should be.
"""

import os
import ssl
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from console.errors import SettingError, printable


def network_of(text: str) -> str:
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        raise ValueError("addresses or networks, such as 10.0.0.5 or 10.1.0.0/24") from None


def header_of(name: str) -> str:
    plain = name.lower()
    if plain and not all(
        letter.isascii() and (letter.isalnum() or letter == "-") for letter in plain
    ):
        raise ValueError("a header's name, such as X-Remote-User")
    if plain in ("cookie", "host", "origin", "authorization"):
        raise ValueError("a header that browsers do not send themselves")
    return plain


def prefix_of(text: str) -> str:
    trimmed = text.strip("/")
    if not trimmed:
        return ""
    parts = trimmed.split("/")
    if not all(_is_plain(part) for part in parts):
        raise ValueError("a path of plain letters, digits and -._, such as /maia")
    return "/" + trimmed


def public_url_of(text: str) -> str:
    """Without a slash at its end; "" for none."""
    if not text.strip():
        return ""
    wanted = "an address such as https://console.example.com, with nothing behind its path"
    try:
        parts = urlsplit(text.strip())
        host, port, path = host_name_of(parts.hostname or ""), parts.port, prefix_of(parts.path)
    except ValueError:
        raise ValueError(wanted) from None
    netloc = host if port is None else f"{host}:{port}"
    is_whole = parts.scheme in ("http", "https") and parts.netloc.lower() == netloc
    if not is_whole or parts.query or parts.fragment:
        raise ValueError(wanted)
    return f"{parts.scheme}://{netloc}{path}"


def host_name_of(text: str) -> str:
    name = text.lower().removeprefix("[").removesuffix("]")
    if ":" in name:
        name = str(ip_network(name).network_address)
        return f"[{name}]"
    if not _is_plain(name):
        raise ValueError("host names without a port, such as console.example.com")
    return name


def _is_plain(text: str) -> bool:
    return bool(text.strip(".")) and all(
        letter.isascii() and (letter.isalnum() or letter in "-._") for letter in text
    )


def existing_file(path: Path | None) -> Path | None:
    if path is None:
        return None
    full = Path(os.path.expanduser(path))
    if not full.is_file():
        raise ValueError("an existing file")
    return full


def require_pair(certificate: Path, key: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(certificate, key, password=lambda: b"")
    except (ssl.SSLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        raise SettingError(
            f"{certificate} and {key} cannot be used for TLS: {printable(str(reason))}."
        ) from None
