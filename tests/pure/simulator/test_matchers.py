"""Patterns: the closed list, each with its table."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pure.simulator import matchers

ONE, TWO = frozenset({"proof"}), frozenset({"proof", "photo"})
NONE: frozenset[str] = frozenset()
SENT = {"home.rent": "620,00", "home.postcode": "01000", "home.owner": "company"}


@pytest.mark.parametrize(
    ("pattern", "value", "matched"),
    [
        # a value
        ("reply", "reply", True),
        ("reply", "Reply", False),
        (2, 2, True),
        (2, "2", True),
        ("2", 2, True),
        (True, True, True),
        (False, False, True),
        (1, True, False),
        (False, 0, False),
        ("proof", ONE, True),
        ("proof", TWO, False),
        ("reply", "", False),
        # a list
        (["reply", "reply-all"], "reply-all", True),
        (("reply", "reply-all"), "new", False),
        ([1, 2], 2, True),
        (["none", "reply"], "", True),
        (["photo", "proof"], TWO, True),
        (["proof"], TWO, False),
        ([], NONE, True),
        ([], "reply", False),
        # not
        ({"not": "proof"}, "photo", True),
        ({"not": "proof"}, "proof", False),
        ({"not": ["proof", "cv"]}, "cv", False),
        ({"not": "proof"}, TWO, True),
        ({"not": "none"}, "", False),
        ({"not": {"not": "a"}}, "a", True),
        # min, max
        ({"min": 3}, 3, True),
        ({"min": 3}, 2, False),
        ({"max": 2}, 2, True),
        ({"min": 1, "max": 2}, 3, False),
        ({"min": 1}, "5", False),
        ({"min": 0}, True, False),
        ({"min": "3"}, 3, False),
        # all
        ({"all": ["photo"]}, TWO, True),
        ({"all": ["photo", "cv"]}, TWO, False),
        ({"all": "photo"}, TWO, True),
        ({"all": ["photo"]}, "photo", False),
        # none
        ("none", 0, True),
        ("none", "", True),
        ("none", "  ", True),
        ("none", NONE, True),
        ("none", {}, True),
        ("none", 1, False),
        ("none", "x", False),
        ("none", ONE, False),
        # says
        ({"says": ["absence", "Awa"]}, "Une ABSENCE demain", True),
        ({"says": ["absence"]}, "Les absences d'Awa", True),
        ({"says": ["Awa"]}, "Absence d’Awa.", True),
        ({"says": ["règle"]}, "regles", True),
        ({"says": ["pièce jointe"]}, "Voici en pièces  jointes.", True),
        ({"says": ["pièce jointe"]}, "jointe pièce", False),
        ({"says": ["art"]}, "carte", False),
        ({"says": ["…"]}, "bonjour", False),
        ({"says": []}, "bonjour", False),
        ({"says": "absence"}, "absence", True),
        # an unknown key matches nothing
        ({"about": "x"}, "x", False),
    ],
)
def test_a_pattern_matches_a_value(pattern: Any, value: Any, matched: bool) -> None:
    assert matchers.matches(pattern, value) is matched


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ({"home.rent": "620"}, True),
        ({"home.rent": 620}, True),
        ({"home.rent": "260"}, False),
        ({"home.rent": ["260", "620"]}, True),
        ({"home.rent": {"not": "620"}}, False),
        ({"home.rent": {"not": ["260", "680"]}}, True),
        ({"home.rent": {"min": 600, "max": 700}}, True),
        ({"home.rent": {"max": 100}}, False),
        ({"home.rent": "620", "home.owner": "company"}, True),
        ({"home.rent": "620", "home.owner": "person"}, False),
        ({"home.postcode": "1000"}, False),
        ({"home.postcode": "01000"}, True),
        ({"home.other": "none"}, True),
        ({"home.other": "620"}, False),
        ({"home.other": {"not": "620"}}, False),
        ("620", False),
    ],
)
def test_the_values_of_a_form_are_matched_field_by_field(pattern: Any, matched: bool) -> None:
    assert matchers.fits({"values": pattern}, {"values": SENT}) is matched


@pytest.mark.parametrize(
    "pattern", ["reply", "", 0, False, ["reply"], {"not": "reply"}, {"min": 0}, {"says": ["a"]}, {}]
)
def test_a_missing_datum_matches_none_alone(pattern: Any) -> None:
    assert not matchers.fits({"how": pattern}, {})
    assert matchers.fits({"how": "none"}, {})
    assert matchers.fits({"how": ["none", "x"]}, {})


def test_every_pattern_must_fit() -> None:
    data = {"how": "reply", "words": 4}
    assert matchers.fits({"how": ["reply", "reply-all"], "words": {"min": 3}}, data)
    assert not matchers.fits({"how": "reply", "words": "none"}, data)
    assert matchers.fits({}, data)


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ({"atleast": 3}, 'not "atleast"'),
        ({"min": "3"}, "min is a whole number"),
        ({"max": True}, "max is a whole number"),
        ({"all": "photo"}, "all is a list"),
        ({"says": "absence"}, "says is a list"),
        ({"says": ["…"]}, "says is a list"),
        ({"values": "620"}, "values is a map"),
        ({"values": {"home.rent": {"mini": 1}}}, 'not "mini"'),
        ({"home.rent": "620"}, 'not "home.rent"'),
        ({"not": {"is": "x"}}, 'not "is"'),
        ({"not": None}, "write none"),
        ([None], "write none"),
        ({}, "is empty"),
        (1.5, "between quotes"),
    ],
)
def test_a_wrong_pattern_is_told_in_words(pattern: Any, part: str) -> None:
    assert part in " · ".join(matchers.problems_of(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        None,
        "none",
        "reply",
        2,
        True,
        ["reply", "reply-all"],
        {"not": ["a", "b"]},
        {"min": 1, "max": 2},
        {"all": ["photo"]},
        {"says": ["absence", "pièce jointe"]},
        {"values": {"home.rent": "620"}},
        {"values": {"home.rent": {"not": "620"}}},
    ],
)
def test_a_good_pattern_has_no_problem(pattern: Any) -> None:
    assert matchers.problems_of(pattern) == []


def test_a_fault_in_a_with_is_told_and_the_fields_of_a_form_are_free() -> None:
    assert matchers.faults({"values": {"home.rent": "620", "home.owner": {"not": "person"}}, "words": {"min": 3}}) == []
    assert len(matchers.faults({"words": {"mini": 3}, "values": {"home.rent": {"is": "620"}}, "how": None})) == 3


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("lea", {"lea"}),
        ("none", set()),
        (None, set()),
        (3, set()),
        (["lea", "none"], {"lea"}),
        ({"not": "proof"}, {"proof"}),
        ({"all": ["photo", {"not": "cv"}]}, {"photo", "cv"}),
        ({"values": {"home.rent": "620"}}, {"620"}),
    ],
)
def test_the_names_in_a_pattern_are_its_plain_texts(pattern: Any, names: set[str]) -> None:
    assert matchers.names_in(pattern) == names


KEYS = st.sampled_from(["not", "min", "max", "all", "says", "values", "home.rent", "about"])
PATTERNS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.just("none"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
VALUES = (
    st.none()
    | st.text()
    | st.integers()
    | st.booleans()
    | st.frozensets(st.text(), max_size=3)
    | st.dictionaries(st.text() | KEYS, st.text(), max_size=3)
)


@given(PATTERNS, VALUES)
def test_no_pattern_and_no_value_ever_fail(pattern: Any, value: Any) -> None:
    assert matchers.matches(pattern, value) in (True, False)
    assert all(isinstance(problem, str) for problem in matchers.problems_of(pattern))
    assert "none" not in matchers.names_in(pattern)
    assert matchers.fits({"values": pattern, "how": pattern}, {"values": value, "how": value}) in (True, False)
    assert all(isinstance(problem, str) for problem in matchers.faults({"values": pattern, "how": pattern}))


@given(st.text(min_size=1) | st.integers() | st.booleans())
def test_a_value_matches_itself_and_not_its_negation(value: Any) -> None:
    assert matchers.matches(value, value) or value == "none"
    assert matchers.matches({"not": value}, value) is not matchers.matches(value, value)
