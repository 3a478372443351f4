"""Signing in by name and password, and signing out."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.responses import Response

from console.access.refusals import SignInRefused
from web.access.cookies import forget, secret_in, see_other
from web.access.desk import (
    Desk,
    agent_of,
    next_of,
    refused_status,
    sign_in_address,
    with_wait,
)
from web.access.entrance import address_of
from web.access.forms import FormRefused, form_of
from web.access.plain_page import field, form, link, note, plain_page, root_of, said, wrong

TITLE = "Sign in"
ENDED = "Your session has ended. Sign in again to go on where you were."
SIGNED_OUT = "You signed out."
NOBODY_YET = (
    "There is no user yet. Whoever started the console finds the link for the first admin there."
)


def add_sign_in(app: FastAPI, desk: Desk, provider_label: str = "") -> None:
    """Registers /sign-in and /sign-out. `provider_label` is on the button that leads to the OpenID
    provider; "" where there is none."""

    async def page(request: Request) -> Response:
        where = next_of(request, request.query_params.get("next", ""))
        entrance = desk.entrance
        if not entrance.is_needed or entrance.person(request.scope, is_used=False) is not None:
            return see_other(where)
        told = desk.reasons.sentence(request.query_params.get("said", "")[:40])
        if not told and secret_in(request.scope) is not None:
            told = ENDED
        return plain_page(request, TITLE, said(told) + _ways(request, desk, provider_label, where))

    async def sign_in(request: Request) -> Response:
        try:
            fields = await form_of(request)
        except FormRefused as refused:
            return refused_page(request, refused)
        if not desk.entrance.is_needed:
            return see_other(f"{root_of(request)}/")
        return await _signed_in(request, desk, provider_label, fields)

    async def sign_out(request: Request) -> Response:
        try:
            await form_of(request)
        except FormRefused as refused:
            return refused_page(request, refused)
        person = desk.entrance.person(request.scope)
        if person is not None and person.session:
            await desk.access.sign_out(person.session)
        where = sign_in_address(request, f"{root_of(request)}/", desk.reasons.keep(SIGNED_OUT))
        return forget(see_other(where), request.scope)

    app.add_api_route("/sign-in", page, methods=["GET", "HEAD"])
    app.add_api_route("/sign-in", sign_in, methods=["POST"])
    app.add_api_route("/sign-out", lambda: see_other("./"), methods=["GET", "HEAD"])
    app.add_api_route("/sign-out", sign_out, methods=["POST"])


async def _signed_in(
    request: Request, desk: Desk, provider_label: str, fields: Mapping[str, str]
) -> Response:
    where = next_of(request, fields.get("next", ""))
    name, password = fields.get("name", ""), fields.get("password", "")
    try:
        begun = await desk.access.sign_in(
            name, password, address=address_of(request.scope), agent=agent_of(request)
        )
    except SignInRefused as refused:
        content = _ways(request, desk, provider_label, where, name[:100], str(refused))
        return with_wait(plain_page(request, TITLE, content, refused_status(refused)), refused)
    return await desk.begin(request, begun, where)


def _ways(
    request: Request,
    desk: Desk,
    provider_label: str,
    where: str,
    name: str = "",
    refused: str = "",
) -> str:
    """The provider first where there is one, then name and password."""
    by_provider = ""
    if provider_label:
        address = f"{root_of(request)}/sign-in/oidc?next={quote(where, safe='/')}"
        by_provider = link(address, provider_label, "button")
        by_provider += '<p class="or"><span>or with a password</span></p>'
    if not desk.access.has_users and not provider_label:
        return note(NOBODY_YET)
    is_wrong = bool(refused)
    told = refused or desk.access.problem
    fields = field(
        "name", "Name", value=name, complete="username", is_first=not name, is_wrong=is_wrong
    ) + field(
        "password",
        "Password",
        secret=True,
        complete="current-password",
        is_first=bool(name),
        is_wrong=is_wrong,
    )
    by_password = form(f"{root_of(request)}/sign-in", fields, TITLE, {"next": where})
    return by_provider + wrong(told) + by_password


def refused_page(request: Request, refused: FormRefused) -> Response:
    content = wrong(str(refused)) + link(f"{root_of(request)}/sign-in", "Back to the sign-in")
    return plain_page(request, "That did not work", content, refused.status)
