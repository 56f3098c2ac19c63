"""Every shipped module, played to its end in a real browser: by touch, by keyboard alone, without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learner import Learner
from tests.makers import library


@pytest.mark.parametrize("module", list(library().modules))
def test_by_touch_on_a_phone(module: str, phone: Page) -> None:
    Learner(phone, library()).play(module)
    expect(phone.locator("h1")).to_be_visible()


@pytest.mark.parametrize("module", list(library().modules))
def test_by_keyboard_alone(module: str, desktop: Page) -> None:
    Learner(desktop, library(), way="keyboard").play(module)
    expect(desktop.locator("h1")).to_be_visible()


@pytest.mark.parametrize("module", list(library().modules))
def test_without_javascript(module: str, no_script: Page) -> None:
    Learner(no_script, library(), way="no-script").play(module)
    expect(no_script.locator("h1")).to_be_visible()
