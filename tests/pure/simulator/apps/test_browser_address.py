"""The address bar: what is accepted around an address, what is a slip, what is words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pure.simulator.apps.browser_address import Reading, read

TODAY = date(2026, 11, 24)
ADDRESSES = {
    "bibliotheque-valmont.example": "home",
    "bibliotheque-valmont.example/horaires": "hours",
    "caisse-familles.example": "caisse",
    "caisse-familles.aide-rapide.example": "fake",
}


def reading(text: str, *, searchable: bool = False) -> Reading:
    return read(text, ADDRESSES, searchable=searchable, today=TODAY)


@pytest.mark.parametrize(
    ("text", "page", "prefix"),
    [
        ("bibliotheque-valmont.example", "home", False),
        ("  bibliotheque-valmont.example ", "home", False),
        ("bibliotheque-valmont.example/", "home", False),
        ("bibliotheque-valmont.example.", "home", False),
        ("Bibliotheque-Valmont.EXAMPLE", "home", False),
        ("https://bibliotheque-valmont.example", "home", True),
        ("Https://bibliotheque-valmont.example/", "home", True),
        ("http://bibliotheque-valmont.example", "home", True),
        ("www.bibliotheque-valmont.example", "home", True),
        ("WWW.bibliotheque-valmont.example", "home", True),
        ("https://www.bibliotheque-valmont.example", "home", True),
        ("\u200fbibliotheque-valmont.example\u200e", "home", False),
        ("\ufeffbibliotheque\u2011valmont.example", "home", False),
        ("bibliotheque-valmont.example/horaires", "hours", False),
        ("https://www.bibliotheque-valmont.example/Horaires/", "hours", True),
        ("caisse-familles.example", "caisse", False),
        ("caisse-familles.aide-rapide.example", "fake", False),
    ],
)
def test_an_address_is_known_in_its_many_spellings(text: str, page: str, prefix: bool) -> None:
    for searchable in (False, True):
        assert reading(text, searchable=searchable) == Reading(page=page, prefix=prefix)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("bibliotheque valmont.example", "space"),
        ("bibliotheque-valmont .example", "space"),
        ("bibliotheque-valmont. example", "space"),
        ("bibliotheque\u00a0valmont.example", "space"),
        ("https:// bibliotheque-valmont.example", "space"),
        ("bibliothèque valmont.example", "space"),
        ("bibliothèque-valmont.example", "accent"),
        ("BIBLIOTHÈQUE-VALMONT.EXAMPLE", "accent"),
        ("bibliothe\u0300que-valmont.example", "accent"),
        ("bibliotheque-valmont.exemplé", "accent"),
        ("bibliotheque-valmont,example", "comma"),
        ("bibliothèque-valmont,example", "accent"),
        ("www,bibliotheque-valmont.example", "comma"),
        ("bibliotheque-valmont.exemple", "unknown"),
        ("bibliotheque.example", "unknown"),
        ("biblioteque-valmont.example", "unknown"),
        ("bibliotheque_valmont.example", "unknown"),
        ("bibliotheque–valmont.example", "unknown"),
        ("bibliothequevalmont.example", "unknown"),
        ("bibliotheque-valmont.example.com", "unknown"),
        ("bibliotheque-valmont.example/horaire", "unknown"),
        ("bibliotheque-valmont.example/horaires/mercredi", "unknown"),
        ("bibliotheque-valmont.example?horaires", "unknown"),
        ("ma-bibliotheque-valmont.example", "unknown"),
        ("wwwbibliotheque-valmont.example", "unknown"),
        ("wwww.bibliotheque-valmont.example", "unknown"),
        ("www.www.bibliotheque-valmont.example", "unknown"),
        ("https:/bibliotheque-valmont.example", "unknown"),
        ("htpps://bibliotheque-valmont.example", "unknown"),
        ("lea@bibliotheque-valmont.example", "unknown"),
        ("caisse-familles.example.aide-rapide.example", "unknown"),
        ("caissefamilles.example", "unknown"),
        ("https://bibliotheque-valmont", "unknown"),
        ("", "empty"),
        ("   ", "empty"),
        ("https://", "empty"),
        ("www.", "empty"),
    ],
)
def test_a_slip_is_told_by_its_way_where_words_are_searched_and_where_not(text: str, way: str) -> None:
    for searchable in (False, True):
        found = reading(text, searchable=searchable)
        assert (found.page, found.words, found.way) == ("", "", way)


@pytest.mark.parametrize(
    ("text", "words", "without_a_search"),
    [
        ("bibliothèque valmont", "bibliothèque valmont", "space"),
        ("bibliothèque", "bibliothèque", "accent"),
        ("bibliotheque-valmont", "bibliotheque-valmont", "unknown"),
        ("  horaires   bibliothèque ", "horaires bibliothèque", "space"),
        ("pharmacie de garde, valmont", "pharmacie de garde, valmont", "space"),
        ("Où est la bibliothèque ?", "Où est la bibliothèque ?", "space"),
        ("horaires.", "horaires.", "unknown"),
        ("مكتبة", "مكتبة", "unknown"),
    ],
)
def test_words_without_a_point_are_searched_or_refused(text: str, words: str, without_a_search: str) -> None:
    assert reading(text, searchable=True) == Reading(words=words)
    assert reading(text).way == without_a_search


@given(st.text(max_size=300), st.booleans())
def test_whatever_is_typed_means_exactly_one_thing(text: str, searchable: bool) -> None:
    found = reading(text, searchable=searchable)
    assert sum(bool(part) for part in (found.page, found.words, found.way)) == 1


@given(
    st.sampled_from(sorted(ADDRESSES)),
    st.sampled_from(["", "http://", "https://", "www.", "https://www."]),
    st.sampled_from(["", "/", "//", ".", " "]),
    st.booleans(),
)
def test_what_surrounds_an_address_never_changes_its_page(address: str, start: str, end: str, capitals: bool) -> None:
    typed = start + (address.upper() if capitals else address) + end
    assert reading(typed) == Reading(page=ADDRESSES[address], prefix=bool(start))
