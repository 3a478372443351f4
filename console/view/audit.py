"""The audit in words, what of it to look at, and the same as a CSV file. The filter goes into an
address, so that a view of it can be sent on; what is odd there is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from urllib.parse import urlencode

from console.access.audit import AuditEntry, AuditPage, AuditQuery, Outcome, What
from console.view.csv_text import csv_text
from console.view.dates import local_clock, local_day, utc_beside
from console.view.form import Field, Option
from console.view.navigation import AUDIT
from console.view.table import Cell
from console.view.text import shown
from console.view.tone import Tone

LONGEST = 200

WORDS: Mapping[str, str] = MappingProxyType(
    {
        What.SIGN_IN: "signed in",
        What.SIGN_IN_REFUSED: "could not sign in",
        What.SIGN_OUT: "signed out",
        What.SESSION_ENDED: "ended a session",
        What.ADMIN_INVITED: "the first admin was invited",
        What.USER_ADDED: "added a user",
        What.ROLE_SET: "set a role",
        What.PASSWORD_SET: "set a password",
        What.USER_DISABLED: "disabled a user",
        What.USER_ENABLED: "enabled a user",
        What.TOKEN_ADDED: "made a token",
        What.TOKEN_REVOKED: "revoked a token",
        What.TOKEN_REFUSED: "showed a token that does not hold",
        What.SCREEN_ASKED: "asked to be a screen",
        What.SCREEN_ADDED: "let a screen in",
        What.SCREEN_REFUSED: "typed a screen's code that does not hold",
        What.SCREEN_OPENED: "a screen came in",
        What.SCREEN_SET: "set a screen's options",
        What.SCREEN_RENAMED: "renamed a screen",
        What.SCREEN_REVOKED: "switched a screen off",
        What.SCREEN_REMOVED: "took a screen off the list",
        What.ACTION: "agreed to an action",
        What.ACTION_ENDED: "acted on runners",
        What.ACTION_REFUSED: "was refused an action",
        What.REQUEST_REFUSED: "was refused a request",
        What.SOCKET_REFUSED: "was refused an event of a page",
    }
)

OUTCOMES: Mapping[str, Cell] = MappingProxyType(
    {
        Outcome.AGREED: Cell("agreed", Tone.INFO, "→", ">"),
        Outcome.DONE: Cell("done", Tone.GOOD, "✓", "+"),
        Outcome.REFUSED: Cell("refused", Tone.WARNING, "!", "!"),
        Outcome.FAILED: Cell("failed", Tone.CRITICAL, "✕", "x"),
        Outcome.NOT_SEEN: Cell("not seen to finish", Tone.WARNING, "!", "!"),
    }
)

NOBODY = "nobody signed in"
EMPTY = "Nothing is recorded yet."
NONE_PASSES = "Nothing that is recorded passes the filter."

TITLES = ("When", "Who", "What", "Target", "From where", "Outcome", "Plan")

COLUMNS = ("at", "who", "role", "from", "what", "target", "detail", "outcome", "plan")


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """ "" lets everything pass. `since` and `until` are days, "2026-10-01", both included; `who`
    and `target` are parts of a name, in any case."""

    who: str = ""
    what: str = ""
    target: str = ""
    outcome: str = ""
    since: str = ""
    until: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """What of it belongs into an address."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in told.items() if value}

    @property
    def address(self) -> str:
        """Of the page that shows it, from the console's own."""
        return f"{AUDIT.path}?{urlencode(self.parameters)}"

    def query(self, zone: tzinfo) -> AuditQuery:
        """Days begin at midnight in this zone."""
        until = _midnight(self.until, zone, days=1)
        return AuditQuery(
            self.who, self.what, self.target, self.outcome, _midnight(self.since, zone), until
        )


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry. `clock` has the time in UTC beside it as `utc`, where that is another."""

    clock: str
    utc: str
    who: str
    where: str
    what: str
    target: str
    detail: str
    outcome: Cell
    plan: str


@dataclass(frozen=True, slots=True)
class AuditDay:
    title: str
    lines: tuple[AuditLine, ...]


@dataclass(frozen=True, slots=True)
class AuditView:
    """By days, newest first. `note` says why there is nothing, or what is wrong; `before` is what
    to ask with for those that are older, None at the end."""

    days: tuple[AuditDay, ...]
    note: Cell
    before: int | None = None


def audit_filter(parameters: Mapping[str, str]) -> AuditFilter:
    known = {each.name for each in fields(AuditFilter)}
    told = {name: parameters[name][:LONGEST] for name in known & set(parameters)}
    if told.get("outcome", "") not in OUTCOMES:
        told["outcome"] = ""
    for name in ("since", "until"):
        if _day(told.get(name, "")) is None:
            told[name] = ""
    return AuditFilter(**told)


def audit_view(page: AuditPage, wanted: AuditFilter, zone: tzinfo) -> AuditView:
    days: dict[str, list[AuditLine]] = {}
    for entry in page.entries:
        days.setdefault(local_day(entry.at, zone), []).append(_line(entry, zone))
    return AuditView(
        tuple(AuditDay(title, tuple(lines)) for title, lines in days.items()),
        _note(page, wanted),
        page.before,
    )


def audit_fields(wanted: AuditFilter) -> tuple[Field, ...]:
    """What can be chosen to look at."""
    odd = wanted.what and wanted.what not in WORDS
    whats = (
        Option("", "anything"),
        *(Option(what, words) for what, words in WORDS.items()),
        *((Option(wanted.what, shown(wanted.what, 60)),) if odd else ()),
    )
    outcomes = (Option("", "any"), *(Option(each, OUTCOMES[each].text) for each in Outcome))
    return (
        Field("who", "Who", wanted.who, hint="part of a name"),
        Field("what", "What", wanted.what, options=whats),
        Field("target", "Target", wanted.target, hint="part of its name"),
        Field("outcome", "Outcome", wanted.outcome, options=outcomes),
        Field("since", "From", wanted.since, kind="date"),
        Field("until", "Until", wanted.until, kind="date"),
    )


def audit_csv(entries: Iterable[AuditEntry]) -> str:
    """An entry a line, in their order, moments in UTC."""
    return csv_text(
        COLUMNS,
        (
            (
                each.at.astimezone(UTC).isoformat(timespec="seconds"),
                each.who,
                each.role,
                each.address,
                each.what,
                each.target,
                each.detail,
                each.outcome,
                each.plan,
            )
            for each in entries
        ),
    )


def _line(entry: AuditEntry, zone: tzinfo) -> AuditLine:
    who = shown(entry.who, 100) or NOBODY
    outcome = OUTCOMES.get(entry.outcome, Cell(shown(entry.outcome, 30), Tone.MUTED, "?", "?"))
    return AuditLine(
        clock=local_clock(entry.at, zone),
        utc=utc_beside(entry.at, zone),
        who=f"{who} ({shown(entry.role, 30)})" if entry.role else who,
        where=shown(entry.address, 60),
        what=WORDS.get(entry.what, shown(entry.what, 60)),
        target=shown(entry.target),
        detail=shown(entry.detail, 500),
        outcome=outcome,
        plan=shown(entry.plan, 60),
    )


def _note(page: AuditPage, wanted: AuditFilter) -> Cell:
    if page.problem:
        return Cell(page.problem, Tone.WARNING, "!", "!")
    if page.entries:
        return Cell("", Tone.MUTED)
    return Cell(NONE_PASSES if wanted.parameters else EMPTY, Tone.MUTED)


def _day(text: str) -> date | None:
    """A day that every zone can tell the midnights of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 2999 else None


def _midnight(text: str, zone: tzinfo, days: int = 0) -> datetime | None:
    day = _day(text)
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days), time(), zone).astimezone(UTC)
