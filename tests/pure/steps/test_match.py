"""Step kind `match`."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.pure.steps import match
from app.pure.steps.base import UNCLEAR, Line
from app.pure.steps.match import Match
from tests.pure.steps.making import PLACE, judged, make, take

PAIRS = [
    {"id": "from", "left": "De", "right": "Qui écrit"},
    {"id": "to", "left": "À", "right": "Qui reçoit", "feedback": "« À » est pour l'autre personne."},
    {"id": "cc", "left": "Cc", "right": "Une copie"},
]
ALL = {"pair_from": "from", "pair_to": "to", "pair_cc": "cc"}


def step(**more: Any) -> Match:
    made = make("match", question="Que veut dire chaque mot ?", pairs=PAIRS, **more)
    assert isinstance(made, Match)
    return made


@pytest.mark.parametrize(
    ("form", "tone", "says", "done"),
    [
        (ALL, "right", match.RIGHT, True),
        ({"pair_from": "from"}, "note", match.GO_ON, False),
        ({"pair_from": "from", "pair_to": ""}, "note", match.GO_ON, False),
        ({**ALL, "pair_to": "cc"}, "wrong", "« À » est pour l'autre personne.", False),
        ({**ALL, "pair_from": "to"}, "wrong", match.OTHER, False),
        ({}, "note", UNCLEAR, False),
        ({"pair_from": "z", "pair_z": "from"}, "note", UNCLEAR, False),
        ({"pair_from": ["to", "from"]}, "wrong", match.OTHER, False),
    ],
)
def test_an_answer_is_judged(form: dict[str, Any], tone: str, says: str, done: bool) -> None:
    assert judged(take(step(), **form)) == (tone, says, done)


def test_a_wrong_pair_is_told_with_its_own_words() -> None:
    turn = take(step(), **{**ALL, "pair_from": "to", "pair_to": "from"})
    assert turn.outcome is not None
    assert turn.outcome.lines == (Line(match.OTHER, (("left", "De"), ("right", "Qui reçoit"))),)
    assert turn.outcome.marks == {"from": "wrong", "to": "wrong", "cc": "right"}
    assert turn.state["made"] == {"from": "to", "to": "from", "cc": "cc"}


def test_the_authors_sentence_gives_the_meaning() -> None:
    turn = take(step(wrong="{left} veut dire : {right}."), **{**ALL, "pair_cc": "to"})
    assert turn.outcome is not None
    assert turn.outcome.lines == (Line("{left} veut dire : {right}.", (("left", "Cc"), ("right", "Une copie"))),)


def test_what_is_said_at_the_end_is_the_authors() -> None:
    assert judged(take(step(done="Vous connaissez les mots."), **ALL)) == ("right", "Vous connaissez les mots.", True)


def test_the_right_sides_are_mixed_and_the_same_for_everybody() -> None:
    assert {tuple(pair.id for pair in step().shuffled()) for _ in range(10)} == {
        tuple(pair.id for pair in step().shuffled())
    }
    assert sorted(pair.id for pair in step().shuffled()) == ["cc", "from", "to"]


def test_help_places_one_pair_and_then_the_next() -> None:
    state: dict[str, Any] = {"made": {"from": "to", "to": "to"}}
    assert step().assist(PLACE, state, "hint", 0)[1].lines == (Line(match.HINTS[0]),)
    shown = step().assist(PLACE, state, "show", 0)[1]
    assert (shown.point, shown.example, shown.next) == ("from", "Qui écrit", "do")
    state, help_ = step().assist(PLACE, state, "do", 0)
    assert (state, help_.done, help_.point) == ({"made": {"to": "to", "from": "from"}}, False, "from")
    state, help_ = step().assist(PLACE, state, "do", 0)
    assert help_.done and state["made"].keys() == {"from", "to", "cc"}
    assert step().assist(PLACE, state, "do", 0)[1].level == "hint", "nothing is left to do"


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (PAIRS[:1], "pairs: two pairs or more"),
        (
            [*PAIRS, {"id": "bcc", "left": "Cci", "right": "Une copie"}],
            "« Une copie » stands on the right of two pairs",
        ),
    ],
)
def test_pairs_that_nobody_could_tell_apart_are_refused(pairs: list[dict[str, str]], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        make("match", question="?", pairs=pairs)
