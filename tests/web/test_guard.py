"""Hosts, origins and content policies of what every request passes, beyond what test_http holds."""

from web.guard import Guard

POLICY = "content-security-policy"


async def bare(headers: list[tuple[bytes, bytes]], **scope: object) -> int:
    """The status that a request of exactly these headers gets."""
    sent: list[dict[str, object]] = []

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):  # type: ignore[no-untyped-def]
        sent.append(message)

    whole = {"type": "http", "path": "/", "headers": headers, "scheme": "http", **scope}
    await Guard(app, ("console.example",))(whole, None, send)  # type: ignore[arg-type]
    return int(str(sent[0]["status"]))


async def test_the_address_that_a_request_has_arrived_at_is_one_of_our_own() -> None:
    host = [(b"host", b"192.168.1.5:8080")]
    assert await bare(host) == 403
    assert await bare(host, server=("192.168.1.5", 8080)) == 200
    assert await bare([(b"host", b"[fd00::5]")], server=("fd00::5", 80)) == 200
    assert await bare([(b"host", b"evil.example")], server=("evil.example", 80)) == 403


async def test_a_host_or_an_origin_that_is_told_twice_is_refused() -> None:
    host = (b"host", b"console.example")
    assert await bare([host]) == 200
    assert await bare([host, host]) == 403
    origin = (b"origin", b"http://console.example")
    assert await bare([host, origin]) == 200
    assert await bare([host, origin, origin]) == 403


async def test_over_tls_a_page_that_came_without_it_is_a_foreign_one() -> None:
    host = (b"host", b"console.example")
    for origin, status in ((b"https://console.example", 200), (b"http://console.example", 403)):
        assert await bare([host, (b"origin", origin)], scheme="https") == status


async def test_what_is_refused_has_the_safe_headers_too() -> None:
    assert "default-src" in await policy("/", host=b"evil.example")


async def policy(path: str, host: bytes = b"a") -> str:
    """The content policy of an answer."""
    sent: list[dict[str, list[tuple[bytes, bytes]]]] = []

    async def app(scope, receive, send):  # type: ignore[no-untyped-def]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):  # type: ignore[no-untyped-def]
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"host", host)], "scheme": "http"}
    await Guard(app, ("a",))(scope, None, send)  # type: ignore[arg-type]
    return dict(sent[0]["headers"])[POLICY.encode()].decode()


async def test_a_page_runs_only_the_inline_scripts_and_styles_of_this_very_answer() -> None:
    page = await policy("/")
    assert "unsafe-inline" not in page
    assert page.count("'nonce-") == 2
    assert page != await policy("/")


async def test_the_wall_brings_its_own_and_nothing_else_is_run() -> None:
    wall = await policy("/wall")
    assert "unsafe" not in wall
    assert wall.count("'nonce-") == 2
    assert wall != await policy("/wall")
    assert "nonce" not in await policy("/wall/events")


async def test_what_is_no_page_of_the_toolkit_has_the_strictest_policy() -> None:
    for path in ("/wall", "/healthz", "/metrics", "/api/docs", "/sign-in", "/first-admin"):
        strict = await policy(path)
        assert "unsafe" not in strict
        assert "default-src 'none'" in strict
