"""What is said on standard error when the web console is served: where, to whom, and how safely."""

import socket
import sys

from console.serving_settings import ServingSettings

NO_TLS = (
    "Warning: passwords and what is shown travel unencrypted: serve it with --tls-cert and"
    " --tls-key, or behind a proxy with TLS."
)

DEMO_USERS = (
    "The demo has users of its own, who are gone when it ends: those of maia-console users cannot"
    " sign in to it."
)


def announce(
    serving: ServingSettings, port: int, invitation: str, *, is_demo: bool = False
) -> None:
    """`invitation` is the secret of the first admin's link, or ""."""
    told = lines(serving, port, invitation, is_demo=is_demo)
    sys.stderr.write("\n".join((*told, "Stop it with ctrl+c.", "")))
    sys.stderr.flush()


def lines(
    serving: ServingSettings, port: int, invitation: str, *, is_demo: bool = False
) -> tuple[str, ...]:
    own = own_address(serving, port)
    address = serving.public_address or own
    told = [f"Web console:  {address}/", f"Wall display: {address}/wall"]
    if address != own:
        told.append(f"Served at:    {own}/")
    if invitation:
        told.append(
            f"First admin:  {address}/first-admin?key={invitation} (works once, within an hour)"
        )
    if is_demo and serving.needs_sign_in:
        told.append(DEMO_USERS)
    if not serving.is_loopback and not serving.has_tls and not has_tls_proxy(serving):
        told.append(NO_TLS)
    return tuple(told)


def has_tls_proxy(serving: ServingSettings) -> bool:
    """Whether a proxy is named that is told to be reached over TLS."""
    return bool(serving.proxies) and serving.proxy_tls


def own_address(serving: ServingSettings, port: int) -> str:
    """At which the console can be opened, as far as it can know; no slash at its end."""
    host = socket.gethostname() if serving.host in ("0.0.0.0", "::") else serving.host
    scheme = "https" if serving.has_tls else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}{serving.path_prefix}"
