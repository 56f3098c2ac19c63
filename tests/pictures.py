"""Twelve screens, as four kinds of people see them, on contact sheets in `pictures/`.

`python -m tests.pictures` takes them all: `pictures/all.html` and `pictures/all.png`, and a sheet for each screen.
`ONLY=choose` (or a name as the argument) takes one: `pictures/choose.html`, `pictures/choose.png`. What does not fit on
a screen is there as a whole too, linked below its picture. Nothing is judged here: that is for eyes.
"""

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app.pure.content.library import Library
from app.pure.content.loader import load
from app.pure.simulator.act import Act
from app.settings import HOME
from app.storage.engine import migrate
from tests.chromium import find_or_install
from tests.journeys.learner import Learner
from tests.server import Server

FOLDER = HOME / "pictures"
MAIL, BROWSER, PORTAL = "premier-mail", "navigateur-et-adresse", "aide-au-logement"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Mobile Safari/537.36"
)
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": ANDROID,
}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
LOCALES = {"fr": "fr-FR", "ar": "ar"}
TALLEST = 8000
HELPS = 4
"""More than the hints that come before « Montrez-moi »."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Who looks: with what device, in which language, on a light or dark screen, with both languages or one."""

    name: str
    lang: str
    device: Mapping[str, Any]
    dark: bool = False
    both: bool = False


VARIANTS = (
    Variant("phone-fr", "fr", PHONE),
    Variant("phone-ar-dark", "ar", PHONE, dark=True),
    Variant("desktop-fr", "fr", DESKTOP),
    Variant("phone-ar-both", "ar", PHONE, both=True),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture on the disk; `whole` where the page is longer than the screen."""

    screen: str
    variant: str
    file: Path
    whole: Path | None


# --- the screens -----------------------------------------------------------------------------------------------------


def language(learner: Learner) -> None:
    _visit(learner, "language")


def home(learner: Learner) -> None:
    """Somebody who has begun."""
    choose(learner)
    _visit(learner, "")


def beginning(learner: Learner) -> None:
    _visit(learner, f"learn/{MAIL}")


def explain(learner: Learner) -> None:
    _open(learner, MAIL, "welcome")


def choose(learner: Learner) -> None:
    """After a wrong answer."""
    _open(learner, MAIL, "when")
    learner.hand.press(learner.page.locator('input[value="thursday"]'))
    learner.submit()
    expect(learner.page.locator('[data-outcome="wrong"]')).to_be_visible()


def match(learner: Learner) -> None:
    _open(learner, MAIL, "parts-of-a-mail")


def mail(learner: Learner) -> None:
    """While replying."""
    _open(learner, MAIL, "answer-lea")
    learner.do(Act("mail.reply"))
    learner.hand.fill(learner.page.locator('textarea[name="body"]'), "Bonjour Léa, je viens mardi.")


def shown(learner: Learner) -> None:
    """After « Montrez-moi »."""
    _open(learner, MAIL, "absence")
    learner.do(Act("mail.new"))
    pointed = learner.page.locator('[data-helped="show"]')
    for _ in range(HELPS):
        if not pointed.count():
            _ask_for_help(learner)
    expect(pointed).to_be_visible()


def browser(learner: Learner) -> None:
    """A page of a site, and our question about it."""
    _open(learner, BROWSER, "opening-hour")
    learner.do(Act("browser.follow", "library-hours"))


def portal(learner: Learner) -> None:
    """A form that came back with two errors."""
    _open(learner, PORTAL, "red-frame")


def end(learner: Learner) -> None:
    _visit(learner, f"learn/{MAIL}/end")


def me(learner: Learner) -> None:
    _visit(learner, "me")


SCREENS: Mapping[str, Callable[[Learner], None]] = {
    screen.__name__: screen
    for screen in (language, home, beginning, explain, choose, match, mail, shown, browser, portal, end, me)
}
PLAYED = frozenset({"end", "me"})
"""Screens of somebody who has finished the e-mail module."""


def _ask_for_help(learner: Learner) -> None:
    scene = learner.page.locator("[data-scene]").first
    before = scene.get_attribute("data-revision")
    learner.hand.press(learner.page.locator("[data-help]"))
    expect(scene).not_to_have_attribute("data-revision", str(before))


def _open(learner: Learner, module: str, step: str) -> None:
    _visit(learner, f"learn/{module}/{step}")


def _visit(learner: Learner, path: str) -> None:
    """Go there; a page of apologies is no picture of the screen."""
    reply = learner.page.goto(f"/{learner.lang}/{path}")
    assert reply is not None and reply.ok, f"{learner.page.url} answers {reply and reply.status}"


# --- taking them -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Studio:
    """A browser before a running site."""

    browser: Browser
    address: str
    library: Library

    def take_all(self, names: Sequence[str]) -> list[Taken]:
        """Every screen in every variant; one that cannot be reached ends it all with its name."""
        cookies = self._played() if PLAYED & set(names) else []
        taken = []
        for name in names:
            begun = time.monotonic()
            for variant in VARIANTS:
                taken.append(self._take(name, variant, cookies if name in PLAYED else []))
            print(f"{name:<12}{time.monotonic() - begun:5.1f} s")
        return taken

    def _take(self, name: str, variant: Variant, cookies: Sequence[Any]) -> Taken:
        with self._learner(variant, cookies) as learner:
            if variant.both:
                _read_both(learner)
            try:
                SCREENS[name](learner)
            except Exception as why:
                raise SystemExit(f"{name}, {variant.name}: {why}") from why
            return _photograph(learner.page, name, variant.name)

    def _played(self) -> list[Any]:
        """The cookies of somebody who has just finished the e-mail module."""
        with self._learner(VARIANTS[0], []) as learner:
            learner.play(MAIL)
            cookies: list[Any] = learner.page.context.cookies()
            return cookies

    @contextmanager
    def _learner(self, variant: Variant, cookies: Sequence[Any]) -> Iterator[Learner]:
        context = self._context(variant)
        context.add_cookies(list(cookies))
        try:
            yield Learner(context.new_page(), self.library, lang=variant.lang)
        finally:
            context.close()

    def _context(self, variant: Variant) -> BrowserContext:
        context = self.browser.new_context(
            **variant.device,
            base_url=self.address,
            locale=LOCALES[variant.lang],
            color_scheme="dark" if variant.dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        return context


def _read_both(learner: Learner) -> None:
    """French with the learner's language beneath it, as one asks for it on « Ma page »."""
    _visit(learner, "me")
    learner.hand.press(learner.page.locator('button[name="both"][value="yes"]'))
    expect(learner.page.locator('button[name="both"][value="no"]')).to_be_visible()


def _photograph(page: Page, screen: str, variant: str) -> Taken:
    folder = FOLDER / screen
    folder.mkdir(parents=True, exist_ok=True)
    file, long = folder / f"{variant}.png", folder / f"{variant}-whole.png"
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file)
    return Taken(screen, variant, file, long if _photograph_whole(page, long) else None)


