"""The pretend web as an author writes it: sites, pages made of blocks, what a search finds."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic import field_validator, model_validator

from app.pure.simulator import matchers
from app.pure.simulator.apps.base import Content

NEW_TAB = "new-tab"
"""The page of a tab in which nothing was opened yet; where the world has searches, it has a box for words."""

WORDS = "?"
"""Stands in a place between a page and the words that were searched on it: `library-home?horaires`."""


class MenuItem(Content):
    to: str
    text: str


class Block(Content):
    """One part of a page: a heading, a text, a table, a link with its text, or a box to search in the site."""

    heading: str | None = None
    text: str | None = None
    table: tuple[tuple[str, ...], ...] | None = None
    link: str | None = None
    search: str | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Block":
        things = [name for name in ("heading", "table", "link", "search") if getattr(self, name) is not None]
        if self.text is not None and self.link is None:
            things.append("text")
        if len(things) != 1:
            raise ValueError("a block is one of: heading, text, table, search, or link with its text")
        if self.link is not None and not self.text:
            raise ValueError("a link needs its text")
        return self


class Result(Content):
    """A line that a search finds; `ad` marks it as an advertisement."""

    id: str
    to: str
    title: str
    text: str = ""
    ad: bool = False


class Search(Content):
    """What is found for any of these words, without case, accents and a final s."""

    words: tuple[str, ...]
    results: tuple[Result, ...]

    def hits(self, typed: str) -> int:
        """How many of its words stand in what was typed."""
        return sum(1 for word in self.words if matchers.matches({"says": [word]}, typed))

    @model_validator(mode="after")
    def _results_differ(self) -> "Search":
        names = [result.id for result in self.results]
        if twice := next((name for name in names if names.count(name) > 1), ""):
            raise ValueError(f'two results are called "{twice}"')
        return self


class Popup(Content):
    """An advertisement that lies over a page. `to`: where its button leads; the small print tells the truth."""

    title: str
    text: str = ""
    button: str = ""
    small: str = ""
    to: str | None = None


class Page(Content):
    id: str
    path: str = "/"
    title: str
    body: tuple[Block, ...] = ()
    popup: Popup | None = None

    @property
    def has_search(self) -> bool:
        return any(block.search is not None for block in self.body)


class Cookies(Content):
    text: str = "Ce site et ses partenaires utilisent des cookies."


class Site(Content):
    """A pretend site. `portal: true` shows the world's portal; `engine: true` answers from the browser's searches."""

    id: str
    title: str
    address: str
    menu: tuple[MenuItem, ...] = ()
    pages: tuple[Page, ...] = ()
    searches: tuple[Search, ...] = ()
    portal: bool = False
    engine: bool = False
    cookies: Cookies | None = None
    popup: Popup | None = None

    @field_validator("cookies", mode="before")
    @classmethod
    def _by_default(cls, value: object) -> object:
        return {} if value is True else None if value is False else value

    @model_validator(mode="after")
    def _has_something_to_show(self) -> "Site":
        if not self.portal and not self.pages:
            raise ValueError(f'the site "{self.id}" has no pages')
        return self

    @cached_property
    def all_pages(self) -> tuple[Page, ...]:
        """Its pages; those of a portal begin with the portal itself, which goes by the site's name."""
        return (Page(id=self.id, title=self.title), *self.pages) if self.portal else self.pages

    @property
    def front(self) -> Page:
        return next((page for page in self.all_pages if page.path == "/"), self.all_pages[0])

    def address_of(self, page: Page) -> str:
        return self.address + ("" if page.path == "/" else page.path)


