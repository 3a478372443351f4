"""What the demo API says no with, and how it reads what it is sent: nothing sent is trusted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

LARGEST_BODY = 64 * 1024
LARGEST_PAGE = 100
UNREADABLE = "Failed to read request. Please check your request body."
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


@dataclass
class Problem(Exception):
    """Becomes a problem document (RFC 9457)."""

    status: int
    detail: str
    violations: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_response(problem: Problem, path: str) -> Response:
    title = TITLES.get(problem.status, "Error")
    body: dict[str, object] = {
        "type": f"https://api.matillion.com/problems/{title.lower().replace(' ', '-')}",
        "title": title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": path.removeprefix("/dpc"),
    }
    if problem.violations:
        body["violations"] = list(problem.violations)
    return Response(
        json.dumps(body),
        problem.status,
        dict(problem.headers),
        "application/problem+json",
    )


async def body_bytes(request: Request) -> bytes:
    """The body, read no further than it may be long. Raises Problem."""
    parts: list[bytes] = []
    length = 0
    try:
        async for part in request.stream():
            length += len(part)
            if length > LARGEST_BODY:
                raise Problem(400, f"The request body is longer than {LARGEST_BODY} bytes.")
            parts.append(part)
    except ClientDisconnect as gone:
        raise Problem(400, UNREADABLE) from gone
    return b"".join(parts)


async def json_object(request: Request) -> dict[str, object]:
    """The body as a JSON object. Raises Problem."""
    try:
        body = json.loads(await body_bytes(request))
    except (ValueError, RecursionError) as broken:
        raise Problem(400, UNREADABLE) from broken
    if not isinstance(body, dict):
        raise Problem(400, UNREADABLE)
    return body


def number_in(query: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    """A whole number of the query. Raises Problem."""
    text = query.get(name)
    if text is None:
        return default
    is_number = text.isascii() and text.isdigit() and len(text) <= 9
    if not is_number or not low <= int(text) <= high:
        said = f"{name}: must be a whole number between {low} and {high}"
        raise Problem(400, "Validation failed", (said,))
    return int(text)


def page_and_size(query: Mapping[str, str]) -> tuple[int, int]:
    """Raises Problem."""
    return number_in(query, "page", 0, 0, 999_999_999), number_in(
        query, "size", 25, 1, LARGEST_PAGE
    )


def moment_in(query: Mapping[str, str], name: str) -> datetime | None:
    """An ISO 8601 moment with an offset, whose plus may arrive as a space. Raises Problem."""
    text = query.get(name)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Problem(400, "Validation failed", (f"{name}: must be a date-time with an offset",))
    return moment