def _photograph_whole(page: Page, file: Path) -> bool:
    """The whole page on a screen as tall as itself, so that what sticks to the edge stays there."""
    height: int = page.evaluate("document.documentElement.scrollHeight")
    size = page.viewport_size
    if size is None or height <= size["height"]:
        file.unlink(missing_ok=True)
        return False
    page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
    page.screenshot(path=file)
    page.set_viewport_size(size)
    return True


# --- the contact sheet -----------------------------------------------------------------------------------------------

STYLE = """
body { margin: 24px; background: #e8e6e1; color: #222; font: 15px/1.4 "DejaVu Sans", sans-serif; inline-size: 1500px }
section { display: grid; grid-template-columns: 270px 270px 600px 270px; gap: 30px; margin-block-end: 36px }
h2 { grid-column: 1 / -1; margin: 0 }
figure { margin: 0 }
img { inline-size: 100%; display: block; box-shadow: 0 1px 6px #0006 }
figcaption { margin-block-start: 6px }
"""


def write_sheet(name: str, taken: Sequence[Taken]) -> Path:
    """An HTML page of PNG files."""
    rows = "".join(_row(screen, [each for each in taken if each.screen == screen]) for screen in SCREENS)
    sheet = FOLDER / f"{name}.html"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(name)}</title><style>{STYLE}</style>'
    sheet.write_text(f"{head}<h1>Clic à Clic: {escape(name)}</h1>{rows}</html>\n", encoding="utf-8")
    return sheet


def _row(screen: str, taken: Sequence[Taken]) -> str:
    figures = "".join(_figure(each) for each in taken)
    return f"<section><h2>{escape(screen)}</h2>{figures}</section>" if taken else ""


def _figure(taken: Taken) -> str:
    picture = taken.file.relative_to(FOLDER).as_posix()
    caption = escape(f"{taken.screen}, {taken.variant}")
    if taken.whole:
        caption += f' · <a href="{taken.whole.relative_to(FOLDER).as_posix()}">the whole page</a>'
    return f'<figure><a href="{picture}"><img src="{picture}" alt=""></a><figcaption>{caption}</figcaption></figure>'


def photograph_sheet(browser_: Browser, sheet: Path) -> Path:
    """The sheet as one picture."""
    picture = sheet.with_suffix(".png")
    page = browser_.new_page(viewport={"width": 1548, "height": 200})
    page.goto(sheet.as_uri())  # answers when every picture is loaded
    page.screenshot(path=picture, full_page=True)
    page.close()
    return picture


# --- running ---------------------------------------------------------------------------------------------------------


@contextmanager
def _site() -> Iterator[Server]:
    """A site of its own, with an empty database."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'pictures.sqlite3'}"
        migrate(url)
        with Server(url, secrets.token_urlsafe(48), Path(name)) as running:
            yield running


def _wanted(arguments: Sequence[str]) -> str:
    only = arguments[0] if arguments else os.environ.get("ONLY", "")
    if only and only not in SCREENS:
        raise SystemExit(f"no screen is called {only}; known: {', '.join(SCREENS)}")
    return only


def main() -> None:
    only = _wanted(sys.argv[1:])
    library, _ = load(HOME / "courses")
    with _site() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**find_or_install().options())  # type: ignore[arg-type]
        taken = Studio(chromium, site.address, library).take_all([only] if only else list(SCREENS))
        for name in [only] if only else [*SCREENS, "all"]:
            sheet = write_sheet(name, [each for each in taken if name in (each.screen, "all")])
            picture = photograph_sheet(chromium, sheet)
        chromium.close()
    print(f"{len(taken)} pictures: {sheet.relative_to(HOME)}, {picture.relative_to(HOME)}")


if __name__ == "__main__":
    main()
