"""Secrets that nobody has to remember, and what of them is kept."""

import secrets
from hashlib import sha256

LONGEST = 200


def new_secret() -> str:
    """256 bits, in letters that an address and a cookie can hold."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """A name for a session, a token or a screen, which is no secret. Typed as an argument it is
    taken for no option."""
    return secrets.token_hex(8)


def digest(secret: str) -> str:
    """What is kept instead. A plain hash will do: no secret of 256 bits can be tried out. For what
    is too long to be one of ours it is ""."""
    if len(secret) > LONGEST:
        return ""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
