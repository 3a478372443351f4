"""Who asks a machine's address, and whether they may: a token with the scope, or a person."""

from typing import Protocol

from fastapi import Request

from console.access.person import Person
from console.access.tokens import Scope, Token
from web.access.people import NOBODY, person_of
from web.api.problems import Refusal

_BEARER = "bearer "
MOST_LETTERS = 200
"""Of a token that is looked for; what is longer is none."""

NO_TOKEN = ""
"""Stands for what cannot be the secret of a token, which is refused without being looked for."""


class Tokens(Protocol):
    """Who knows tokens, and keeps in mind what is refused."""

    def bearer(self, secret: str, *, address: str) -> Token | None:
        """None for one that is not known, has expired or was revoked."""
        ...

    def refuse_scope(self, token: Token, scope: str, *, address: str) -> None:
        """Is told of a token that holds, but lacks the scope."""
        ...


Caller = Person | Token


def caller_of(request: Request, tokens: Tokens | None, scope: Scope | None) -> Caller:
    """A token that is sent counts alone, whoever is signed in beside it. `scope` is what it takes,
    None for what every token may. Raises Refusal."""
    header = request.headers.get("authorization", "")
    if tokens is not None and header[: len(_BEARER)].lower() == _BEARER:
        return _by_token(header[len(_BEARER) :].strip(), _address(request), tokens, scope)
    person = person_of(request)
    if person == NOBODY:
        raise Refusal(
            401,
            "Sign in, or send a token: Authorization: Bearer TOKEN.",
            headers={"www-authenticate": 'Bearer realm="maia-console"'},
        )
    return person


def _by_token(secret: str, address: str, tokens: Tokens, scope: Scope | None) -> Token:
    may_be_one = len(secret) <= MOST_LETTERS and secret.isascii()
    token = tokens.bearer(secret if may_be_one else NO_TOKEN, address=address)
    if token is None:
        raise Refusal(
            401,
            "This token is not known, has expired or was revoked.",
            headers={"www-authenticate": 'Bearer realm="maia-console", error="invalid_token"'},
        )
    if scope is not None and not token.may(scope):
        tokens.refuse_scope(token, scope, address=address)
        challenge = f'Bearer realm="maia-console", error="insufficient_scope", scope="{scope}"'
        raise Refusal(
            403,
            f"This token may not do that: it lacks the scope {scope}.",
            headers={"www-authenticate": challenge},
        )
    return token


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""
