"""The pages before the sign-in: plain HTML without the toolkit, which work without a script too."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

TITLE = "Maia runners"
PAGE = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title} · Maia runners</title>
  <link rel="icon" href="{root}/static/favicon.svg">
  <link rel="stylesheet" href="{root}/theme.css">
  <link rel="stylesheet" href="{root}/static/sign_in.css">
  <script src="{root}/static/theme.js"></script>
</head>
<body>
  <main>
    <p class="product"><span class="symbol" aria-hidden="true">◆</span>Maia runners</p>
    <h1>{title}</h1>
    {content}
  </main>
</body>
</html>
"""


def plain_page(
    request: Request, title: str, content: str, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    """`content` is HTML; `title` is text."""
    root = escape(root_of(request))
    html = PAGE.format(title=escape(title), content=content, root=root)
    return HTMLResponse(html, status, headers={"cache-control": "no-store"})


def wants_page(scope: Scope) -> bool:
    """Whether it is a browser that wants to show what comes."""
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and shows_page(scope)


def shows_page(scope: Scope) -> bool:
    """The same of a request that may also have sent something."""
    headers: Mapping[str, str] = Headers(scope=scope)
    accepts = "text/html" in headers.get("accept", "")
    return accepts and headers.get("sec-fetch-mode", "navigate") == "navigate"


def root_of(request: Request) -> str:
    """The path under which the console is served, without a slash at its end."""
    return str(request.scope.get("root_path", ""))


def said(sentence: str) -> str:
    """What happened, as a line above a form; nothing where nothing did."""
    return _line("said", "status", "ℹ", sentence)


def wrong(sentence: str) -> str:
    """Why it did not work, to which the fields are tied by the id."""
    return _line("wrong", "alert", "▲", sentence, 'id="wrong" ')


def note(sentence: str) -> str:
    return f'<p class="note">{escape(sentence)}</p>'


def link(where: str, text: str, kind: str = "") -> str:
    return f'<p><a class="{escape(kind)}" href="{escape(where)}">{escape(text)}</a></p>'


def form(action: str, fields: str, button: str, hidden: Mapping[str, str]) -> str:
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in hidden.items()
    )
    return (
        f'<form method="post" action="{escape(action)}">{kept}{fields}'
        f'<button type="submit" class="primary">{escape(button)}</button></form>'
    )


def field(
    name: str,
    label: str,
    *,
    value: str = "",
    secret: bool = False,
    complete: str,
    hint: str = "",
    is_first: bool = False,
    is_wrong: bool = False,
    error: str = "",
) -> str:
    """A text field. `complete` is what a password manager puts in; `error` is what is wrong with
    it, `is_wrong` says that the line above the form says so."""
    texts = {f"{name}-error": ("wrong-text", error), f"{name}-hint": ("hint", hint)}
    told = [*(each for each, (_, text) in texts.items() if text), *(["wrong"] if is_wrong else [])]
    described = " ".join(told)
    marks = f' aria-describedby="{described}"' if told else ""
    marks += ' aria-invalid="true"' if is_wrong or error else ""
    marks += " autofocus" if is_first else ""
    below = "".join(
        f'<span class="{kind}" id="{each}">{escape(text)}</span>'
        for each, (kind, text) in texts.items()
        if text
    )
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{"password" if secret else "text"}"'
        f' value="{escape(value)}" autocomplete="{complete}" autocapitalize="none"'
        f' spellcheck="false" maxlength="1000" required{marks}>{below}'
    )


def _line(kind: str, role: str, symbol: str, sentence: str, more: str = "") -> str:
    if not sentence:
        return ""
    return (
        f'<p {more}class="{kind}" role="{role}"><span class="symbol" aria-hidden="true">{symbol}'
        f"</span><span>{escape(sentence)}</span></p>"
    )
