"""The main job: somebody chooses Arabic on a phone, learns in the pretend mail, leaves, and comes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.learner import Learner
from tests.makers import library

MODULE = "premier-mail"


@pytest.mark.quick
def test_a_learner_chooses_arabic_learns_leaves_and_comes_back(context: Callable[..., BrowserContext]) -> None:
    browser = context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = browser.new_page()
    page.goto("/")
    page.locator('a[hreflang="ar"]').tap()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    amina = Learner(page, library(), lang="ar")
    amina.begin(MODULE)
    lesson = library().modules[MODULE]
    for step in lesson.steps[:6]:
        amina.step(lesson, step.id)
        if step.id != "answer-lea":
            amina.onward(step)
    page.locator('[data-device-question] button[value="yes"]').tap()
    expect(page).to_have_url(f"/ar/learn/{MODULE}/send-proof")
    page.goto(f"/ar/learn/{MODULE}/answer-lea")
    saved = browser.storage_state()
    browser.close()

    later = context(viewport=PHONE, storage_state=saved).new_page()
    later.goto("/ar/")
    later.locator(".resume a.btn--primary").click()
    expect(later).to_have_url(f"/ar/learn/{MODULE}/answer-lea")
    expect(later.locator('[data-outcome="done"]')).to_be_visible()


def test_what_is_typed_is_there_after_the_phone_was_closed(context: Callable[..., BrowserContext]) -> None:
    browser = context(viewport=PHONE)
    page = browser.new_page()
    page.goto(f"/fr/learn/{MODULE}/answer-lea")
    page.locator('[data-action="mail.reply"]').click()
    page.locator("textarea").fill("Bonjour Léa")
    page.locator('[data-action="mail.attach"]').click()
    expect(page.locator('[data-action="mail.attach proof"]')).to_be_visible()
    later = context(viewport=PHONE, storage_state=browser.storage_state()).new_page()
    later.goto(f"/fr/learn/{MODULE}/answer-lea")
    later.locator('[data-action="mail.close-panel"]').click()
    expect(later.locator("textarea")).to_have_value("Bonjour Léa")


def test_help_leads_to_the_end_of_any_scene(phone: Page) -> None:
    phone.goto(f"/fr/learn/{MODULE}/send-proof")
    for _ in range(30):
        if phone.locator('[data-outcome="done"], [data-done]').count():
            break
        phone.locator("[data-help]").first.click()
        phone.wait_for_timeout(150)
    expect(phone.locator("[data-onward]")).to_be_visible()


def test_show_me_points_at_a_control_that_can_be_seen(phone: Page) -> None:
    phone.goto(f"/fr/learn/{MODULE}/read-lea")
    for level in ("hint", "hint", "show"):
        phone.locator(f'[data-help="{level}"]').first.click()
        expect(phone.locator("[data-helped]")).to_be_visible()
    pointed = phone.locator("[data-pointed]")
    expect(pointed).to_be_visible()
    expect(pointed).to_have_attribute("data-action", "mail.open lea")
    box, dock = pointed.bounding_box(), phone.locator(".dock").bounding_box()
    assert box is not None
    assert dock is not None
    assert box["y"] + box["height"] <= dock["y"] + 1


def test_the_focus_follows_what_happens(desktop: Page) -> None:
    desktop.goto(f"/fr/learn/{MODULE}/when")
    desktop.locator('input[value="thursday"]').check(force=True)
    desktop.keyboard.press("Enter")
    expect(desktop.locator('[data-outcome="wrong"]')).to_be_focused()
    desktop.locator('input[value="tuesday"]').check(force=True)
    desktop.keyboard.press("Enter")
    expect(desktop.locator('[data-outcome="right"]')).to_be_focused()
    desktop.keyboard.press("Tab")
    for _ in range(6):
        if desktop.locator("[data-onward]").evaluate("e => e === document.activeElement"):
            break
        desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop.locator("h1")).to_be_focused()
    expect(desktop).to_have_title("Les mots de l’e‑mail — Clic à Clic")
