"""The pretend web browser: tabs, an address bar, back and forward, bookmarks, searches, cookie banners, pop-ups."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps import browser_address
from app.pure.simulator.apps.base import App
from app.pure.simulator.apps.browser_screen import BrowserScreen, screen_of
from app.pure.simulator.apps.browser_site import NEW_TAB, WORDS, BrowserContent, page_in, words_in
from app.pure.simulator.apps.browser_tabs import (
    CLOSED,
    LONGEST,
    BrowserState,
    Tab,
    address_shown,
    banner,
    in_front,
    links,
    popup,
    with_tab,
    words_shown,
)
from app.pure.simulator.desk import Desk
from app.pure.simulator.start import Start

PORTAL = "portal"
"""The app that is drawn inside the page of a site with `portal: true`."""


class Browser(App):
    name = "browser"
    label = "Internet"
    icon = "globe"
    content = BrowserContent
    state = BrowserState
    facts: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "visited": ("how", "tab", "site", "prefix"),
        "refused": ("way",),
        "tab_opened": (),
        "tab_closed": (),
        "tab_switched": ("tab",),
        "back": (),
        "reloaded": (),
        "searched": ("words",),
        "followed": ("ad",),
        "bookmarked": (),
        "bookmark_opened": (),
        "cookies": ("choice",),
        "popup_closed": (),
    }
    effects = ("open",)
    parts = ("title",)

    def start(self, content: BrowserContent, desk: Desk) -> BrowserState:
        bookmarks = frozenset(content.page_of(name) for name in content.bookmarks)
        return BrowserState((Tab(1, (_first(content),)),), bookmarks=bookmarks)

    def prepare(self, content: BrowserContent, state: BrowserState, start: Start, desk: Desk) -> BrowserState:
        app, _, thing = (start.open or "").partition(".")
        page = content.page_of(start.page or "") or (content.page_of(thing) if app == self.name else "")
        if not page and (app == PORTAL or start.page) and not self.inside(content, state):
            page = content.portal()
        if not page:
            return replace(state, panel="bookmarks") if app == self.name and thing == "bookmarks" else state
        first = state.tabs[0]
        fresh = first.history == (_first(content),)
        first = replace(first, history=(page,), at=0) if fresh else first.gone_to(page)
        return with_tab(replace(state, front=first.id, panel="", refused=""), first)

    # What the screen offers -------------------------------------------------------------------

    def actions(self, content: BrowserContent, state: BrowserState, desk: Desk) -> Iterator[Act]:
        if not state.panel:
            yield from self._on_page(content, state)
        tab = in_front(state)
        if tab.at > 0:
            yield Act("browser.back")
        if tab.at + 1 < len(tab.history):
            yield Act("browser.forward")
        yield Act("browser.visit", fields=(("address", address_shown(content, state)),))
        if tab.page != NEW_TAB:
            yield Act("browser.reload")
            yield Act("browser.bookmark")
        for other in state.tabs:
            if other.id != state.front or state.panel == "tabs":
                yield Act("browser.tab", str(other.id))
        if state.may_open:
            yield Act("browser.new-tab")
        for other in state.tabs:
            yield Act("browser.close-tab", str(other.id))
        if state.closed and state.may_open:
            yield Act("browser.reopen-tab")
        if state.panel == "bookmarks":
            for page in content.pages:
                if page in state.bookmarks:
                    yield Act("browser.open-bookmark", page)
        for panel in ("bookmarks", "tabs"):
            if state.panel != panel:
                yield Act(f"browser.{panel}")
        if state.panel:
            yield Act("browser.close-panel")

    def _on_page(self, content: BrowserContent, state: BrowserState) -> Iterator[Act]:
        tab = in_front(state)
        if content.can_search(tab.page):
            yield Act("browser.search", fields=(("words", words_shown(state)),))
        if words_in(tab.place):
            for result in content.found(tab.page, words_in(tab.place)):
                yield Act("browser.follow", result.id, also=(result.to,))
        for target in links(content, tab):
            yield Act("browser.follow", target)
        if over := popup(content, state):
            if over.button:
                yield Act("browser.accept-popup")
            yield Act("browser.close-popup")
        if banner(content, state):
            yield Act("browser.cookies", "accept")
            yield Act("browser.cookies", "refuse")
        elif banner(content, replace(state, cookies=())):
            yield Act("browser.cookies", "change")

    def carry(
        self, content: BrowserContent, state: BrowserState, fields: Mapping[str, str], desk: Desk
    ) -> BrowserState:
        tab = in_front(state)
        address = fields.get("address", address_shown(content, state))[:LONGEST]
        words = fields.get("words", words_shown(state))[:LONGEST]
        bare = replace(state, tabs=with_tab(state, replace(tab, address=None, words=None)).tabs)
        kept = replace(
            tab,
            address=None if address == address_shown(content, bare) else address,
            words=None if words == words_shown(bare) else words,
        )
        return with_tab(state, kept)

    # What an act does -------------------------------------------------------------------------

    def act(self, content: BrowserContent, state: BrowserState, act: Act, desk: Desk) -> Moved:
        deed, target = act.deed, act.target
        state = replace(state, refused="")
        if deed in ("bookmarks", "tabs"):
            return Moved(replace(state, panel=deed))
        state, tab = replace(state, panel=""), in_front(state)
        match deed:
            case "visit":
                return self._visit(content, state, desk)
            case "search":
                return self._search(content, state, tab.page, words_shown(state), ())
            case "follow":
                return self._follow(content, state, target)
            case "back" | "forward":
                step = -1 if deed == "back" else 1
                place = min(max(tab.at + step, 0), len(tab.history) - 1)
                tab = replace(tab, at=place, address=None, words=None)
                facts = (self._fact(content, "back", tab.page),) if deed == "back" else ()
                return Moved(with_tab(state, tab), facts)
            case "reload":
                popups = state.popups - {tab.page, self._site(content, tab.page)}
                again = with_tab(replace(state, popups=popups), replace(tab, address=None, words=None))
                return Moved(again, (self._fact(content, "reloaded", tab.page),))
            case "tab" | "new-tab" | "close-tab" | "reopen-tab":
                return self._tabs(content, state, deed, target)
            case "bookmark" if tab.page in state.bookmarks:
                return Moved(replace(state, bookmarks=state.bookmarks - {tab.page}))
            case "bookmark":
                kept = replace(state, bookmarks=state.bookmarks | {tab.page})
                return Moved(kept, (self._fact(content, "bookmarked", tab.page),))
            case "open-bookmark":
                opened = self._fact(content, "bookmark_opened", target)
                return self._go(content, state, target, "bookmark", (opened,))
            case "cookies":
                return self._choose_cookies(content, state, target)
            case "close-popup" | "accept-popup":
                return self._leave_popup(content, state, accepted=deed == "accept-popup")
        return Moved(state)

    def _visit(self, content: BrowserContent, state: BrowserState, desk: Desk) -> Moved:
        typed = address_shown(content, state)
        reading = browser_address.read(typed, content.by_address, searchable=content.searchable, today=desk.today)
        if reading.way:
            fact = Fact("browser.refused", data={"way": reading.way}, shown=typed.strip())
            return Moved(replace(state, refused=reading.way), (fact,))
        if reading.words:
            # the results are a page of the engine, reached by the address bar
            visited = self._visited(content, state, content.engine, "typed", prefix=False)
            return self._search(content, state, content.engine, reading.words, (visited,))
        return self._go(content, state, reading.page, "typed", prefix=reading.prefix)

    def _search(
        self, content: BrowserContent, state: BrowserState, page: str, typed: str, before: tuple[Fact, ...]
    ) -> Moved:
        words = " ".join(typed.split())[:LONGEST]
        if not words:
            return Moved(state)
        fact = Fact("browser.searched", page, {"words": words}, shown=words)
        return Moved(with_tab(state, in_front(state).gone_to(f"{page}{WORDS}{words}")), (*before, fact))

    def _follow(self, content: BrowserContent, state: BrowserState, target: str) -> Moved:
        tab = in_front(state)
        result = next((r for r in content.found(tab.page, words_in(tab.place)) if r.id == target), None)
        if result is None:
            followed = self._fact(content, "followed", target, ad=False)
            return self._go(content, state, content.page_of(target), "link", (followed,))
        followed = Fact("browser.followed", result.id, {"ad": result.ad}, shown=result.title)
        return self._go(content, state, content.page_of(result.to), "search", (followed,))

    def _go(
        self,
        content: BrowserContent,
        state: BrowserState,
        page: str,
        how: str,
        before: tuple[Fact, ...] = (),
        prefix: bool = False,
    ) -> Moved:
        visited = self._visited(content, state, page, how, prefix=prefix)
        return Moved(with_tab(state, in_front(state).gone_to(page)), (*before, visited))

    def _tabs(self, content: BrowserContent, state: BrowserState, deed: str, target: str) -> Moved:
        tab = next((tab for tab in state.tabs if str(tab.id) == target), in_front(state))
        match deed:
            case "tab":
                fact = self._fact(content, "tab_switched", tab.page, tab=tab.id)
                return Moved(replace(state, front=tab.id), (fact,))
            case "new-tab" if state.may_open:
                tab = Tab(state.free_id(), (_first(content),))
                return Moved(self._with_new(state, tab), (self._fact(content, "tab_opened", tab.page),))
            case "reopen-tab" if state.closed and state.may_open:
                tab = state.closed[-1]
                tab = replace(tab, id=state.free_id(tab.id))
                opened = self._with_new(replace(state, closed=state.closed[:-1]), tab)
                return Moved(opened, (self._fact(content, "tab_opened", tab.page),))
            case "close-tab":
                return Moved(self._without(content, state, tab), (self._fact(content, "tab_closed", tab.page),))
        return Moved(state)

    def _with_new(self, state: BrowserState, tab: Tab) -> BrowserState:
        return replace(state, tabs=tuple(sorted((*state.tabs, tab), key=lambda t: t.id)), front=tab.id)

    def _without(self, content: BrowserContent, state: BrowserState, tab: Tab) -> BrowserState:
        """Close a tab; its neighbour comes to the front, and after the last one an empty one stands there."""
        place = state.tabs.index(tab)
        left = state.tabs[:place] + state.tabs[place + 1 :]
        worth = tab.history != (_first(content),)
        closed = (*state.closed, replace(tab, address=None, words=None))[-CLOSED:] if worth else state.closed
        if not left:
            left, place = (Tab(1, (_first(content),)),), 0
        front = state.front if state.front != tab.id else left[min(place, len(left) - 1)].id
        return replace(state, tabs=left, front=front, closed=closed)

    def _choose_cookies(self, content: BrowserContent, state: BrowserState, choice: str) -> Moved:
        site = self._site(content, in_front(state).page)
        choices = {name: kept for name, kept in state.cookies if name != site}
        if choice == "change":
            return Moved(replace(state, cookies=tuple(sorted(choices.items()))))
        choices[site] = choice
        fact = Fact("browser.cookies", site, {"choice": choice}, shown=self.shown(content, site, _NOBODY))
        return Moved(replace(state, cookies=tuple(sorted(choices.items()))), (fact,))

    def _leave_popup(self, content: BrowserContent, state: BrowserState, *, accepted: bool) -> Moved:
        page, over = in_front(state).page, popup(content, state)
        if over is None:
            return Moved(state)
        owner = page if content.pages[page][1].popup == over and page not in state.popups else self._site(content, page)
        state = replace(state, popups=state.popups | {owner})
        if not accepted:
            return Moved(state, (Fact("browser.popup_closed", owner, shown=over.title),))
        followed = Fact("browser.followed", owner, {"ad": True}, shown=over.title)
        if over.to is None:
            return Moved(state, (followed,))
        return self._go(content, state, content.page_of(over.to), "link", (followed,))

    def back(self, content: BrowserContent, state: BrowserState, desk: Desk) -> BrowserState | None:
        if state.panel:
            return replace(state, panel="")
        if in_front(state).at == 0:
            return None
        before: BrowserState = self.act(content, state, Act("browser.back"), desk).state
        return before

    def effect(
        self, content: BrowserContent, state: BrowserState, deed: str, target: str, again: bool, desk: Desk
    ) -> BrowserState:
        """Open a page in a tab of its own, as a link in another app does; where no more fit, in the one in front."""
        page = content.page_of(target)
        if not page:
            return state
        state = replace(state, panel="", refused="")
        if state.may_open and in_front(state).history != (_first(content),):
            return self._with_new(state, Tab(state.free_id(), (page,)))
        return with_tab(state, in_front(state).gone_to(page))

    def inside(self, content: BrowserContent, state: BrowserState) -> str:
        page = in_front(state).page
        shows_portal = page in content.pages and content.pages[page][0].portal and page == content.pages[page][0].id
        return PORTAL if shows_portal and not state.panel else ""

    # What is on the screen --------------------------------------------------------------------

    def shown(self, content: BrowserContent, target: str, desk: Desk) -> str:
        return _title(content, target)

    def screen(self, content: BrowserContent, state: BrowserState, desk: Desk) -> BrowserScreen:
        offers = frozenset(act.name for act in self.actions(content, state, desk))
        return screen_of(content, state, desk, offers)

    def labels(self, content: BrowserContent) -> Iterable[str]:
        yield from ("Favoris", "Nouvel onglet", "Onglets", "Recharger", "Chercher", "Annonce")
        yield from ("Tout accepter", "Continuer sans accepter", "Gérer les cookies", "Rouvrir l'onglet fermé")
        yield from content.texts()
