"""Forms of the plain pages, read within bounds. Whatever is wrong with one is a plain refusal."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.requests import ClientDisconnect

MOST_BYTES = 16_384
MOST_FIELDS = 20
FORM = "application/x-www-form-urlencoded"


class FormRefused(Exception):
    """The text is the full sentence."""

    def __init__(self, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(sentence)
        self.status = status


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields, the last of those with the same name. Only a page of ours may send one: that an
    Origin is ours has been checked before; here it must be there. Raises FormRefused."""
    if "origin" not in request.headers:
        raise FormRefused("This form was not sent by a page of the console.", HTTPStatus.FORBIDDEN)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise FormRefused("This is not a form.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = await _body(request)
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise FormRefused("This form cannot be read.") from None
    return dict(fields)


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BYTES:
                too_large = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                raise FormRefused("This form is too large.", too_large)
    except ClientDisconnect:
        raise FormRefused("This form did not arrive as a whole.") from None
    return bytes(body)