class BrowserContent(Content):
    """The web of a world. `home` is the page of the first tab and of every new one."""

    sites: tuple[Site, ...] = ()
    searches: tuple[Search, ...] = ()
    home: str | None = None
    bookmarks: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique(self) -> "BrowserContent":
        names = [NEW_TAB, *(page.id for site in self.sites for page in site.all_pages)]
        sites = [site.id for site in self.sites]
        addresses = [address for address, _ in self._addresses()]
        for kind, found in (("page", names), ("site", sites), ("address", addresses)):
            if twice := next((name for name in found if found.count(name) > 1), ""):
                raise ValueError(f'two things have the {kind} "{twice}"')
        for result in self._results():
            if result.id in names:
                raise ValueError(f'"{result.id}" is a page; a result needs a name of its own')
        known = {*names, *sites}
        for what, target in self._targets():
            if target not in known:
                raise ValueError(f'{what} leads to "{target}", which is no page and no site')
        return self

    @cached_property
    def pages(self) -> Mapping[str, tuple[Site, Page]]:
        """Every page by id, with its site."""
        return {page.id: (site, page) for site in self.sites for page in site.all_pages}

    @cached_property
    def by_address(self) -> Mapping[str, str]:
        """The page of every address, written small, without www."""
        return dict(self._addresses())

    @cached_property
    def engine(self) -> str:
        """The page that searches the whole web: an engine's, else the home page where it has a box, else a new tab."""
        engines = [page for site in self.sites if site.engine for page in site.all_pages if page.has_search]
        home = self.page_of(self.home or "")
        engines += [page for name, (_, page) in self.pages.items() if name == home and page.has_search]
        return engines[0].id if engines else NEW_TAB

    @property
    def searchable(self) -> bool:
        """Whether words in the address bar are searched."""
        return bool(self._searches_of(self.engine))

    def page_of(self, target: str) -> str:
        """The page that a link means: itself, or the front page of a site; empty for neither."""
        if target in self.pages or target == NEW_TAB:
            return target
        return next((site.front.id for site in self.sites if site.id == target), "")

    def can_search(self, page: str) -> bool:
        """Whether the page has a box for words."""
        if page == NEW_TAB:
            return self.engine == NEW_TAB and self.searchable
        return self.pages[page][1].has_search

    def found(self, page: str, words: str) -> tuple[Result, ...]:
        """What a search on that page finds: the entry most of whose words were typed, the first of equals.

        A site without searches of its own answers from the browser's.
        """
        if not words:
            return ()
        hits = [(search.hits(words), search) for search in self._searches_of(page)]
        best = max(hits, key=lambda hit: hit[0], default=None)
        return best[1].results if best and best[0] else ()

    @cached_property
    def portal(self) -> str:
        """The first site that is a portal; empty where there is none."""
        return next((site.id for site in self.sites if site.portal), "")

    def texts(self) -> Iterator[str]:
        """Every word an author wrote that a learner can press or read as a title."""
        for site in self.sites:
            yield site.title
            yield from (item.text for item in site.menu)
            for page in site.pages:
                yield page.title
                for block in page.body:
                    yield from (
                        text for text in (block.heading, block.text if block.link else None, block.search) if text
                    )
            yield from (popup.button for popup in (site.popup, *(page.popup for page in site.pages)) if popup)
        yield from (result.title for result in self._results())

    def _searches_of(self, page: str) -> tuple[Search, ...]:
        own = self.pages[page][0].searches if page in self.pages else ()
        return (*own, *self.searches) if page == self.engine or not own else own

    def _addresses(self) -> Iterator[tuple[str, str]]:
        for site in self.sites:
            for page in site.all_pages:
                yield site.address_of(page).casefold().removeprefix("www.").rstrip("/"), page.id

    def _results(self) -> Iterator[Result]:
        for searches in (self.searches, *(site.searches for site in self.sites)):
            yield from (result for search in searches for result in search.results)

    def _targets(self) -> Iterator[tuple[str, str]]:
        if self.home is not None:
            yield "home", self.home
        yield from (("a bookmark", name) for name in self.bookmarks)
        yield from (("a result", result.to) for result in self._results())
        for site in self.sites:
            yield from (("a menu", item.to) for item in site.menu)
            yield from (("a link", block.link) for page in site.pages for block in page.body if block.link is not None)
            popups: list[Any] = [site.popup, *(page.popup for page in site.pages)]
            yield from (("a pop-up", popup.to) for popup in popups if popup and popup.to)


def page_in(place: str) -> str:
    """The page of a place, without the words searched on it."""
    return place.partition(WORDS)[0]


def words_in(place: str) -> str:
    """The words that were searched to come to a place; empty for a page."""
    return place.partition(WORDS)[2]
