"""The token endpoint of the demo API, and the check of the tokens that it gave out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.demo.problems import Problem, body_bytes

AUDIENCE = "https://api.matillion.com"
LIFE = timedelta(seconds=1800)
FORM = "application/x-www-form-urlencoded"


class Tokens:
    """Tokens expire by the clock that is passed in."""

    def __init__(self, clock: Callable[[], datetime], client_id: str, client_secret: str) -> None:
        self._clock = clock
        self._client = (client_id, client_secret)
        self._expiries: dict[str, datetime] = {}
        self._given = 0

    async def endpoint(self, request: Request) -> Response:
        """Client credentials, form-encoded, with an audience."""
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
            return _refused(400, "invalid_request", f"The request must be {FORM}.")
        try:
            form = _form(await body_bytes(request))
        except (Problem, ValueError):
            return _refused(400, "invalid_request", "The form could not be read.")
        if form.get("grant_type") != "client_credentials":
            return _refused(400, "unsupported_grant_type", "Use client_credentials.")
        if form.get("audience") != AUDIENCE:
            return _refused(400, "invalid_request", f"The audience must be {AUDIENCE}.")
        if (form.get("client_id"), form.get("client_secret")) != self._client:
            return _refused(401, "access_denied", "Unauthorized")
        token = self._new_token()
        return JSONResponse(
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": int(LIFE.total_seconds()),
                "scope": "pipeline-execution",
            },
            headers={"Cache-Control": "no-store"},
        )

    def check(self, request: Request) -> None:
        """Raises Problem unless the request carries a token that is still good."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        expiry = self._expiries.get(token.strip()) if scheme.lower() == "bearer" else None
        if expiry is None or self._clock() >= expiry:
            raise Problem(
                401,
                "The access token is missing or expired.",
                headers={"WWW-Authenticate": "Bearer"},
            )

    def revoke_all(self) -> None:
        """Every token given out so far stops working, as after a change of the secret."""
        self._expiries.clear()

    def _new_token(self) -> str:
        now = self._clock()
        self._expiries = {token: at for token, at in self._expiries.items() if at > now}
        self._given += 1
        token = sha256(f"{self._client}:{self._given}".encode()).hexdigest()
        self._expiries[token] = now + LIFE
        return token


def _form(body: bytes) -> dict[str, str]:
    fields = parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=20)
    return {name: values[0] for name, values in fields.items()}


def _refused(status: int, error: str, description: str) -> Response:
    return JSONResponse({"error": error, "error_description": description}, status)
