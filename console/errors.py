"""Every error of ours, in one tree. What is not in it is a fault of this program.

ConsoleError
├── UsageError            a value from the user that cannot be used; the text is the full sentence
│   ├── SettingError      in a setting, its source named
│   ├── FilterError       in a filter, with the position
│   └── UnknownName       a profile, runner, column or scenario that does not exist
├── SignInError
│   ├── CredentialsMissing
│   ├── SignInRefused     401
│   └── PermissionDenied  403
├── AccessError           from the users of a shared console; the text is the full sentence
└── ApiError
    ├── ApiUnreachable    no answer: DNS, TLS, proxy, connection, time-out
    ├── ApiThrottled      429, still after the retries
    ├── ApiFailed         5xx, still after the retries
    ├── ApiNonsense       an answer that is not the API's: HTML, broken JSON, another shape
    └── RequestRefused    any other 4xx, with the API's own words
        └── NotFound      404

API errors carry facts; the sentences for users are made in `console.view.words`. None holds a
secret. Text from a server is cut and freed of control characters before it gets here.
"""

from collections.abc import Iterable
from typing import Literal

Unreachability = Literal["dns", "tls", "proxy", "connect", "timeout", "dropped"]


class ConsoleError(Exception):
    """`may_have_arrived` says that a command may have been carried out although it failed here."""

    may_have_arrived = False


class UsageError(ConsoleError):
    pass


class SettingError(UsageError):
    pass


class FilterError(UsageError):
    """`position` counts characters from the start of the filter's text."""

    def __init__(self, sentence: str, *, position: int) -> None:
        super().__init__(sentence)
        self.position = position


class UnknownName(UsageError):
    pass


class SignInError(ConsoleError):
    pass


class CredentialsMissing(SignInError):
    pass


class SignInRefused(SignInError):
    pass


class PermissionDenied(SignInError):
    """`address_not_allowed`: the account's list of allowed addresses leaves this machine out."""

    def __init__(self, detail: str, *, address_not_allowed: bool = False) -> None:
        super().__init__(detail)
        self.address_not_allowed = address_not_allowed


class AccessError(ConsoleError):
    """Its kinds are in `console.access.refusals`."""


class ApiError(ConsoleError):
    pass


class ApiUnreachable(ApiError):
    """`kind` says how far it came. `detail` is added for those kinds where it tells more."""

    def __init__(self, kind: Unreachability, host: str, detail: str = "") -> None:
        super().__init__(f"{_UNREACHED[kind].format(host=host)}{': ' + detail if detail else ''}")
        self.kind = kind
        self.host = host
        self.may_have_arrived = kind in ("timeout", "dropped")


_UNREACHED: dict[Unreachability, str] = {
    "dns": "the name {host} is not known here",
    "tls": "{host} cannot be trusted",
    "proxy": "the proxy on the way to {host} refuses",
    "connect": "{host} accepts no connection",
    "timeout": "{host} did not answer in time",
    "dropped": "{host} broke off",
}


class ApiThrottled(ApiError):
    """`retry_after` is in seconds, None when the API did not say."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__("too many requests")
        self.retry_after = retry_after


class ApiFailed(ApiError):
    may_have_arrived = True

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(f"HTTP {status}{': ' + detail if detail else ''}")
        self.status = status


class ApiNonsense(ApiError):
    may_have_arrived = True


class RequestRefused(ApiError):
    def __init__(
        self, status: int, title: str = "", detail: str = "", violations: tuple[str, ...] = ()
    ) -> None:
        words = "; ".join(part for part in (detail or title, *violations) if part)
        super().__init__(f"HTTP {status}: {words}" if words else f"HTTP {status}")
        self.status = status
        self.title = title
        self.detail = detail
        self.violations = violations


class NotFound(RequestRefused):
    pass


def wrong_value(
    what: str, value: str, allowed: Iterable[str], kind: type[UsageError] = UsageError
) -> UsageError:
    """The error for a value out of a closed list: names it, the nearest match, and the list."""
    from difflib import get_close_matches

    names = tuple(allowed)
    folded = {name.casefold(): name for name in names}
    nearest = get_close_matches(value.casefold(), folded, n=1)
    hint = f" Did you mean {folded[nearest[0]]}?" if nearest else ""
    return kind(printable(f"“{value}” is not {what}.{hint} Allowed: {', '.join(names)}."))


def printable(text: str) -> str:
    """A sentence with a user's text in it: a mark stands for what cannot be seen."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
