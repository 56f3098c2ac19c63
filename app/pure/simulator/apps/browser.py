"""The pretend web browser: tabs, an address bar, back and forward, bookmarks, searches, cookie banners, pop-ups."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps import browser_address
from app.pure.simulator.apps.base import App
from app.pure.simulator.apps.browser_screen import BrowserScreen, labels_of, screen_of
from app.pure.simulator.apps.browser_site import NEW_TAB, WORDS, BrowserContent, words_in
from app.pure.simulator.apps.browser_tabs import (
    WORDS_LONGEST,
    BrowserState,
    acts_to_go_back,
    address_shown,
    cookies_asked,
    fresh_tab,
    links,
    popup_over,
    site_of,
    title_of,
    words_shown,
)
from app.pure.simulator.desk import Desk
from app.pure.simulator.start import Start

PORTAL = "portal"
"""The app that is drawn inside the page of a site with `portal: true`."""

PANELS = ("bookmarks", "tabs")


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
        return BrowserState((fresh_tab(content),), bookmarks=bookmarks)

    def prepare(self, content: BrowserContent, state: BrowserState, start: Start, desk: Desk) -> BrowserState:
        """Show the page of a start in the first tab; a page or thing of the portal brings the portal's site there."""
        app, _, thing = (start.open or "").partition(".")
        page = content.page_of(start.page or "") or (content.page_of(thing) if app == self.name else "")
        if not page and (app == PORTAL or start.page) and not self.inside(content, state):
            page = content.portal
        if not page:
            return replace(state, panel=thing) if app == self.name and thing in PANELS else state
        first = state.tabs[0]
        fresh = first.history == fresh_tab(content).history
        first = replace(first, history=(page,), address=None, words=None) if fresh else first.gone_to(page)
        return replace(state.with_tab(first), front=first.id, panel="", refused="")

    # What the screen offers -------------------------------------------------------------------

    def actions(self, content: BrowserContent, state: BrowserState, desk: Desk) -> Iterator[Act]:
        tab = state.tab
        if state.panel == "bookmarks":
            yield from (Act("browser.open-bookmark", page) for page in content.pages if page in state.bookmarks)
        elif not state.panel:
            yield from self._on_page(content, state)
        if tab.at > 0:
            yield Act("browser.back")
        if tab.at + 1 < len(tab.history):
            yield Act("browser.forward")
        yield Act("browser.visit", fields=(("address", address_shown(content, state)),))
        if tab.page != NEW_TAB:
            yield Act("browser.reload")
            yield Act("browser.bookmark")
        for other in state.tabs:
            if other != tab or state.panel == "tabs":
                yield Act("browser.tab", str(other.id))
        yield from (Act("browser.close-tab", str(other.id)) for other in state.tabs)
        if state.may_open:
            yield Act("browser.new-tab")
            if state.closed:
                yield Act("browser.reopen-tab")
        yield from (Act(f"browser.{panel}") for panel in PANELS if panel != state.panel)
        if state.panel:
            yield Act("browser.close-panel")

    def _on_page(self, content: BrowserContent, state: BrowserState) -> Iterator[Act]:
        tab = state.tab
        if content.can_search(tab.page):
            yield Act("browser.search", fields=(("words", words_shown(state)),))
        for result in content.found(tab.page, words_in(tab.place)):
            yield Act("browser.follow", result.id, also=(result.to,))
        yield from (Act("browser.follow", target) for target in links(content, tab))
        if over := popup_over(content, state):
            if over[1].button:
                yield Act("browser.accept-popup")
            yield Act("browser.close-popup")
        if cookies_asked(content, state):
            answered = site_of(content, tab.page) in dict(state.cookies)
            choices = ("change",) if answered else ("accept", "refuse")
            yield from (Act("browser.cookies", choice) for choice in choices)

    # What an act does -------------------------------------------------------------------------

    def carry(
        self, content: BrowserContent, state: BrowserState, fields: Mapping[str, str], desk: Desk
    ) -> BrowserState:
        return state.carried(content, fields.get("address"), fields.get("words"))

    def act(self, content: BrowserContent, state: BrowserState, act: Act, desk: Desk) -> Moved:
        deed, target = act.deed, act.target
        if deed in PANELS:
            return Moved(replace(state, panel=deed, refused=""))
        state = replace(state, panel="", refused="")
        tab = state.tab
        match deed:
            case "visit":
                return self._visit(content, state, desk)
            case "search":
                return self._search(content, state, tab.page, words_shown(state))
            case "follow":
                return self._follow(content, state, target)
            case "back":
                tab = tab.moved(-1)
                return Moved(state.with_tab(tab), (_fact(content, "back", tab.page),))
            case "forward":
                return Moved(state.with_tab(tab.moved(1)))
            case "reload":
                popups = state.popups - {tab.page, site_of(content, tab.page)}
                again = replace(state.with_tab(tab.moved(0)), popups=popups)
                return Moved(again, (_fact(content, "reloaded", tab.page),))
            case "bookmark" if tab.page in state.bookmarks:
                return Moved(replace(state, bookmarks=state.bookmarks - {tab.page}))
            case "bookmark":
                kept = replace(state, bookmarks=state.bookmarks | {tab.page})
                return Moved(kept, (_fact(content, "bookmarked", tab.page),))
            case "open-bookmark":
                return _go(content, state, target, "bookmark", (_fact(content, "bookmark_opened", target),))
            case "cookies":
                return self._answer_cookies(content, state, target)
            case "close-popup" | "accept-popup":
                return self._leave_popup(content, state, accepted=deed == "accept-popup")
        return self._turn_to_tab(content, state, deed, target)

    def _visit(self, content: BrowserContent, state: BrowserState, desk: Desk) -> Moved:
        typed = address_shown(content, state)
        reading = browser_address.read(typed, content.by_address, searchable=content.searchable, today=desk.today)
        if reading.way:
            fact = Fact("browser.refused", data={"way": reading.way}, shown=typed.strip())
            # an empty bar is left as it is, without a word, as browsers do
            return Moved(replace(state, refused="" if reading.way == "empty" else reading.way), (fact,))
        if reading.words:
            # the results are a page of the engine, and the address bar led there
            visited = _visited(content, state, content.engine, "typed")
            return self._search(content, state, content.engine, reading.words, (visited,))
        return _go(content, state, reading.page, "typed", prefix=reading.prefix)

    def _search(
        self, content: BrowserContent, state: BrowserState, page: str, typed: str, before: tuple[Fact, ...] = ()
    ) -> Moved:
        words = " ".join(typed.split())[:WORDS_LONGEST]
        if not words:
            return Moved(state)
        fact = Fact("browser.searched", page, {"words": words}, shown=words)
        return Moved(state.with_tab(state.tab.gone_to(f"{page}{WORDS}{words}")), (*before, fact))

    def _follow(self, content: BrowserContent, state: BrowserState, target: str) -> Moved:
        found = content.found(state.tab.page, words_in(state.tab.place))
        if result := next((result for result in found if result.id == target), None):
            followed = Fact("browser.followed", result.id, {"ad": result.ad}, shown=result.title)
            return _go(content, state, content.page_of(result.to), "search", (followed,))
        page = content.page_of(target)
        return _go(content, state, page, "link", (_fact(content, "followed", page, ad=False),))

    def _turn_to_tab(self, content: BrowserContent, state: BrowserState, deed: str, target: str) -> Moved:
        tab = next((tab for tab in state.tabs if str(tab.id) == target), state.tab)
        match deed:
            case "tab" if tab != state.tab:
                fact = _fact(content, "tab_switched", tab.page, tab=tab.id)
                return Moved(replace(state, front=tab.id), (fact,))
            case "new-tab" if state.may_open:
                fresh = fresh_tab(content)
                return Moved(state.opened(fresh), (_fact(content, "tab_opened", fresh.page),))
            case "reopen-tab" if state.closed and state.may_open:
                last = state.closed[-1]
                opened = replace(state, closed=state.closed[:-1]).opened(last)
                return Moved(opened, (_fact(content, "tab_opened", last.page),))
            case "close-tab":
                closed = state.without(tab, fresh_tab(content))
                return Moved(closed, (_fact(content, "tab_closed", tab.page),))
        return Moved(state)

    def _answer_cookies(self, content: BrowserContent, state: BrowserState, choice: str) -> Moved:
        site = site_of(content, state.tab.page)
        others = tuple(pair for pair in state.cookies if pair[0] != site)
        if choice == "change":
            return Moved(replace(state, cookies=others))
        answered = replace(state, cookies=tuple(sorted((*others, (site, choice)))))
        return Moved(answered, (_fact(content, "cookies", site, choice=choice),))

    def _leave_popup(self, content: BrowserContent, state: BrowserState, *, accepted: bool) -> Moved:
        over = popup_over(content, state)
        if over is None:
            return Moved(state)
        owner, popup = over
        state = replace(state, popups=state.popups | {owner})
        if not accepted:
            return Moved(state, (Fact("browser.popup_closed", owner, shown=popup.title),))
        followed = Fact("browser.followed", owner, {"ad": True}, shown=popup.title)
        page = content.page_of(popup.to or "")
        return _go(content, state, page, "link", (followed,)) if page else Moved(state, (followed,))

    def back(self, content: BrowserContent, state: BrowserState, desk: Desk) -> BrowserState | None:
        if state.panel:
            return replace(state, panel="")
        return replace(state.with_tab(state.tab.moved(-1)), refused="") if state.tab.at else None

    def effect(
        self, content: BrowserContent, state: BrowserState, deed: str, target: str, again: bool, desk: Desk
    ) -> BrowserState:
        """Open a page in a tab of its own, as a link of another app does; in the one in front where no more fit."""
        page = content.page_of(target)
        if not page:
            return state
        state = replace(state, panel="", refused="")
        fresh = fresh_tab(content)
        if state.may_open and state.tab.history != fresh.history:
            return state.opened(replace(fresh, history=(page,)))
        return state.with_tab(state.tab.gone_to(page))

    def distance(self, content: BrowserContent, state: BrowserState, fact: str, about: str, desk: Desk) -> int:
        page = content.page_of(about)
        if fact == "browser.back" and page:
            return acts_to_go_back(state, page)
        there = int(state.tab.page != page)
        if fact == "browser.bookmarked" and page:
            return 1 + (there or page in state.bookmarks)
        if fact == "browser.bookmark_opened" and page:
            return 1 + (state.panel != "bookmarks") if page in state.bookmarks else 3 + there
        return 0

    # What is on the screen --------------------------------------------------------------------

    def inside(self, content: BrowserContent, state: BrowserState) -> str:
        site = content.pages[state.tab.page][0] if state.tab.page in content.pages else None
        return PORTAL if site and site.portal and site.id == state.tab.page and not state.panel else ""

    def shown(self, content: BrowserContent, target: str, desk: Desk) -> str:
        return title_of(content, target)

    def screen(self, content: BrowserContent, state: BrowserState, desk: Desk) -> BrowserScreen:
        return screen_of(content, state, frozenset(act.name for act in self.actions(content, state, desk)))

    def labels(self, content: BrowserContent) -> Iterable[str]:
        return labels_of(content)


def _go(
    content: BrowserContent,
    state: BrowserState,
    page: str,
    how: str,
    before: tuple[Fact, ...] = (),
    *,
    prefix: bool = False,
) -> Moved:
    """Show a page in the tab in front."""
    visited = _visited(content, state, page, how, prefix=prefix)
    return Moved(state.with_tab(state.tab.gone_to(page)), (*before, visited))


def _visited(content: BrowserContent, state: BrowserState, page: str, how: str, *, prefix: bool = False) -> Fact:
    return _fact(content, "visited", page, how=how, tab=state.front, site=site_of(content, page), prefix=prefix)


def _fact(content: BrowserContent, kind: str, about: str, **data: str | int | bool) -> Fact:
    return Fact(f"browser.{kind}", about, data, title_of(content, about))
