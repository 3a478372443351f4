"""A real OpenID provider on loopback, in a process of its own. Whoever comes says who they are."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

PROGRAM = """
import json, sys, warnings
warnings.simplefilter("ignore")
import werkzeug.serving
from oidc_provider_mock import User, app

users = [User(sub=sub, claims=claims) for sub, claims in json.loads(sys.argv[1]).items()]
server = werkzeug.serving.make_server(
    "localhost", 0, app(require_nonce=True, user_claims=users), threaded=True
)
print(f"listening at {server.server_port}", flush=True)
server.serve_forever(0.1)
"""


@contextmanager
def openid_provider(users: dict[str, dict[str, object]]) -> Iterator[str]:
    """The issuer's address. `users` are what it tells of each, by what they type at its form."""
    import json

    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, json.dumps(users)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        listening = re.search(r"listening at (\d+)", process.stdout.readline())
        assert listening is not None, "the OpenID provider did not start"
        yield f"http://localhost:{listening[1]}"
    finally:
        process.terminate()
        process.communicate(timeout=10)
