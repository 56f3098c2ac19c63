"""The pretend browser: tabs with their histories, searches, advertisements, bookmarks, banners, and a whole lesson."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.pure.content.library import Library
from app.pure.content.loader import load
from app.pure.simulator import solver, world
from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps.browser import Browser
from app.pure.simulator.apps.browser_site import NEW_TAB, BrowserContent
from app.pure.simulator.apps.browser_tabs import CLOSED, HISTORY, TABS, BrowserState
from app.pure.simulator.desk import Desk, Person, Setting
from app.pure.simulator.formats import FORMATS
from app.pure.simulator.scene import Scene
from app.pure.simulator.start import Start
from app.pure.simulator.state import dump
from app.pure.simulator.state import load as load_state
from app.settings import HOME

TODAY = date(2026, 11, 24)
BROWSER = Browser()
LESSON = "navigateur-et-adresse"

WEB = """
searches:
  - words: [bibliothèque, valmont]
    results:
      - {id: books, ad: true, to: books-home, title: Livres à 1 €, text: Livrés chez vous.}
      - {id: official, to: library, title: Bibliothèque de Valmont}
      - {id: opening, to: hours, title: Horaires}
  - words: [bus, carte de bus]
    results: [{id: line, to: bus-home, title: Bus}]
sites:
  - id: library
    title: Bibliothèque de Valmont
    address: bibliotheque-valmont.example
    menu: [{to: home, text: Accueil}, {to: hours, text: Horaires}]
    pages:
      - id: home
        title: Bibliothèque
        body:
          - {heading: Bienvenue}
          - {search: Chercher dans le site}
          - {text: "Fermé le {+1d}."}
          - {link: hours, text: Voir les horaires}
          - {link: caisse, text: La Caisse}
      - {id: hours, path: /horaires, title: Horaires, body: [{table: [[Lundi, Fermé], [Mardi, 14 h]]}]}
    searches:
      - {words: [horaire], results: [{id: found-hours, to: hours, title: Horaires}]}
  - id: bus
    title: Bus
    address: bus.example
    cookies: true
    popup: {title: UN VÉLO, button: OK, small: 39 € par mois, to: books-home}
    pages:
      - {id: bus-home, title: Bus}
      - {id: bus-hours, path: /heures, title: Heures, popup: {title: UN JEU}}
  - {id: books, title: Livres, address: livres.example, pages: [{id: books-home, title: Livres}]}
  - {id: caisse, title: Caisse des Familles, address: caisse-familles.example, portal: true}
