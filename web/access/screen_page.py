"""What a browser shows at the address of the wall that is not let in: its code, what keeps it out,
or that it was switched off. Plain HTML that can be read across a room, under a strict policy."""

from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from console.access.screen_codes import VALID, Waiting, spoken_code
from web.access.plain_page import root_of

FRESH = {"cache-control": "no-store"}
THEMES = ("dark", "light")
KEY = "key"
"""What the secret of a link stands under in its address."""

TITLE = "Let this screen in"
HOW = "An admin types this code in <b>Settings › Screens</b> of the console at"
AS_A_PERSON = "Sign in as a person instead"
NO_ADMIN = "No screen can be let in yet: the console has no admin."
OFF = "This screen was switched off"
BACK = "It shows a code again once an admin takes it off the list in Settings › Screens."
OUT = "This screen cannot be let in now"
NO_COOKIES = "This browser keeps no cookies, so it cannot be let in."
LOST = "The console does not answer. It is tried again by itself."
RETRY_SECONDS = 10

PAGE = """<!doctype html>
<html lang="en"{theme}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title} · Maia runners</title>
  <link rel="icon" href="{root}/static/favicon.svg">
  <link rel="stylesheet" href="{root}/theme.css">
  <link rel="stylesheet" href="{root}/static/screen.css">
  <script src="{root}/static/screen.js" defer></script>
  <noscript><meta http-equiv="refresh" content="{retry}"></noscript>
</head>
<body data-state="{state}" data-ask="{root}/wall/waiting{asking}" data-retry="{retry}"
      data-lost="{lost}" data-cookies="{cookies}">
  <header><span class="symbol" aria-hidden="true">◆</span>Maia runners</header>
  <main>
    <h1>{title}</h1>
    {content}
    <p id="told" role="status">{note}</p>
  </main>
  <footer>{footer}</footer>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a browser stands: "in" for one that may show the wall, "code", "none" for one that has
    yet to ask, "out" with the reason, and "off" for one that was switched off. `retry` is after how
    many seconds it may ask; `key` that of a link that has not held yet, or ""."""

    state: str
    note: str = ""
    waiting: Waiting | None = None
    retry: int = RETRY_SECONDS
    key: str = field(default="", repr=False)


def standing_json(standing: Standing, seconds: float) -> Response:
    """`seconds` is how long its code holds."""
    told: dict[str, Any] = {"state": standing.state, "note": standing.note, "retry": standing.retry}
    if standing.waiting is not None:
        told |= {"code": standing.waiting.code, "seconds": round(seconds), "of": _whole()}
    return JSONResponse(told, headers=FRESH)


def standing_page(
    request: Request, standing: Standing, seconds: float, public: str = ""
) -> Response:
    """`seconds` is how long its code holds; `public` the address under which admins reach the
    console, "" for the one that was asked."""
    theme = request.query_params.get("theme", "")
    root, waiting = escape(root_of(request)), standing.waiting
    titles, content = {"code": TITLE, "off": OFF}, ""
    if waiting is not None:
        where = public.partition("://")[2] or f"{request.url.netloc}{root_of(request)}"
        content = _code(waiting, seconds, where)
    person = f'<a href="{root}/sign-in?next={root}/wall">{AS_A_PERSON}</a>'
    html = PAGE.format(
        theme=f' data-theme="{theme}"' if theme in THEMES else "",
        title=titles.get(standing.state, OUT),
        root=root,
        retry=standing.retry,
        asking=f"?{KEY}={standing.key}" if standing.key else "",
        state=standing.state,
        lost=escape(LOST),
        cookies=escape(NO_COOKIES),
        content=content,
        note=escape(standing.note),
        footer="" if standing.state == "off" else person,
    )
    status = HTTPStatus.FORBIDDEN if standing.state == "off" else HTTPStatus.OK
    return HTMLResponse(html, status, headers=FRESH)


def _code(waiting: Waiting, seconds: float, where: str) -> str:
    halves = "".join(f"<span>{_letters(half)}</span>" for half in spoken_code(waiting.code).split())
    minutes = max(1, round(seconds / 60))
    return (
        f'<p id="code" aria-label="The code, letter by letter: {" ".join(waiting.code)}">'
        f"{halves}</p>"
        f'<p id="left" data-seconds="{round(seconds)}" data-of="{_whole()}">'
        f"<i><i></i></i><span>A new code in {minutes} min</span></p>"
        f'<p class="how">{HOW} <b>{escape(where)}</b></p>'
    )


def _letters(half: str) -> str:
    return "".join(f"<b>{letter}</b>" for letter in half)


def _whole() -> int:
    return round(VALID.total_seconds())
