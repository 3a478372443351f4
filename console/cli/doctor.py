"""`doctor`: PASS or FAIL an item, with what to do. Every check is one function in `CHECKS`."""

import asyncio
import os
import socket
import ssl
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from console.accounts import Account, open_accounts
from console.api.client import RunnerApi, open_api
from console.api.http import httpx
from console.cli.exits import Exit
from console.cli.options import add_session_options, session_request
from console.errors import ConsoleError, PermissionDenied, UsageError
from console.journal.databases import Database
from console.journal.recall import recall
from console.settings import Profile
from console.view.words import error_sentence

MOST_SKEW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report. None for a check that does not apply."""

    item: str
    passed: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined."""

    profile: Profile
    database: Database
    api: RunnerApi
    answer: httpx.Response | None
    trouble: str = field(default="")

    @property
    def host(self) -> str:
        return urlsplit(self.profile.api_address).hostname or ""


Check = Callable[[Patient], Awaitable[Result]]


def add_arguments(parser: ArgumentParser, name: str) -> None:
    add_session_options(parser)


def run(options: Namespace) -> int:
    return asyncio.run(_examine(options))


async def _examine(options: Namespace) -> int:
    results: list[Result] = []
    try:
        async with open_accounts(session_request(options, polls=False)) as accounts:
            for account in accounts:
                results += [result async for result in _examined(account)]
    except UsageError as error:
        _report(Result("settings", False, str(error)))
        return Exit.USAGE
    return Exit.REFUSED if any(result.passed is False for result in results) else Exit.FINE


async def _examined(account: Account) -> AsyncIterator[Result]:
    """Each result is told as it comes."""
    profile = account.profile
    _report(Result("settings", True, f"Profile {profile.name}, {profile.api_address}."))
    async with open_api(profile) as api:
        answer, trouble = await _first_answer(profile)
        patient = Patient(profile, account.database, api, answer, trouble)
        for check in CHECKS:
            result = await check(patient)
            _report(result)
            yield result


def _report(result: Result) -> None:
    word = {True: "PASS", False: "FAIL", None: "SKIP"}[result.passed]
    sys.stdout.write(f"{word}  {result.item:<12}  {result.sentence}\n")
    sys.stdout.flush()


async def _first_answer(profile: Profile) -> tuple[httpx.Response | None, str]:
    """Any answer of the API's address, without signing in: what it says does not matter."""
    bundle = profile.ca_bundle
    transport = httpx.AsyncHTTPTransport(
        verify=ssl.create_default_context(cafile=str(bundle)) if bundle else True,
        proxy=profile.proxy,
        local_address="0.0.0.0" if profile.ipv4_only else None,
    )
    try:
        async with httpx.AsyncClient(transport=transport, timeout=10) as http:
            return await http.get(profile.api_address), ""
    except httpx.HTTPError as error:
        return None, str(error) or type(error).__name__


async def check_credentials(patient: Patient) -> Result:
    profile = patient.profile
    if not profile.client_id:
        return Result("credentials", False, "No client id. Run maia-console login.")
    if profile.client_secret is None:
        return Result("credentials", False, "No client secret. Run maia-console login.")
    return Result("credentials", True, f"Client id {profile.client_id}, and a secret.")


async def check_names(patient: Patient) -> Result:
    found = []
    for family, label in ((socket.AF_INET, "IPv4"), (socket.AF_INET6, "IPv6")):
        try:
            await asyncio.get_running_loop().getaddrinfo(patient.host, None, family=family)
        except OSError:
            continue
        found.append(label)
    if not found:
        return Result(
            "dns", False, f"{patient.host} has no address here. Check the region and the resolver."
        )
    hint = ""
    if found == ["IPv4", "IPv6"] and not patient.profile.ipv4_only:
        hint = " If the account allows only listed IPv4 addresses, set ipv4_only."
    return Result("dns", True, f"{patient.host} has {' and '.join(found)} addresses.{hint}")


async def check_connection(patient: Patient) -> Result:
    if patient.answer is None:
        return Result(
            "connection",
            False,
            f"No answer: {patient.trouble}. Check proxy, ca_bundle and the firewall.",
        )
    is_plain = patient.profile.api_address.startswith("http:")
    kind = "without TLS, on this machine" if is_plain else "over TLS"
    way = "through the proxy" if patient.profile.proxy else "directly"
    return Result("connection", True, f"Answers {kind}, {way}.")


async def check_clock(patient: Patient) -> Result:
    sent = patient.answer.headers.get("date") if patient.answer is not None else None
    if not sent:
        return Result("clock", None, "The API's time is not known.")
    skew = abs(datetime.now(UTC) - parsedate_to_datetime(sent))
    if skew > MOST_SKEW:
        seconds = int(skew.total_seconds())
        return Result("clock", False, f"{seconds} s away from the API's. Set the time by NTP.")
    return Result("clock", True, "Agrees with the API's.")


def permission_check(item: str, read: Callable[[RunnerApi], Awaitable[object]]) -> Check:
    """A check that a kind of thing can be read with these credentials."""

    async def check(patient: Patient) -> Result:
        if patient.answer is None or patient.profile.client_secret is None:
            return Result(item, None, "Not tried.")
        try:
            await read(patient.api)
        except PermissionDenied as error:
            needed = "" if error.address_not_allowed else _NEEDED.get(item, "")
            return Result(item, False, needed or error_sentence(error))
        except ConsoleError as error:
            return Result(item, False, error_sentence(error))
        return Result(item, True, "Can be read.")

    return check


async def _events(api: RunnerApi) -> None:
    now = datetime.now(UTC)
    await api.list_events(now - timedelta(minutes=5), now)


async def check_history(patient: Patient) -> Result:
    """Whether what was recorded can be read, and whether more can be."""
    database, profile = patient.database, patient.profile
    _, problem = await asyncio.to_thread(recall, database, profile.name)
    if problem:
        return Result("history", False, problem)
    if database.path is None:
        return Result("history", True, "Kept in the database of database_url.")
    made = database.path if database.path.exists() else _nearest_folder(database.path)
    if not os.access(made, os.W_OK):
        return Result("history", False, f"{made} cannot be written to, so nothing is recorded.")
    return Result("history", True, f"Kept for {profile.history_days} days in {database.path}.")


def _nearest_folder(path: Path) -> Path:
    return next(folder for folder in path.absolute().parents if folder.exists())


async def check_terminal(patient: Patient) -> Result:
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        return Result(
            "terminal", False, "TERM names no terminal that can be drawn on; use --plain."
        )
    if os.environ.get("NO_COLOR"):
        return Result("terminal", True, f"{term}, without colours, as NO_COLOR asks.")
    colours = os.environ.get("COLORTERM", "")
    depth = "true colour" if colours in ("truecolor", "24bit") else "256 colours or fewer"
    return Result("terminal", True, f"{term}, {depth}.")


_NEEDED = {
    "runners": "Not allowed: the credential needs the account role Super Admin or Admin.",
    "projects": "Not allowed. What uses a runner cannot be shown.",
    "executions": "Not allowed. What is running cannot be shown.",
    "audit": "Not allowed: the audit log needs Super Admin. Nothing else depends on it.",
}

CHECKS: tuple[Check, ...] = (
    check_credentials,
    check_names,
    check_connection,
    check_clock,
    permission_check("runners", lambda api: api.list_runners()),
    permission_check("projects", lambda api: api.list_projects()),
    permission_check("executions", lambda api: api.list_executions(("RUNNING",))),
    permission_check("audit", _events),
    check_history,
    check_terminal,
)
