"""The data receipt: what our replies weigh on the wire, told before a module and added up after."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from typing import Any

from app.pure.content.module import Module
from app.pure.steps.scene import SceneStep

A_STEP = 3_000
"""What one exchanged step weighs, compressed: measured by the tests over the shipped modules."""
FIRST_PAGE = 26_000
"""Styles and script, once."""
MOST = 10_000

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Weights:
    """Bytes sent to each device since its last act; written with its next act. Forgets the longest silent."""

    def __init__(self) -> None:
        self._sent: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def add(self, token: str, count: int) -> None:
        with self._lock:
            self._sent[token] = self._sent.pop(token, 0) + count
            if len(self._sent) > MOST:
                self._sent.popitem(last=False)

    def take(self, token: str | None) -> int:
        """What was sent since the last time, and begin again at nothing."""
        with self._lock:
            return self._sent.pop(token, 0) if token else 0


def weight_of(module: Module) -> int:
    """About how many bytes a module takes from its first page to its last."""
    acts = sum(3 * len(step.goals) for step in module.steps if isinstance(step, SceneStep))
    return FIRST_PAGE + A_STEP * (len(module.steps) + acts)


class CountBytes:
    """Outermost middleware: adds up the bytes of every reply under the visitor's token."""

    def __init__(self, app: App, weights: Weights, cookie: str) -> None:
        self._app, self._weights, self._cookie = app, weights, cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = _token(scope, self._cookie) if scope["type"] == "http" else ""
        if not token:
            return await self._app(scope, receive, send)

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._weights.add(token, sum(len(name) + len(value) + 4 for name, value in message["headers"]))
            else:
                self._weights.add(token, len(message.get("body", b"")))
            await send(message)

        await self._app(scope, receive, counting)


def _token(scope: Scope, name: str) -> str:
    header = b"; ".join(value for key, value in scope["headers"] if key == b"cookie").decode("latin-1")
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value[:100] if found else ""
