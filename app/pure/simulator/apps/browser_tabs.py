"""Where a browser stands: its tabs with their histories, what was kept, closed and answered; no author's words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.pure.simulator.apps.browser_site import NEW_TAB, BrowserContent, Popup, page_in, words_in

HISTORY, TABS, CLOSED = 12, 6, 3
"""Pages kept in a tab, tabs open at once, closed ones that can be reopened."""

ADDRESS_LONGEST, WORDS_LONGEST = 100, 60
"""Signs kept of what is typed in the two boxes."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: the places it went through and the one it shows; what is typed and not yet sent (None: as it came)."""

    id: int
    history: tuple[str, ...]
    at: int = 0
    address: str | None = None
    words: str | None = None

    @property
    def place(self) -> str:
        return self.history[self.at]

    @property
    def page(self) -> str:
        return page_in(self.place)

    def gone_to(self, place: str) -> "Tab":
        """The tab after going to a place: the pages ahead are lost; the same place again adds nothing."""
        history, at = self.history, self.at
        if place != self.place:
            history = (*history[: at + 1], place)[-HISTORY:]
            at = len(history) - 1
        return replace(self, history=history, at=at, address=None, words=None)

    def moved(self, steps: int) -> "Tab":
        """The tab some pages further or back, as far as it goes."""
        at = min(max(self.at + steps, 0), len(self.history) - 1)
        return replace(self, at=at, address=None, words=None)


@dataclass(frozen=True, slots=True)
class BrowserState:
    """`front`: the tab that is shown. `panel`: `bookmarks` or `tabs` over the page. Tabs stand by their numbers.

    `refused`: how the address is wrong. `cookies`: each site's answer; `popups`: whose pop-up was closed.
    """

    tabs: tuple[Tab, ...]
    front: int = 1
    closed: tuple[Tab, ...] = ()
    panel: str = ""
    refused: str = ""
    bookmarks: frozenset[str] = frozenset()
    cookies: tuple[tuple[str, str], ...] = ()
    popups: frozenset[str] = frozenset()

    @property
    def tab(self) -> Tab:
        return next(tab for tab in self.tabs if tab.id == self.front)

    @property
    def may_open(self) -> bool:
        return len(self.tabs) < TABS

    def with_tab(self, changed: Tab) -> "BrowserState":
        return replace(self, tabs=tuple(changed if tab.id == changed.id else tab for tab in self.tabs))

    def opened(self, tab: Tab) -> "BrowserState":
        """With one more tab in front: it keeps its number where that is free, else takes the smallest free one."""
        taken = {other.id for other in self.tabs}
        if tab.id in taken:
            tab = replace(tab, id=min(set(range(1, TABS + 1)) - taken))
        tabs = sorted((*self.tabs, tab), key=lambda one: one.id)
        return replace(self, tabs=tuple(tabs), front=tab.id)

    def without(self, tab: Tab, fresh: Tab) -> "BrowserState":
        """A tab closed: its neighbour comes to the front; a `fresh` one stands there after the last."""
        place = self.tabs.index(tab)
        left = self.tabs[:place] + self.tabs[place + 1 :] or (fresh,)
        front = left[min(place, len(left) - 1)].id if tab.id == self.front else self.front
        closed = self.closed
        if tab.history != fresh.history:
            closed = (*closed, replace(tab, address=None, words=None))[-CLOSED:]
        return replace(self, tabs=left, front=front, closed=closed)

    def carried(self, content: BrowserContent, address: str | None, words: str | None) -> "BrowserState":
        """With what is typed in its two boxes; None where a box is not on the form."""
        bare = replace(self.tab, address=None, words=None)
        came = self.with_tab(bare)
        typed = self.tab.address if address is None else address[:ADDRESS_LONGEST]
        sought = self.tab.words if words is None else words[:WORDS_LONGEST]
        return self.with_tab(
            replace(
                bare,
                address=None if typed == address_shown(content, came) else typed,
                words=None if sought == words_shown(came) else sought,
            )
        )


def fresh_tab(content: BrowserContent, number: int = 1) -> Tab:
    """A tab as it opens."""
    return Tab(number, (content.page_of(content.home or "") or NEW_TAB,))


def site_of(content: BrowserContent, page: str) -> str:
    """The site of a page; empty for a new tab."""
    return content.pages[page][0].id if page in content.pages else ""


def title_of(content: BrowserContent, name: str) -> str:
    """What people read for a page, a site or the results of a search."""
    page, words = page_in(name), words_in(name)
    if words:
        return f"{words} : recherche"
    if page == NEW_TAB:
        return "Nouvel onglet"
    if page in content.pages:
        return content.pages[page][1].title
    return next((site.title for site in content.sites if site.id == page), name)


def address_shown(content: BrowserContent, state: BrowserState) -> str:
    """What stands in the address bar: what is typed, else where the page is."""
    tab = state.tab
    if tab.address is not None:
        return tab.address
    return address_of(content, tab.place)


def address_of(content: BrowserContent, place: str) -> str:
    page = page_in(place)
    if page not in content.pages:
        return words_in(place)
    site, shown = content.pages[page]
    return site.address_of(shown)


def words_shown(state: BrowserState) -> str:
    """What stands in the page's box for words."""
    return state.tab.words if state.tab.words is not None else words_in(state.tab.place)


def links(content: BrowserContent, tab: Tab) -> Iterator[str]:
    """Where the page in a tab leads, each place once, without itself; the results of a search hide its body."""
    if tab.page not in content.pages:
        return
    site, page = content.pages[tab.page]
    targets = [item.to for item in site.menu]
    if not words_in(tab.place):
        targets += [block.link for block in page.body if block.link is not None]
    for rank, target in enumerate(targets):
        if target not in targets[:rank] and (content.page_of(target) != page.id or words_in(tab.place)):
            yield target


def popup_over(content: BrowserContent, state: BrowserState) -> tuple[str, Popup] | None:
    """The pop-up that lies over the page, with whose it is: the page's own, then the site's."""
    if state.tab.page not in content.pages:
        return None
    site, page = content.pages[state.tab.page]
    for owner, popup in ((page.id, page.popup), (site.id, site.popup)):
        if popup and owner not in state.popups:
            return owner, popup
    return None


def cookies_asked(content: BrowserContent, state: BrowserState) -> str:
    """The sentence of the cookie banner; empty where the site has none."""
    if state.tab.page not in content.pages:
        return ""
    cookies = content.pages[state.tab.page][0].cookies
    return cookies.text if cookies else ""


def acts_to_go_back(state: BrowserState, page: str) -> int:
    """At least how many acts end with « back » on a page: a tab has it behind, or go there, leave, come back."""
    counts = [3]
    for tab in (*state.tabs, *state.closed):
        behind = [tab.at - place for place in range(tab.at) if page_in(tab.history[place]) == page]
        here = [2] if tab.page == page else []
        counts += [count + (tab.id != state.front or tab in state.closed) for count in (*behind, *here)]
    return min(counts)
