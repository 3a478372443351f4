"""Puts all of this package around an application: its pages into it, its guards before it."""

import secrets
from collections.abc import Collection
from http import HTTPStatus

from fastapi import FastAPI, Request
from nicegui import core, ui
from starlette.responses import PlainTextResponse, Response

from console.access.access import Access
from console.oidc import Provider
from console.serving_settings import ServingSettings
from web.access.arrivals import Arrivals, Proxies
from web.access.desk import Desk
from web.access.entrance import Entrance
from web.access.failures import Failures, pass_on
from web.access.first_admin import add_first_admin
from web.access.frames import Frames
from web.access.gate import Gate
from web.access.oidc import add_oidc
from web.access.plain_page import link, plain_page, root_of, wants_page
from web.access.presence import Presence
from web.access.screen_door import ScreenDoor
from web.access.sign_in import add_sign_in
from web.access.sockets import Sockets
from web.guard import Guard
from web.nonce import number_inline
from web.page_files import RESTART, address


def add_doors(
    app: FastAPI, access: Access | None, serving: ServingSettings, provider: Provider | None
) -> tuple[Entrance, Presence]:
    """The pages before the sign-in; to be called before NiceGUI takes all other paths."""
    entrance = Entrance(access, serving.needs_sign_in, serving.roles)
    presence = Presence(core.sio, access, serving.path_prefix)
    if access is not None:
        desk = Desk(access, entrance, presence.reasons)
        add_sign_in(app, desk, serving.oidc_label if provider is not None else "")
        add_first_admin(app, desk)
        if provider is not None:
            add_oidc(app, desk, provider, serving.roles)
    return entrance, presence


def add_guards(
    app: FastAPI,
    entrance: Entrance,
    presence: Presence,
    serving: ServingSettings,
    allowed_hosts: Collection[str],
) -> None:
    """The last middleware to be added: what is outside of it sees what nobody has checked."""
    sockets = Sockets(core.sio, entrance, presence)
    number_inline()
    core.app.add_exception_handler(HTTPStatus.NOT_FOUND, not_found)
    core.app.add_exception_handler(Exception, pass_on)
    ui.add_head_html(_restart_head(serving.path_prefix), shared=True)
    proxies = Proxies(
        serving.networks, serving.user_header, serving.groups_header, serving.proxy_tls
    )
    app.add_middleware(Frames, sio=core.sio, entrance=entrance)
    access, public = entrance.access, serving.public_address
    screens = ScreenDoor(access, public) if access is not None else None
    app.add_middleware(
        Gate,
        entrance=entrance,
        presence=presence,
        is_foreign=sockets.is_foreign,
        screens=screens,
    )
    app.add_middleware(Failures)
    app.add_middleware(Guard, allowed_hosts=allowed_hosts, on_refused=entrance.note_foreign)
    app.add_middleware(Arrivals, proxies=proxies, prefix=serving.path_prefix)


def not_found(request: Request, _: Exception) -> Response:
    """Instead of the toolkit's, which keeps a page in memory for each address that there is not."""
    if not wants_page(request.scope):
        return PlainTextResponse("There is nothing here.\n", HTTPStatus.NOT_FOUND)
    home = link(f"{root_of(request)}/", "To the runners", "button")
    return plain_page(request, "There is no such page", home, HTTPStatus.NOT_FOUND)


def _restart_head(prefix: str) -> str:
    """Each start of the server has a word of its own, by which a page that was loaded anew knows
    whether it is another."""
    return (
        f'<script src="{prefix}/{address(RESTART)}" data-started="{secrets.token_hex(8)}" defer>'
        "</script>"
    )
