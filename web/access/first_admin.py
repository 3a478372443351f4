"""The first admin, made through a link that is printed on the server and holds once. There is never
a password that somebody else knows."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from starlette.responses import Response

from console.access.refusals import SignInRefused
from console.view.answers import Answers
from web.access.desk import Desk, agent_of, refused_status, with_wait
from web.access.entrance import address_of
from web.access.forms import FormRefused, form_of
from web.access.plain_page import field, form, link, note, plain_page, root_of, wrong
from web.access.sign_in import refused_page

PATH = "/first-admin"
TITLE = "Make the first admin"
WHAT = (
    "This account may do everything: add users, give them roles, and act on runners."
    " The link that brought you here works once."
)
ABOUT_PASSWORD = "At least 12 characters. A few words that only you put together are best."
SPENT = "This link has been used, or is no longer needed: there is an admin."
LONGEST_KEY = 200
NAMES = ("name", "password", "again")


def add_first_admin(app: FastAPI, desk: Desk) -> None:
    async def page(request: Request) -> Response:
        key = request.query_params.get("key", "")
        if desk.access.has_admin or not 0 < len(key) <= LONGEST_KEY:
            return _spent(request)
        return plain_page(request, TITLE, note(WHAT) + _form(request, key, "", {}))

    async def make(request: Request) -> Response:
        try:
            fields = await form_of(request)
        except FormRefused as refused:
            return refused_page(request, refused)
        return await _made(request, desk, fields)

    app.add_api_route(PATH, page, methods=["GET", "HEAD"])
    app.add_api_route(PATH, make, methods=["POST"])


async def _made(request: Request, desk: Desk, fields: Mapping[str, str]) -> Response:
    key = fields.get("key", "")
    if desk.access.has_admin or not 0 < len(key) <= LONGEST_KEY:
        return _spent(request)
    given = Answers(dict(fields))
    name = given.new_name("name")
    password = given.new_password("password", name, again="again")
    if given.errors:
        content = _form(request, key, name, given.errors)
        return plain_page(request, TITLE, content, HTTPStatus.BAD_REQUEST)
    try:
        begun = await desk.access.accept_invitation(
            key, name, password, address=address_of(request.scope), agent=agent_of(request)
        )
    except SignInRefused as refused:
        content = _form(request, key, name, {refused.about: str(refused)})
        return with_wait(plain_page(request, TITLE, content, refused_status(refused)), refused)
    return await desk.begin(request, begun, f"{root_of(request)}/")


def _form(request: Request, key: str, name: str, errors: Mapping[str, str]) -> str:
    """The first field that is wrong has the focus, else the first of all. `errors` are by field, ""
    for what is wrong with no single one."""
    first = next((each for each in NAMES if each in errors), NAMES[0])

    def ask(place: str, label: str, complete: str, hint: str = "") -> str:
        return field(
            place,
            label,
            value=name[:100] if place == "name" else "",
            secret=place != "name",
            complete=complete,
            hint=hint,
            is_first=place == first,
            error=errors.get(place, ""),
        )

    fields = (
        ask("name", "Name", "username")
        + ask("password", "Password", "new-password", ABOUT_PASSWORD)
        + ask("again", "The same password again", "new-password")
    )
    made = form(f"{root_of(request)}{PATH}", fields, "Make the account", {"key": key})
    return wrong(errors.get("", "")) + made


def _spent(request: Request) -> Response:
    content = note(SPENT) + link(f"{root_of(request)}/sign-in", "Sign in", "button")
    return plain_page(request, TITLE, content, HTTPStatus.GONE)
