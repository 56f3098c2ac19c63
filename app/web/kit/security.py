"""Pure ASGI middleware: headers on every status, forged forms refused, bodies bounded, bytes counted."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
]
EXCHANGED = [(b"x-content-type-options", b"nosniff")]
"""A block that htmx exchanges is read by fetch: it is no document, so nothing that is said to documents binds it, and
nobody can open it as one (browsers send no `HX-Request-Type` when they navigate). See docs/decisions/0005."""
STATIC = EXCHANGED
LARGEST_BODY = 64 * 1024
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SecurityHeaders:
    """The policy on every answer, whatever its status; `no-store` on everything that is no static file."""

    def __init__(self, app: App, *, secure: bool) -> None:
        self._app = app
        self._headers = [*HEADERS, *([(b"strict-transport-security", b"max-age=31536000")] if secure else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message["headers"]}
                # a style or a script is no page: nothing that is said to pages binds it, and each byte is paid for
                added = self._headers
                if scope["path"].startswith("/static/"):
                    added = STATIC
                elif (b"hx-request-type", b"partial") in scope["headers"]:
                    added = EXCHANGED
                message["headers"] = [*message["headers"], *added]
                if b"cache-control" not in names:
                    message["headers"].append((b"cache-control", b"no-store"))
            await send(message)

        await self._app(scope, receive, with_headers)


class SameOrigin:
    """Unsafe methods come from our own pages only: Sec-Fetch-Site, else Origin against Host; `null` is refused.

    (OWASP's fetch-metadata defence; over plain HTTP browsers send no Sec-Fetch-Site, so Origin must do.)
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and not _is_ours(scope):
            return await refuse(send, 403, "This form does not come from this site.")
        await self._app(scope, receive, send)


class TooLarge(HTTPException):
    """More was sent than any of our forms holds."""

    def __init__(self) -> None:
        super().__init__(413)


class BoundedBody:
    """A body that is too large is never read whole: who reads it meets TooLarge, and the learner a page about it."""

    def __init__(self, app: App, largest: int = LARGEST_BODY) -> None:
        self._app, self._largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            return await self._app(scope, receive, send)
        said = dict(scope["headers"]).get(b"content-length", b"")[:20]
        announced = int(said) if said.isdigit() else 0
        got = 0

        async def bounded() -> Message:
            nonlocal got
            if announced > self._largest:
                raise TooLarge
            message = await receive()
            got += len(message.get("body", b""))
            if got > self._largest:
                raise TooLarge
            return message

        await self._app(scope, bounded, send)


class HeadAsGet:
    """HEAD answers like GET, without the body: what watches a site asks so."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"].startswith("/static/"):
            return await self._app(scope, receive, send)

        async def silent(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, silent)


class CountReplies:
    """Counts replies by status, for /metrics."""

    def __init__(self, app: App, counts: MutableMapping[int, int]) -> None:
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counts[message["status"]] = self._counts.get(message["status"], 0) + 1
            await send(message)

        await self._app(scope, receive, counting)


async def refuse(send: Send, status: int, sentence: str) -> None:
    """A short answer in plain words, for what no person's page sends."""
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})


def _is_ours(scope: Scope) -> bool:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    host = headers.get("host", "")
    return bool(host) and origin in (f"http://{host}", f"https://{host}")
