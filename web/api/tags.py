"""Entity tags (RFC 9110, 8.8.3): who asks again is told whether anything is new, and no more.

The tags are weak: the age of the data, which differs with every answer, is no part of them.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from fastapi import Request, Response

AGE = "maia-data-age"
"""Seconds since the last good reading, also of an answer that has no body."""

_USUAL = {"cache-control": "private, no-cache", "vary": "authorization, cookie"}


def tagged_response(
    request: Request, told: Mapping[str, Any], reading: Mapping[str, Any]
) -> Response:
    """What is told with how it was read, or 304 where the caller has it already."""
    lasting = [told, reading["problem"], reading["is_stale"]]
    tag = f'W/"{blake2b(_json(lasting), digest_size=15).hexdigest()}"'
    age = reading["age_seconds"]
    headers = {**_USUAL, "etag": tag, **({} if age is None else {AGE: str(age)})}
    if _has_it(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    body = _json({**told, "data": reading})
    return Response(body, headers=headers, media_type="application/json")


def _has_it(known: str, tag: str) -> bool:
    return known.strip() == "*" or tag.removeprefix("W/") in (
        each.strip().removeprefix("W/") for each in known.split(",")
    )


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")
