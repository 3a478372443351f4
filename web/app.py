"""The web application: NiceGUI's pages, the wall's plain one, the rows, and the health check."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from fastapi import FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from nicegui import ui

from console.access.access import Access
from console.errors import FilterError
from console.oidc import Provider
from console.serving_settings import ServingSettings
from console.session import Session
from console.settings import config_path
from console.traffic import Traffic
from console.view.filter import parse_filter
from console.view.overview import data_age, problem_text
from console.view.query import Query
from web.access.people import NOBODY, person_of
from web.access.screens import SignedInScreens
from web.access.wiring import add_doors, add_guards
from web.address import address_from
from web.api.application import build_api
from web.feeds import Feeds
from web.metrics import add_monitoring
from web.page_files import add_page_files
from web.pages.activity import add_activity_file, add_activity_page
from web.pages.audit import add_audit_file, add_audit_page
from web.pages.releases import add_calendar_file, add_releases_page
from web.pages.runners import add_runners_page
from web.pages.settings import add_settings_page
from web.pages.wall import add_wall
from web.recorded import Recorded
from web.theme import theme_css

STATIC = Path(__file__).parent / "static"
NOT_COUNTED: Mapping[str, Traffic] = MappingProxyType({})
LOCAL = ServingSettings()


def build_app(
    session: Session,
    *,
    allowed_hosts: Collection[str],
    traffic: Mapping[str, Traffic] = NOT_COUNTED,
    access: Access | None = None,
    config: Path | None = None,
    serving: ServingSettings = LOCAL,
    provider: Provider | None = None,
) -> FastAPI:
    """The application over one open session. `allowed_hosts` are the names it may be asked by;
    `traffic` is what is counted of each account's API, by the account's name; `access` knows who
    may use it, `provider` who somebody is; `config` is the settings file, where it is not the usual
    one.
    `state.end_streams` is to be called before the server stops."""
    app = FastAPI(title="Maia runner console", docs_url=None, redoc_url=None, openapi_url=None)
    feeds = Feeds(session.store)
    add_page_files(app)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_api_route("/theme.css", lambda: Response(theme_css(), media_type="text/css"))
    _add_health(app, session)
    add_monitoring(app, session, traffic, access)
    app.mount("/api", build_api(session, access))
    entrance, presence = add_doors(app, access, serving, provider)
    _add_rows(app, feeds)
    screens = SignedInScreens(access.screens) if access is not None else None
    wall = add_wall(app, session.name, session.store, session.zone, screens, serving.public_address)
    app.state.end_streams = wall.close
    _add_pages(app, session, feeds, access, config or config_path(os.environ))
    ui.run_with(
        app,
        title="Maia runners",
        favicon=STATIC / "favicon.svg",
        dark=None,
        language="en-US",
        binding_refresh_interval=None,
        tailwind=False,
        show_welcome_message=False,
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    add_guards(app, entrance, presence, serving, allowed_hosts)
    return app


def _add_pages(
    app: FastAPI, session: Session, feeds: Feeds, access: Access | None, config: Path
) -> None:
    """The pages of people, each with the files that it offers."""
    add_runners_page(session, feeds, access)
    add_releases_page(session, feeds, access)
    add_calendar_file(app, session)
    recorded = Recorded(session)
    add_activity_page(session, feeds, recorded, access)
    add_activity_file(app, session, recorded)
    add_audit_page(session, feeds, access)
    add_audit_file(app, session, access)
    add_settings_page(session, feeds, access, config)


def _add_health(app: FastAPI, session: Session) -> None:
    @app.get("/healthz")
    async def healthz(request: Request) -> JSONResponse:
        """Whether the process works; that the API does not answer is said, but is not its fault.
        Who is not signed in is told no more."""
        if person_of(request) == NOBODY:
            return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})
        store = session.store
        age = data_age(store.snapshot, store.now)
        taken = store.snapshot.taken
        body = {
            "status": "ok",
            "runners": len(store.snapshot.runners),
            "data": age.text,
            "age_seconds": None if taken is None else (store.now - taken).total_seconds(),
            "is_stale": age.is_stale,
            "problem": problem_text(store.snapshot) or None,
        }
        return JSONResponse(body, headers={"cache-control": "no-store"})


def _add_rows(app: FastAPI, feeds: Feeds) -> None:
    @app.get("/rows")
    async def rows(request: Request) -> Response:
        """All rows of a query, for a table that is longer than what came with its page."""
        asked = address_from(request.query_params)
        try:
            query = Query(parse_filter(asked.filter), asked.sort, asked.descending)
        except FilterError as error:
            return JSONResponse({"error": str(error), "position": error.position}, 400)
        headers = {"cache-control": "no-store"}
        return Response(feeds.feed(query).all, headers=headers, media_type="application/json")
