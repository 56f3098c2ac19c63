"""One request of somebody: the site, their language and way of reading, and the pages drawn for them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.domains.people import sessions
from app.domains.people.sessions import Visitor
from app.domains.translating.catalogues import NOTHING, OFFERED, Translations
from app.web.kit import render
from app.web.kit.language import SOURCE, Language
from app.web.kit.session import Reading, token_of, uses_finger
from app.web.kit.site import Site, site_of
from app.web.kit.words import Words

INTERFACE = "interface"
FROM_THE_PLATFORM = "platform"
"""The catalogue of the sentences that every module shares: default hints, people's help, the catalogue's titles."""


class NotFound(Exception):
    """Nothing is at this address, or nothing that this visitor may see: the same 404."""


class Asleep(Exception):
    """A shared device slept: « C'est encore vous ? » comes before anything of theirs is shown or changed."""


@dataclass(frozen=True)
class Visit:
    request: Request
    site: Site
    language: Language
    reading: Reading
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def secure(self) -> bool:
        return self.site.settings.secure

    @property
    def token(self) -> str | None:
        return token_of(self.request, secure=self.secure)

    def words(self, module: str = "", *, rights: bool = False) -> Words:
        """The words of a page: the interface's, and a module's. Rights never stand in a draft alone."""
        get = self.site.catalogues.get
        folder = self.language.folder
        shared = get(folder, FROM_THE_PLATFORM)
        course = get(folder, module) if module else NOTHING
        if course.share < OFFERED:
            course = NOTHING
        interface = get(folder, INTERFACE)
        both = self.language.tag != SOURCE and (self.reading.both or (rights and bool(course.drafts)))
        finger = uses_finger(self.request, self.reading)
        key = (folder, module, both, finger, self.today)
        made_of, words = self.site.words.get(key, ((), None))
        if words is None or any(a is not b for a, b in zip(made_of, (interface, shared, course), strict=True)):
            texts = {**self._titles(), **shared.texts, **course.texts}
            joined = Translations(texts, {}, shared.drafts | course.drafts)
            words = Words(self.language, interface, joined, both, finger, self.today)
            self.site.keep_words(key, (interface, shared, course), words)
        return words

    def _titles(self) -> dict[str, str]:
        """The modules' titles: home, themes and paths name modules whose other texts they do not show."""
        folder, found = self.language.folder, {}
        for slug, module in self.site.library.modules.items():
            if translated := self.site.catalogues.get(folder, slug).texts.get(module.title):
                found[module.title] = translated
        return found

    def page(self, template: str, *, words: Words | None = None, status: int = 200, **context: Any) -> Response:
        """A page of the site, or its exchanged block."""
        shared = {
            "theme": self.reading.theme,
            "languages": list(self.site.languages.values()),
            "here": self.request.url.path,
            "problems": [] if self.site.settings.production else [str(fault) for fault in self.site.courses.errors],
        }
        return render.page(
            self.request, self.site.pages, template, words or self.words(), status=status, **{**shared, **context}
        )

    def to(self, *parts: str) -> str:
        """An address in the learner's language: `to("learn", slug)`."""
        return "/".join(["", self.language.tag, *parts])

    async def me(self) -> Visitor | None:
        """Who is here; None for a stranger. Raises Asleep where nobody said yet that they are still the same."""
        holder = await self.holder()
        if holder and not holder.awake:
            raise Asleep
        return holder

    async def holder(self) -> Visitor | None:
        """Whom this device's token means, asleep or not: only for what ends or wakes a session."""
        token = self.token
        return await self.site.reader.read(lambda c: sessions.find(c, token, self.now)) if token else None


def visit(request: Request) -> Visit:
    """The visit of an address `/{lang}/…`. Raises NotFound where the language is not offered."""
    site = site_of(request)
    language = site.languages.get(request.path_params.get("lang", SOURCE))
    if language is None:
        raise NotFound
    return Visit(request, site, language, Reading.of(request), datetime.now(UTC))
