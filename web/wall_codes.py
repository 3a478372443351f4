"""QR codes that open a filter in the web console, as SVG."""

from functools import lru_cache
from io import BytesIO
from urllib.parse import urlsplit

import segno

from web.address import MOST_TYPED, Address

LONGEST_ADDRESS = 300


def code_for(text: str, at: str, host: str, public: str = "") -> bytes | None:
    """The code for a filter in the console: at its `public` address where it has one, else where a
    wall reached it, `at`. None where that is not the host that was asked, so that nobody can have a
    code drawn that leads elsewhere."""
    if public:
        return _drawn(f"{public}/{Address(filter=text[:MOST_TYPED]).url}")
    parts = urlsplit(at) if len(at) <= LONGEST_ADDRESS else None
    if parts is None or parts.scheme not in ("http", "https") or parts.netloc != host or not host:
        return None
    base = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"
    return _drawn(base + Address(filter=text[:MOST_TYPED]).url)


@lru_cache(maxsize=512)
def _drawn(address: str) -> bytes:
    drawing = BytesIO()
    segno.make(address, error="l", micro=False).save(
        drawing, kind="svg", xmldecl=False, border=2, dark="#000", light="#fff", scale=4
    )
    return drawing.getvalue()
