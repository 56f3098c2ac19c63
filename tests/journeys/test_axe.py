"""axe finds nothing: every page and step kind, on the variants of the promises, also after a swap and on errors."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import DESKTOP, PHONE

# tall enough that the dock lies over no control: axe would measure only what sticks out beneath it
TALL = {**PHONE, "height": 2600}
VARIANTS = {
    "French phone light": ("fr", {"viewport": TALL, "color_scheme": "light", "is_mobile": True, "has_touch": True}),
    "Arabic phone dark": ("ar", {"viewport": TALL, "color_scheme": "dark", "is_mobile": True, "has_touch": True}),
    "bilingual desktop light": ("ar", {"viewport": {**DESKTOP, "height": 2600}, "color_scheme": "light"}),
}
PAGES = {
    "languages": "/language",
    "home": "/",
    "theme": "/themes/e-mail",
    "module": "/learn/premier-mail",
    "end": "/learn/premier-mail/end",
    "me": "/me",
    "people": "/people",
    "leaving": "/leaving",
    "keepsake": "/keepsake",
    "still-you": "/still-you",
    "erasure": "/me/erasure",
    "accessibility": "/accessibility",
    "credits": "/credits",
    "not-found": "/nothing-here",
}
STEPS = {
    "explain": ("premier-mail/welcome", []),
    "point": ("premier-mail/unread", ['button[value="shop"]']),
    "choose": ("premier-mail/when", ['input[value="thursday"]', ".dock button:not([name])"]),
    "match": ("premier-mail/parts-of-a-mail", ['[data-help="hint"]']),
    "order": ("premier-mail/order-a-mail", [".dock button:not([name])"]),
    "mail": ("premier-mail/answer-lea", ['[data-action="mail.reply"]', '[data-help="hint"]']),
    "mail files": ("premier-mail/send-proof", ['[data-action="mail.new"]', '[data-action="mail.attach"]']),
    "browser": ("navigateur-et-adresse/phone-and-bookmark", ['[data-action="browser.bookmark"]']),
    "browser tabs": ("navigateur-et-adresse/two-tabs", []),
    "question": ("navigateur-et-adresse/opening-hour", ['[data-action="browser.follow library-hours"]']),
    "form": ("aide-au-logement/request-you", ['[data-action="portal.open request"]', '[data-action="portal.next"]']),
    "form errors": ("aide-au-logement/red-frame", []),
    "papers": ("aide-au-logement/upload", []),
    "summary": ("aide-au-logement/send", []),
    "messages": ("aide-au-logement/keep-proof", ['[data-action="device.switch messages"]']),
    "files": ("aide-au-logement/keep-proof", ['[data-action="device.switch files"]']),
    "phone home": ("aide-au-logement/keep-proof", ['[data-action="device.home"]']),
}


@pytest.fixture(params=list(VARIANTS))
def opened(request: pytest.FixtureRequest, context: Callable[..., BrowserContext]) -> tuple[str, Page]:
    lang, options = VARIANTS[request.param]
    page = context(**options).new_page()
    if request.param.startswith("bilingual"):
        page.goto(f"/{lang}/me")
        page.locator('button[name="both"]').click()
    return lang, page


def test_pages(opened: tuple[str, Page], axe: Callable[[Page], list[str]]) -> None:
    lang, page = opened
    found = {}
    for name, path in PAGES.items():
        page.goto(f"/{lang}{path}")
        if faults := axe(page):
            found[name] = faults
    assert not found


def test_steps(opened: tuple[str, Page], axe: Callable[[Page], list[str]]) -> None:
    lang, page = opened
    found = {}
    for name, (path, acts) in STEPS.items():
        page.goto(f"/{lang}/learn/{path}")
        if faults := axe(page):
            found[name] = faults
        for act in acts:
            page.locator(act).locator("visible=true").first.click()
            page.wait_for_timeout(250)
        if acts and (faults := axe(page)):
            found[f"{name}, after"] = faults
    assert not found