"""


ADDRESSES = ["bibliotheque-valmont.example", "bus.example", "bus.example/heures", "caisse-familles.example"]
TYPED = st.sampled_from([*ADDRESSES, "valmont", "é,", " "]) | st.text(max_size=120)


def web(**changes: Any) -> BrowserContent:
    return BrowserContent.model_validate(yaml.safe_load(WEB) | changes)


class Window:
    """The browser alone, without the world around it."""

    def __init__(self, content: BrowserContent | None = None, **start: Any) -> None:
        self.content = content or web()
        self.desk = Desk(Setting(Person(id="fatima", name="Fatima"), {}, {}, ()), TODAY, 0, frozenset())
        fresh = BROWSER.start(self.content, self.desk)
        self.state: BrowserState = BROWSER.prepare(self.content, fresh, Start.model_validate(start), self.desk)

    @property
    def offers(self) -> dict[str, Act]:
        return {act.name: act for act in BROWSER.actions(self.content, self.state, self.desk)}

    @property
    def screen(self) -> Any:
        return BROWSER.screen(self.content, self.state, self.desk)

    @property
    def page(self) -> str:
        return self.state.tab.page

    def do(self, name: str, **typed: str) -> Moved:
        act = self.offers[f"browser.{name}"]
        self.state = BROWSER.carry(self.content, self.state, {**dict(act.fields), **typed}, self.desk)
        moved = BROWSER.act(self.content, self.state, act, self.desk)
        self.state = moved.state
        return moved

    def visit(self, address: str) -> Moved:
        return self.do("visit", address=address)

    def all(self, *names: str) -> "Window":
        for name in names:
            self.do(name)
        return self


def kinds(moved: Moved) -> list[str]:
    return [fact.kind.removeprefix("browser.") for fact in moved.facts]


# The address bar ------------------------------------------------------------------------------


def test_a_typed_address_opens_its_page_and_says_how_where_and_on_which_site() -> None:
    window = Window()
    (fact,) = window.visit("https://www.bibliotheque-valmont.example").facts
    assert fact == Fact(
        "browser.visited", "home", {"how": "typed", "tab": 1, "site": "library", "prefix": True}, "Bibliothèque"
    )
    assert window.screen.address == "bibliotheque-valmont.example"


def test_a_portal_is_visited_under_the_name_of_its_site() -> None:
    window = Window()
    (fact,) = window.visit("caisse-familles.example").facts
    assert (fact.about, fact.data["site"]) == ("caisse", "caisse")
    assert BROWSER.inside(window.content, window.state) == "portal"
    window.do("bookmarks")
    assert BROWSER.inside(window.content, window.state) == ""


def test_a_refused_address_stays_in_the_bar_with_the_page_behind_it() -> None:
    window = Window(page="hours")
    (fact,) = window.visit("bibliotheque valmont.example").facts
    assert (fact.kind, fact.data) == ("browser.refused", {"way": "space"})
    assert (window.page, window.screen.address) == ("hours", "bibliotheque valmont.example")
    assert window.screen.refused == FORMATS["web-address"].ways["space"]
    window.do("reload")
    assert (window.screen.refused, window.screen.address) == ("", "bibliotheque-valmont.example/horaires")


def test_an_empty_bar_is_left_as_it_is() -> None:
    window = Window()
    before = window.state
    assert [fact.data for fact in window.visit(" ").facts] == [{"way": "empty"}]
    assert (window.screen.refused, replace(window.state.tab, address=None)) == ("", before.tab)


def test_words_in_the_bar_are_searched_on_the_web() -> None:
    window = Window(page="home")
    moved = window.visit("Valmont bibliothèques")
    assert kinds(moved) == ["visited", "searched"]
    assert (moved.facts[0].about, moved.facts[0].data["how"]) == (NEW_TAB, "typed")
    assert moved.facts[1].data == {"words": "Valmont bibliothèques"}
    assert [hit.title for hit in window.screen.hits] == ["Livres à 1 €", "Bibliothèque de Valmont", "Horaires"]


def test_words_in_the_bar_are_refused_where_nothing_searches() -> None:
    window = Window(web(searches=[]))
    assert [fact.data for fact in window.visit("bibliotheque").facts] == [{"way": "unknown"}]
    assert not window.screen.searches


def test_what_is_typed_in_the_bar_outlives_any_button_that_shows_no_other_page() -> None:
    window = Window(page="home")
    window.do("bookmark")
    window.state = BROWSER.carry(window.content, window.state, {"address": "caisse-fam"}, window.desk)
    window.all("bookmarks", "close-panel")
    assert window.screen.address == "caisse-fam"


def test_typing_the_address_that_stands_there_already_is_not_remembered_as_typed() -> None:
    window = Window(page="home")
    before = window.state
    window.state = BROWSER.carry(window.content, before, {"address": "bibliotheque-valmont.example"}, window.desk)
    assert window.state == before


# Back and forward -----------------------------------------------------------------------------


def test_back_and_forward_walk_through_the_history() -> None:
    window = Window(page="home")
    assert "browser.back" not in window.offers
    window.do("follow hours")
    (fact,) = window.do("back").facts
    assert (fact.kind, fact.about, fact.shown) == ("browser.back", "home", "Bibliothèque")
    assert "browser.back" not in window.offers
    assert window.do("forward").facts == ()
    assert (window.page, "browser.forward" in window.offers) == ("hours", False)


def test_going_elsewhere_forgets_the_pages_ahead() -> None:
    window = Window(page="home").all("follow hours", "back")
    window.visit("livres.example")
    assert "browser.forward" not in window.offers
    assert window.state.tab.history == ("home", "books-home")


def test_visiting_the_same_page_again_adds_nothing_to_the_history() -> None:
    window = Window(page="home")
    window.visit("bibliotheque-valmont.example/")
    assert window.state.tab.history == ("home",)


def test_the_history_has_a_bound() -> None:
    window = Window(page="home")
    for _ in range(HISTORY):
        window.all("follow hours", "follow home")
    assert len(window.state.tab.history) == HISTORY
    assert window.page == "home"


def test_the_devices_own_back_button_shuts_a_panel_then_goes_back_then_leaves() -> None:
    window = Window(page="home").all("follow hours", "bookmarks")
    once = BROWSER.back(window.content, window.state, window.desk)
    twice = BROWSER.back(window.content, once, window.desk) if once else None
    assert once and twice
    assert (once.panel, twice.tab.page) == ("", "home")
    assert BROWSER.back(window.content, twice, window.desk) is None


def test_a_page_is_reloaded() -> None:
    (fact,) = Window(page="home").do("reload").facts
    assert (fact.kind, fact.about) == ("browser.reloaded", "home")


# Tabs -----------------------------------------------------------------------------------------


def test_tabs_count_from_one_and_each_has_its_own_history() -> None:
    window = Window(page="home")
    assert kinds(window.do("new-tab")) == ["tab_opened"]
    assert window.visit("livres.example").facts[0].data["tab"] == 2
    (fact,) = window.do("tab 1").facts
    assert (fact.kind, fact.about, fact.data) == ("browser.tab_switched", "home", {"tab": 1})
    assert window.page == "home"
    assert "browser.tab 1" not in window.offers


def test_a_closed_tab_gives_way_to_its_neighbour_and_is_opened_again_with_its_history() -> None:
    window = Window(page="home").all("follow hours", "new-tab")
    window.visit("livres.example")
    window.do("tab 1")
    (fact,) = window.do("close-tab 1").facts
    assert (fact.kind, fact.about, window.page) == ("browser.tab_closed", "hours", "books-home")
    window.do("reopen-tab")
    assert (window.state.front, window.state.tab.history) == (1, ("home", "hours"))
    assert [tab.id for tab in window.state.tabs] == [1, 2]


def test_closing_another_tab_leaves_the_page_in_front() -> None:
    window = Window(page="home").all("new-tab", "close-tab 1")
    assert (window.state.front, window.page) == (2, NEW_TAB)


def test_closing_the_last_tab_opens_an_empty_one() -> None:
    window = Window(page="home").all("close-tab 1")
    assert (window.state.front, window.page) == (1, NEW_TAB)
    assert kinds(window.do("reopen-tab")) == ["tab_opened"]
    assert window.page == "home"


def test_a_tab_that_is_opened_takes_the_smallest_free_number() -> None:
    window = Window(page="home").all("new-tab", "close-tab 2", "new-tab")
    assert [tab.id for tab in window.state.tabs] == [1, 2]


def test_an_empty_tab_that_is_closed_is_not_kept() -> None:
    window = Window(page="home").all("new-tab", "close-tab 2")
    assert "browser.reopen-tab" not in window.offers


def test_tabs_have_a_bound_and_so_have_the_closed_ones() -> None:
    window = Window(page="home")
    while "browser.new-tab" in window.offers:
        window.do("new-tab")
        window.visit("livres.example")
    assert len(window.state.tabs) == TABS
    window.all(*(f"close-tab {number}" for number in range(2, TABS + 1)))
    assert len(window.state.closed) == CLOSED


def test_the_list_of_tabs_leads_back_to_the_tab_in_front_without_a_fact() -> None:
    window = Window(page="home").all("new-tab", "tabs")
    assert [line.act for line in window.screen.tabs] == ["browser.tab 1", "browser.tab 2"]
    assert window.do("tab 2").facts == ()
    assert window.state.panel == ""


# Searches, links, advertisements --------------------------------------------------------------


def test_a_site_answers_from_its_own_searches() -> None:
    window = Window(page="home")
    (fact,) = window.do("search", words=" Horaires ").facts
    assert (fact.kind, fact.about, fact.data) == ("browser.searched", "home", {"words": "Horaires"})
    assert [hit.act for hit in window.screen.hits] == ["browser.follow found-hours"]
    window.do("search", words="bibliothèque valmont")
    assert window.screen.hits == ()


@pytest.mark.parametrize(
    ("words", "results"),
    [
        ("bibliotheque", ["books", "official", "opening"]),
        ("BIBLIOTHÈQUES VALMONT", ["books", "official", "opening"]),
        ("bibliotheque-valmont.example", ["books", "official", "opening"]),
        ("bus valmont carte de bus", ["line"]),
        ("bus valmont", ["books", "official", "opening"]),
        ("carte", []),
        ("zzz", []),
    ],
)
def test_the_web_answers_with_the_entry_most_of_whose_words_were_typed(words: str, results: list[str]) -> None:
    window = Window()
    window.do("search", words=words)
    assert [hit.act.removeprefix("browser.follow ") for hit in window.screen.hits] == results
    assert window.screen.searched == words


def test_an_empty_search_does_nothing() -> None:
    window = Window(page="home")
    before = window.state
    assert window.do("search", words="  ").facts == ()
    assert window.page == "home"
    assert window.do("search", words="").state == before


def test_an_advertisement_is_marked_and_so_is_following_it() -> None:
    window = Window()
    window.do("search", words="bibliothèque")
    assert [hit.ad for hit in window.screen.hits] == [True, False, False]
    assert window.screen.hits[0].address == "livres.example"
    followed, visited = window.do("follow books").facts
    assert (followed.kind, followed.about, followed.data) == ("browser.followed", "books", {"ad": True})
    assert (visited.about, visited.data["how"]) == ("books-home", "search")


def test_a_result_may_lead_to_a_site_and_back_leads_to_the_results() -> None:
    window = Window()
    window.do("search", words="bibliothèque")
    assert window.do("follow official").facts[1].about == "home"
    window.do("back")
    assert [hit.title for hit in window.screen.hits][1] == "Bibliothèque de Valmont"


def test_a_link_is_followed_once_wherever_it_stands_on_the_page() -> None:
    window = Window(page="home")
    assert [name for name in window.offers if "follow" in name] == ["browser.follow hours", "browser.follow caisse"]
    followed, visited = window.do("follow hours").facts
    assert (followed.about, followed.data) == ("hours", {"ad": False})
    assert (visited.about, visited.data["how"]) == ("hours", "link")


def test_an_engine_answers_from_the_browsers_searches() -> None:
    engine = {
        "id": "engine",
        "title": "Cherche",
        "address": "cherche.example",
        "engine": True,
        "pages": [{"id": "engine-home", "title": "Cherche", "body": [{"search": "Chercher"}]}],
    }
    window = Window(web(sites=[*yaml.safe_load(WEB)["sites"], engine], home="engine-home"))
    assert (window.page, window.screen.address) == ("engine-home", "cherche.example")
    window.visit("bibliothèque")
    assert (window.page, len(window.screen.hits)) == ("engine-home", 3)
    window.do("new-tab")
    assert window.page == "engine-home"


# Bookmarks ------------------------------------------------------------------------------------


def test_a_page_is_kept_found_again_and_let_go() -> None:
    window = Window(page="hours")
    (fact,) = window.do("bookmark").facts
    assert (fact.kind, fact.about, window.screen.starred) == ("browser.bookmarked", "hours", True)
    window.all("new-tab", "bookmarks")
    assert [line.text for line in window.screen.bookmarks] == ["Horaires"]
    opened, visited = window.do("open-bookmark hours").facts
    assert (opened.kind, opened.about) == ("browser.bookmark_opened", "hours")
    assert (visited.about, visited.data["how"], window.state.panel) == ("hours", "bookmark", "")
    assert window.do("bookmark").facts == ()
    assert window.state.bookmarks == frozenset()


def test_an_author_may_give_bookmarks_and_an_empty_tab_has_no_star() -> None:
    window = Window(web(bookmarks=["library"]))
    assert window.state.bookmarks == {"home"}
    assert "browser.bookmark" not in window.offers


# Cookies and pop-ups --------------------------------------------------------------------------


@pytest.mark.parametrize("choice", ["accept", "refuse"])
def test_the_answer_about_cookies_is_kept_for_the_site_and_can_be_changed(choice: str) -> None:
    window = Window(page="bus-home")
    (fact,) = window.do(f"cookies {choice}").facts
    assert (fact.kind, fact.about, fact.data) == ("browser.cookies", "bus", {"choice": choice})
    window.visit("bus.example/heures")
    assert not window.screen.asks_cookies
    assert window.do("cookies change").facts == ()
    assert window.screen.asks_cookies


def test_a_pop_up_is_closed_and_comes_again_when_the_page_is_reloaded() -> None:
    window = Window(page="bus-hours")
    assert window.screen.popup.title == "UN JEU"
    assert window.do("close-popup").facts == (Fact("browser.popup_closed", "bus-hours", shown="UN JEU"),)
    assert window.screen.popup.title == "UN VÉLO"
    window.do("close-popup")
    assert not window.screen.popup
    window.do("reload")
    assert window.screen.popup.title == "UN JEU"


def test_the_button_of_a_pop_up_is_an_advertisement() -> None:
    window = Window(page="bus-home")
    followed, visited = window.do("accept-popup").facts
    assert (followed.kind, followed.data, visited.about) == ("browser.followed", {"ad": True}, "books-home")


# How far a fact is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "about", "acts", "least"),
    [
        ("back", "home", [], 2),
        ("back", "home", ["follow hours"], 1),
        ("back", "home", ["follow hours", "follow home"], 2),
        ("back", "home", ["follow hours", "new-tab"], 2),
        ("back", "bus-home", [], 3),
        ("bookmarked", "home", [], 1),
        ("bookmarked", "home", ["bookmark"], 2),
        ("bookmarked", "hours", [], 2),
        ("bookmark_opened", "home", [], 3),
        ("bookmark_opened", "hours", [], 4),
        ("bookmark_opened", "home", ["bookmark"], 2),
        ("bookmark_opened", "home", ["bookmark", "bookmarks"], 1),
        ("visited", "home", [], 0),
    ],
)
def test_a_fact_is_no_nearer_than_it_is_said_to_be(fact: str, about: str, acts: list[str], least: int) -> None:
    window = Window(page="home").all(*acts)
    assert BROWSER.distance(window.content, window.state, f"browser.{fact}", about, window.desk) == least


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_act_brings_a_fact_nearer_by_more_than_one(data: st.DataObject) -> None:
    """What the search needs: the distance is never more than the truth."""
    window = Window(page="home")
    fact = data.draw(st.sampled_from(["browser.back", "browser.bookmarked", "browser.bookmark_opened"]))
    about = data.draw(st.sampled_from(["home", "hours", "books-home"]))
    for _ in range(data.draw(st.integers(1, 25))):
        before = BROWSER.distance(window.content, window.state, fact, about, window.desk)
        name = data.draw(st.sampled_from(sorted(window.offers)))
        fields = {field: data.draw(TYPED) for field, _ in window.offers[name].fields}
        moved = window.do(name.removeprefix("browser."), **fields)
        if any((found.kind, found.about) == (fact, about) for found in moved.facts):
            assert before <= 1
        assert before - BROWSER.distance(window.content, window.state, fact, about, window.desk) <= 1


# Starting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "page", "panel"),
    [
        ({}, NEW_TAB, ""),
        ({"page": "hours"}, "hours", ""),
        ({"page": "library"}, "home", ""),
        ({"open": "browser.hours"}, "hours", ""),
        ({"open": "browser.bookmarks"}, NEW_TAB, "bookmarks"),
        ({"open": "portal.letter"}, "caisse", ""),
        ({"page": "a-page-of-the-portal"}, "caisse", ""),
        ({"open": "mail.letter"}, NEW_TAB, ""),
    ],
)
def test_a_start_shows_what_it_names(start: dict[str, Any], page: str, panel: str) -> None:
    window = Window(**start)
    assert (window.page, window.state.panel, window.state.tab.history) == (page, panel, (page,))


def test_a_start_shows_its_page_in_the_first_tab() -> None:
    window = Window(page="home").all("new-tab")
    state = BROWSER.prepare(window.content, window.state, Start(page="hours"), window.desk)
    assert (state.front, state.tab.history) == (1, ("home", "hours"))


def test_a_rule_opens_a_page_in_a_tab_of_its_own() -> None:
    window = Window(page="home")
    state = BROWSER.effect(window.content, window.state, "open", "caisse", False, window.desk)
    assert (state.front, state.tab.page) == (2, "caisse")
    assert BROWSER.effect(window.content, state, "open", "nowhere", False, window.desk) == state


# What an author writes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"home": "nowhere"}, 'home leads to "nowhere"'),
        ({"bookmarks": ["nowhere"]}, 'a bookmark leads to "nowhere"'),
        ({"sites": [{"id": "a", "title": "A", "address": "a.example"}]}, 'the site "a" has no pages'),
        ({"sites": 2 * [{"id": "a", "title": "A", "address": "a.example", "portal": True}]}, 'the page "a"'),
        (
            {"searches": [{"words": ["x"], "results": 2 * [{"id": "r", "to": "home", "title": "R"}]}]},
            'two results are called "r"',
        ),
        (
            {"searches": [{"words": ["x"], "results": [{"id": "home", "to": "hours", "title": "R"}]}]},
            '"home" is a page',
        ),
        (
            {"searches": [{"words": ["x"], "results": [{"id": "r", "to": "nowhere", "title": "R"}]}]},
            'a result leads to "nowhere"',
        ),
    ],
)
def test_a_web_that_does_not_hold_together_is_refused_in_words(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        web(**changes)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({}, "a block is one of"),
        ({"heading": "A", "text": "B"}, "a block is one of"),
        ({"link": "home"}, "a link needs its text"),
        ({"link": "home", "text": "A", "search": "B"}, "a block is one of"),
    ],
)
def test_a_block_is_one_thing(block: dict[str, str], said: str) -> None:
    page = {"id": "home", "title": "A", "body": [block]}
    with pytest.raises(ValidationError, match=said):
        BrowserContent.model_validate({"sites": [{"id": "a", "title": "A", "address": "a.example", "pages": [page]}]})


def test_dates_are_left_for_the_drawing_which_translates_first() -> None:
    parts = Window(page="home").screen.parts
    assert [part.text for part in parts if part.kind == "text"] == ["Fermé le {+1d}."]


def test_the_first_heading_of_a_page_is_its_title() -> None:
    assert Window(page="home").screen.title == "Bienvenue"
    assert Window(page="hours").screen.title == "Horaires"


# Wandering ------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_random_acts_never_fail_and_the_state_comes_back_whole_from_storage(data: st.DataObject) -> None:
    window = Window()
    adapter = TypeAdapter(BrowserState)
    for _ in range(data.draw(st.integers(1, 40))):
        name = data.draw(st.sampled_from(list(window.offers)))
        fields = {field: data.draw(TYPED) for field, _ in window.offers[name].fields}
        for fact in window.do(name.removeprefix("browser."), **fields).facts:
            app, _, kind = fact.kind.partition(".")
            assert app == "browser" and set(fact.data) == set(BROWSER.facts[kind])
        stored = json.dumps(adapter.dump_python(window.state, mode="json"))
        assert adapter.validate_python(json.loads(stored)) == window.state
        assert len(window.state.tabs) <= TABS
        assert window.screen.tabs
        assert len(window.offers) == len(list(BROWSER.actions(window.content, window.state, window.desk)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_reopening_takes_back_a_closed_tab_exactly(data: st.DataObject) -> None:
    window = Window(page="home")
    for _ in range(data.draw(st.integers(0, 12))):
        window.do(data.draw(st.sampled_from(sorted(window.offers))).removeprefix("browser."))
    window.state = replace(window.state, panel="", closed=())
    window.state = window.state.with_tab(replace(window.state.tab, address=None, words=None))
    before, tab = window.state, window.state.tab
    window.do(f"close-tab {tab.id}")
    if tab.history == (NEW_TAB,):
        return
    if len(before.tabs) == 1:
        window.do("reopen-tab")
        assert window.state.tab.history == tab.history
        return
    window.do("reopen-tab")
    assert window.state == replace(before, refused="")


# The lesson -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library() -> Library:
    found, problems = load(HOME / "courses")
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return found


def scene(library: Library, step: str) -> Scene:
    found = library.scene(LESSON, step)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("step", "ways"),
    [
        ("type-address", [["browser.visit"]]),
        ("opening-hour", [["browser.follow library-hours"], ["coach.answer hour"]]),
        ("go-back", [["browser.back"]]),
        ("two-tabs", [["browser.new-tab"], ["browser.visit"], ["browser.tab 1"]]),
        (
            "phone-and-bookmark",
            [
                ["browser.follow library-contact"],
                ["coach.answer phone"],
                ["browser.bookmark"],
                ["browser.bookmarks", "browser.open-bookmark library-contact"],
            ],
        ),
    ],
)
def test_every_goal_of_the_lesson_is_reached_in_few_acts(library: Library, step: str, ways: list[list[str]]) -> None:
    it = scene(library, step)
    found = list(solver.solve(it, world.start(it, TODAY)))
    assert [[act.name for act in way.acts] for way in found] == ways
    assert max(way.tried for way in found) < 300
    assert solver.ending(it, TODAY).reached == tuple(goal.id for goal in it.goals)


def press(it: Scene, state: Any, name: str, **typed: str) -> world.Step:
    offer = next(act for act in world.actions(it, state) if act.name == name)
    return world.act(it, state, replace(offer, fields=tuple((key, typed.get(key, was)) for key, was in offer.fields)))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("bibliotheque valmont.example", "Une adresse n'a pas d'espace. Mettez un tiret - ."),
        ("bibliothèque-valmont.example", "Ici, l'adresse n'a pas d'accent. Copiez exactement."),
        ("bibliotheque-valmont,example", "C'est une virgule. Il faut un point."),
        ("bibliotheque.example", "Ce site n'existe pas. Regardez la carte et copiez exactement."),
        ("caisse-familles.example", "C'est une autre page. Écrivez : bibliotheque-valmont.example."),
        ("bibliothèque valmont", "C'est une autre page. Écrivez : bibliotheque-valmont.example."),
    ],
)
def test_a_wrong_address_is_answered_and_stays_to_be_mended(library: Library, address: str, said: str) -> None:
    it = scene(library, "type-address")
    step = press(it, world.start(it, TODAY), "browser.visit", address=address)
    assert ([line.text for line in step.said], step.undone) == ([said], True)
    (offer,) = (act for act in world.actions(it, step.state) if act.name == "browser.visit")
    assert offer.typed("address") == address


def test_an_address_in_the_box_of_the_page_is_answered_and_a_prefix_is_praised(library: Library) -> None:
    it = scene(library, "type-address")
    start = world.start(it, TODAY)
    wrong = press(it, start, "browser.search", words="bibliotheque-valmont.example")
    assert [line.text for line in wrong.said] == ["Vous avez écrit dans le site. Écrivez dans la barre du haut."]
    right = press(it, start, "browser.visit", address="https://www.bibliotheque-valmont.example")
    assert [line.text for line in right.said][-1] == "C'est aussi juste."
    assert right.done


def test_a_replaced_page_and_a_closed_tab_are_answered(library: Library) -> None:
    it = scene(library, "two-tabs")
    start = world.start(it, TODAY)
    step = press(it, start, "browser.visit", address="caisse-familles.example")
    assert (step.undone, step.said[0].text[:27]) == (False, "La bibliothèque a disparu. ")
    closed = press(it, start, "browser.close-tab 1")
    assert (closed.undone, closed.state) == (True, start)


@pytest.mark.parametrize("step", ["type-address", "opening-hour", "go-back", "two-tabs", "phone-and-bookmark"])
def test_the_state_of_the_lesson_is_small_and_comes_back_from_storage(library: Library, step: str) -> None:
    end = solver.ending(scene(library, step), TODAY)
    stored = json.dumps(dump(end))
    assert load_state(json.loads(stored)) == end
    assert len(stored) < 4_000


def test_the_look_of_the_lesson_shows_the_places_to_point_at(library: Library) -> None:
    it = library.look(LESSON, "where-is-the-address")
    assert it is not None
    names = {act.name for act in world.actions(it, world.start(it, TODAY))}
    assert {"browser.visit", "browser.search"} <= names
    assert BROWSER.parts == ("title",)
