"""A real server, a real browser: what a journey asks for.

`phone` and `desktop` are fresh pages of their own (nobody is known there); `no_script` is a phone without JavaScript.
All fail when the page complains on its console, asks another host for anything, or lacks a file. A test that breaks the
database on purpose wants a page that nobody watches: `context().new_page()`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    sync_playwright,
)

from tests.chromium import find_or_install
from tests.conftest import SECRET
from tests.databases import SqliteFiles
from tests.server import Server

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
AXE_TAGS = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    *("best-practice", "RGAAv4"),
]

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def server(sqlite: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site of this worker, on a free port, with a migrated SQLite: started once."""
    with sqlite.migrated() as url, Server(url, SECRET, tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def own_server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """A site of this test alone, to be killed and started again at will; on each kind of database."""
    with Server(database_url, SECRET, tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def site(server: Server) -> str:
    """The address of the site, without a slash at the end."""
    return server.address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(**find_or_install().options())
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser where nobody is known yet: `context(**what browser.new_context takes)`."""
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        fresh = browser.new_context(**({"base_url": site, "locale": "fr-FR", "reduced_motion": "reduce"} | options))
        fresh.set_default_timeout(10_000)
        opened.append(fresh)
        return fresh

    yield open_context
    for each in opened:
        each.close()


@pytest.fixture
def open_page(context: Callable[..., BrowserContext]) -> Iterator[OpenPage]:
    """Opens a page in a fresh browser and watches it: whatever it says on its console fails the test at the end."""
    said: list[str] = []

    def open_one(**options: Any) -> Page:
        page = context(**options).new_page()
        page.on("console", lambda message: said.extend(_complaint(message)))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.extend(_elsewhere(request.url)))
        page.on("response", lambda response: said.extend(_missing(response)))
        return page

    yield open_one
    assert not said, f"the browser complains: {said}"


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True)


@pytest.fixture
def desktop(open_page: OpenPage) -> Page:
    return open_page(viewport=DESKTOP)


@pytest.fixture
def no_script(open_page: OpenPage) -> Page:
    return open_page(viewport=PHONE, java_script_enabled=False)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Answers the faults that axe-core finds in a page as it stands, one line each: `assert axe(page) == []`."""
    source = AXE.read_text(encoding="utf-8")

    def faults(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", AXE_TAGS)
        return [
            f"{fault['id']}: {fault['help']}: {' '.join(node['target'][-1] for node in fault['nodes'])}"
            for fault in found["violations"]
        ]

    return faults


def _complaint(message: ConsoleMessage) -> Iterator[str]:
    # an answer that is no 200 is judged by `_missing`: a friendly 404 page is no fault
    if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
        yield message.text


def _missing(response: Response) -> Iterator[str]:
    asked_by_a_person = response.request.resource_type in {"document", "xhr", "fetch"}
    if response.status >= 500 or (response.status >= 400 and not asked_by_a_person):
        yield f"{response.status} {response.url}"


def _elsewhere(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}:
        yield f"asked another host: {url}"
