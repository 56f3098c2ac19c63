"""What a learner's phone pays: bytes counted on the wire, compressed, headers included."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.learner import Learner
from tests.makers import library

KB = 1000


@dataclass
class Wire:
    """Listens to the browser's own account of the network."""

    replies: list[tuple[str, str, int]] = field(default_factory=list)
    _open: dict[str, tuple[str, str]] = field(default_factory=dict)

    def listen(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": False})
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)

    def _received(self, event: dict[str, Any]) -> None:
        self._open[event["requestId"]] = (event["type"], event["response"]["url"])

    def _finished(self, event: dict[str, Any]) -> None:
        kind, url = self._open.pop(event["requestId"], ("", ""))
        self.replies.append((kind, url, int(event["encodedDataLength"])))

    def total(self, *kinds: str) -> int:
        return sum(size for kind, _, size in self.replies if not kinds or kind in kinds)


@pytest.fixture
def wire(phone: Page) -> Iterator[Wire]:
    wire = Wire()
    wire.listen(phone)
    yield wire


def test_the_first_lesson_page_is_light(phone: Page, wire: Wire, record_property: Any) -> None:
    phone.goto("/fr/learn/premier-mail/welcome", wait_until="networkidle")
    asked = [url for _, url, _ in wire.replies if not url.endswith(".svg")]
    before_it_can_be_read = wire.total("Document", "Stylesheet")
    print(f"first page: {before_it_can_be_read} B to read, {wire.total()} B in all, {len(wire.replies)} requests")
    assert before_it_can_be_read <= 14.6 * KB
    assert wire.total() <= 40 * KB
    assert len(asked) <= 4


def test_one_exchanged_step_is_at_most_4_kb(phone: Page, wire: Wire) -> None:
    heaviest: dict[str, int] = {}
    learner = Learner(phone, library())
    for slug in library().modules:
        wire.replies.clear()
        learner.play(slug)
        exchanged = [size for kind, _, size in wire.replies if kind in ("XHR", "Fetch")]
        heaviest[slug] = max(exchanged)
        print(f"{slug}: {wire.total()} B in all, heaviest exchange {max(exchanged)} B of {len(exchanged)}")
    assert max(heaviest.values()) <= 4 * KB, heaviest


def test_the_whole_e_mail_module_is_at_most_100_kb(phone: Page, wire: Wire) -> None:
    Learner(phone, library()).play("premier-mail")
    print(f"premier-mail: {wire.total()} B")
    assert wire.total() <= 100 * KB
