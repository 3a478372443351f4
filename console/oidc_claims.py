"""What is read of an OpenID provider's description and of what it says of a person."""

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from console.errors import printable

LONGEST_NAME = 100
MOST_GROUPS = 1000


def authentication_for(metadata: Mapping[str, Any], secret: SecretStr | None) -> str:
    if secret is None:
        return "none"
    known = metadata.get("token_endpoint_auth_methods_supported")
    only_post = isinstance(known, list) and "client_secret_basic" not in known
    return "client_secret_post" if only_post else "client_secret_basic"


def name_in(claims: Mapping[str, Any], wanted: str) -> str:
    """An address that the provider has not confirmed is no name: anybody could claim it."""
    for claim in (wanted, "email", "sub"):
        value = claims.get(claim)
        if claim == "email" and claims.get("email_verified") is False:
            continue
        if isinstance(value, str) and value.strip():
            return printable(value.strip())[:LONGEST_NAME]
    return ""


def groups_in(value: object) -> tuple[str, ...]:
    told = (value,) if isinstance(value, str) else value if isinstance(value, list) else ()
    return tuple(each for each in told[:MOST_GROUPS] if isinstance(each, str))
