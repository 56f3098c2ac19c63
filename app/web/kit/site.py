"""What the running site is made of: opened once at start, handed to every request."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from starlette.requests import HTTPConnection

from app.domains.learning.player import Learning
from app.domains.people.keepsakes import Throttle
from app.domains.translating.catalogues import Catalogues, Translations
from app.pure.content.courses import Courses
from app.pure.content.library import Library
from app.settings import Settings
from app.storage.engine import open_engine
from app.storage.writer import Reader, Writer, reader_of, writer_of
from app.web.kit.assets import Assets
from app.web.kit.icons import Icons, Pictures
from app.web.kit.language import Language, language_of
from app.web.kit.render import Pages
from app.web.kit.weights import Weights
from app.web.kit.words import Words

MOST_WORDS = 200


@dataclass
class Site:
    """Settings, courses, catalogues, static files, database."""

    settings: Settings
    courses: Courses
    catalogues: Catalogues
    assets: Assets
    pages: Pages
    engine: Engine
    writer: Writer
    reader: Reader
    learning: Learning
    throttle: Throttle
    weights: Weights = field(default_factory=Weights)
    languages: dict[str, Language] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    icons: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    words: dict[tuple[object, ...], tuple[tuple[Translations, ...], Words]] = field(default_factory=dict)
    """Words as they were made last, by language, module and way of reading; and the catalogues they were made of."""

    def keep_words(self, key: tuple[object, ...], made_of: tuple[Translations, ...], words: Words) -> None:
        if len(self.words) >= MOST_WORDS:
            self.words.clear()
        self.words[key] = (made_of, words)

    @property
    def library(self) -> Library:
        """The library as it is served; in development read again when a file changed."""
        if not self.settings.production:
            self.courses.refresh()
        return self.courses.library

    def close(self) -> None:
        """Finish what is in flight and let go of the database."""
        self.writer.close()
        self.reader.close()
        self.engine.dispose()


def open_site(settings: Settings, templates: Path) -> Site:
    """Open everything that a site needs; the courses are read by the caller, who may refuse them."""
    engine = open_engine(settings.database_url)
    catalogues = Catalogues(settings.locales)
    folders = sorted({"fr", *catalogues.languages()}, key=lambda folder: (folder != "fr", folder))
    languages = [language_of(folder) for folder in folders]
    assets = Assets(fresh=not settings.production)
    writer, reader = writer_of(engine), reader_of(engine)
    return Site(
        settings=settings,
        courses=Courses(settings.courses, pictures=Icons().names | Pictures().names),
        catalogues=catalogues,
        assets=assets,
        pages=Pages(templates, assets, fresh=not settings.production),
        engine=engine,
        writer=writer,
        reader=reader,
        learning=Learning(writer, reader, settings.secret),
        throttle=Throttle(time.monotonic),
        languages={language.tag: language for language in languages},
    )


def site_of(connection: HTTPConnection) -> Site:
    site: Site = connection.app.state.site
    return site
