"""What the browser shows, ready for its template."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.pure.simulator.apps.browser_site import NEW_TAB, Block, BrowserContent, Popup, words_in
from app.pure.simulator.apps.browser_tabs import (
    BrowserState,
    address_of,
    address_shown,
    cookies_asked,
    popup_over,
    site_of,
    title_of,
    words_shown,
)
from app.pure.simulator.formats import FORMATS


@dataclass(frozen=True, slots=True)
class TabLine:
    """A tab in the strip and in the list; `act` brings it to the front and is empty where it is there already."""

    title: str
    address: str
    here: bool
    act: str
    close: str


@dataclass(frozen=True, slots=True)
class Line:
    """Something that leads to a page: a menu's item, a bookmark. `act` is empty where the learner is there."""

    act: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the page; `act` is a link's, empty where it leads to the page itself."""

    kind: Literal["heading", "text", "table", "link", "search"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    act: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A line among the results of a search."""

    act: str
    title: str
    text: str
    address: str
    ad: bool


@dataclass(frozen=True, slots=True)
class BrowserScreen:
    """`offers`: the acts of the screen, for buttons that come and go. `searched`: the words whose `hits` these are."""

    key: str
    offers: frozenset[str]
    tabs: tuple[TabLine, ...]
    panel: str
    address: str
    refused: str
    starred: bool
    fresh: bool
    title: str
    menu: tuple[Line, ...]
    parts: tuple[Part, ...]
    words: str
    searched: str
    hits: tuple[Hit, ...]
    bookmarks: tuple[Line, ...]
    popup: Popup | None
    cookies: str

    @property
    def searches(self) -> bool:
        return "browser.search" in self.offers

    @property
    def asks_cookies(self) -> bool:
        return "browser.cookies accept" in self.offers


def screen_of(content: BrowserContent, state: BrowserState, offers: frozenset[str]) -> BrowserScreen:
    tab = state.tab
    site, page = content.pages.get(tab.page, (None, None))
    searched = words_in(tab.place)
    parts = tuple(_part(block, offers) for block in page.body) if page else ()
    title = title_of(content, tab.page)
    if parts and parts[0].kind == "heading":
        title, parts = parts[0].text, parts[1:]
    over = popup_over(content, state)
    return BrowserScreen(
        key=f"{tab.id}-{tab.page}",
        offers=offers,
        tabs=tuple(_tabs(content, state, offers)),
        panel=state.panel,
        address=address_shown(content, state),
        refused=FORMATS["web-address"].ways.get(state.refused, ""),
        starred=tab.page in state.bookmarks,
        fresh=tab.page == NEW_TAB,
        title=title,
        menu=tuple(_line(item.to, item.text, offers) for item in site.menu) if site else (),
        parts=tuple(part for part in parts if part.kind == "search" or not searched),
        words=words_shown(state),
        searched=searched,
        hits=tuple(_hits(content, state)) if searched else (),
        bookmarks=tuple(
            Line(f"browser.open-bookmark {name}", title_of(content, name), address_of(content, name))
            for name in content.pages
            if name in state.bookmarks
        ),
        popup=over[1] if over else None,
        cookies=cookies_asked(content, state),
    )


def labels_of(content: BrowserContent) -> Iterator[str]:
    """Every label that can be on its screens."""
    yield from ("Adresse", "Favoris", "Nouvel onglet", "Onglets", "Recharger", "Chercher", "Annonce", "Aucun résultat")
    yield from ("Page d'avant", "Page d'après", "Ajouter aux favoris", "Enlever des favoris", "Rouvrir l'onglet fermé")
    yield from ("Tout accepter", "Continuer sans accepter", "Gérer les cookies", "Fermer", "Fermer la publicité")
    yield from content.texts()


def _tabs(content: BrowserContent, state: BrowserState, offers: frozenset[str]) -> Iterator[TabLine]:
    for tab in state.tabs:
        act = f"browser.tab {tab.id}"
        yield TabLine(
            title=title_of(content, tab.place),
            address=address_of(content, tab.place),
            here=tab.id == state.front,
            act=act if act in offers else "",
            close=f"browser.close-tab {tab.id}",
        )


def _part(block: Block, offers: frozenset[str]) -> Part:
    if block.link is not None:
        return Part("link", block.text or "", act=_line(block.link, "", offers).act)
    if block.table is not None:
        return Part("table", rows=block.table)
    if block.search is not None:
        return Part("search", block.search)
    return Part("heading", block.heading) if block.heading is not None else Part("text", block.text or "")


def _line(target: str, text: str, offers: frozenset[str]) -> Line:
    act = f"browser.follow {target}"
    return Line(act if act in offers else "", text)


def _hits(content: BrowserContent, state: BrowserState) -> Iterator[Hit]:
    for result in content.found(state.tab.page, words_in(state.tab.place)):
        page = content.page_of(result.to)
        # an advertisement shows whose it is; so does every line, as engines do
        address = content.pages[page][0].address if site_of(content, page) else ""
        yield Hit(f"browser.follow {result.id}", result.title, result.text, address, result.ad)
