"""Sends one message to one address, with Apprise. Blocks, so it belongs on a thread.

Apprise and what it sends with write addresses, which are secrets, into their logs: that is heard
here and goes no further.
"""

import logging
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Self

from pydantic import SecretStr

from console.errors import SettingError
from console.notices.wording import Message

if TYPE_CHECKING:
    from apprise import Apprise

MISSING = (
    "Notifications need Apprise, which is not installed."
    " Run: pip install 'maia-runner-console[notices]'"
)
APPRISE = "apprise"
TELLTALES = (APPRISE, "urllib3.connection", "urllib3.connectionpool", "urllib3.util.retry")
"""The logs that addresses are written into. A filter holds for its own log, not for those below."""

REFUSED = re.compile(r"error=(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Address:
    """`name` is safe to show: the address's place in the setting, and its service. `send` returns
    why a message could not be sent, "" when it was."""

    name: str
    send: Callable[[Message], str]


def addresses(urls: Sequence[SecretStr]) -> tuple[Address, ...]:
    """Raises SettingError where Apprise is not installed or does not know what an address means.
    Loads Apprise, which takes a while. Nothing is sent yet."""
    if not urls:
        return ()
    if find_spec("apprise") is None:
        raise SettingError(MISSING)
    found: list[Address] = []
    for number, url in enumerate(urls, 1):
        name = f"{number}, {url.get_secret_value().partition('://')[0].lower()}"
        with _Overheard():
            client = _opened(url)
        if client is None:
            raise SettingError(
                f"notice_urls: address {name}, is none that Apprise can use;"
                " see its documentation for how that service is addressed."
            )
        found.append(Address(name, _sender(client)))
    return tuple(found)


def _opened(url: SecretStr) -> "Apprise | None":
    """Without a time limit of Apprise's own, which it keeps on threads that the program would wait
    for at its end; each service has one for its connection."""
    from apprise import Apprise, AppriseAsset

    asset = AppriseAsset(
        app_id="Maia runner console", app_desc="", app_url="", async_mode=False, service_timeout=0
    )
    service = Apprise.instantiate(url.get_secret_value(), asset=asset)
    client = Apprise(asset=asset)
    return client if service is not None and client.add(service) else None


def _sender(client: "Apprise") -> Callable[[Message], str]:
    from apprise import NotifyFormat, NotifyType

    kinds = {
        "failure": NotifyType.FAILURE,
        "warning": NotifyType.WARNING,
        "info": NotifyType.INFO,
        "success": NotifyType.SUCCESS,
    }

    def send(message: Message) -> str:
        with _Overheard() as overheard:
            try:
                was_sent = client.notify(
                    body=message.body,
                    title=message.title,
                    notify_type=kinds[message.kind],
                    body_format=NotifyFormat.TEXT,
                )
            except Exception as error:  # whatever a service's plug-in does, the fleet is shown
                return f"its plug-in failed with {type(error).__name__}"
        return "" if was_sent else overheard.reason

    return send


class _Overheard(logging.Filter):
    """What is logged of addresses on this thread meanwhile, which goes nowhere else. Only a status
    code is taken out of what Apprise says."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()
        self._heard: list[str] = []

    def __enter__(self) -> Self:
        for name in TELLTALES:
            logging.getLogger(name).addFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        for name in TELLTALES:
            logging.getLogger(name).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        is_ours = record.thread == self._thread
        if is_ours and record.name == APPRISE:
            self._heard.append(record.getMessage())
        return not is_ours

    @property
    def reason(self) -> str:
        heard = "\n".join(self._heard)
        if status := REFUSED.search(heard):
            return f"it answers HTTP {status[1]}"
        return "it cannot be reached" if "onnection" in heard else "the service refuses it"
