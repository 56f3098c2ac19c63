"""Every shipped module, played to its end in a real browser."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from app.pure.content.library import Library
from app.pure.content.loader import load
from app.settings import HOME
from tests.journeys.learner import Learner, Way

LIBRARY, _ = load(HOME / "courses")
WAYS: tuple[Way, ...] = ("touch", "keyboard", "no-script")


@pytest.fixture(scope="session")
def library() -> Library:
    return LIBRARY


@pytest.mark.parametrize("module", list(LIBRARY.modules))
@pytest.mark.parametrize("way", WAYS)
def test_a_module_is_finished(
    module: str, way: Way, library: Library, phone: Page, desktop: Page, no_script: Page
) -> None:
    page = {"touch": phone, "keyboard": desktop, "no-script": no_script}[way]
    Learner(page, library, way=way).play(module)
    expect(page.locator("h1")).to_be_visible()
    assert date.today()
