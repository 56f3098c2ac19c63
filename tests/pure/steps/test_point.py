"""Step kind `point`."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.pure.steps import point
from app.pure.steps.base import UNCLEAR
from app.pure.steps.point import Point
from tests.pure.steps.making import LOOK, PLACE, judged, make, take

PLACES = [
    {"id": "lea", "at": "mail.open lea", "right": True},
    {"id": "school", "at": "mail.open school", "right": True, "feedback": "Oui. Celui-ci n'est pas lu."},
    {"id": "shop", "at": "mail.open shop", "feedback": "Celui-ci est déjà lu."},
    {"id": "top", "at": "mail.menu"},
]


def step(**more: Any) -> Point:
    made = make("point", question="Où ?", look=LOOK, places=PLACES, **more)
    assert isinstance(made, Point)
    return made


@pytest.mark.parametrize(
    ("asked", "state", "at", "tone", "says", "done"),
    [
        (step(enough=1), {}, "lea", "right", point.RIGHT, True),
        (step(enough=1, done="Il est en gras."), {}, "lea", "right", "Il est en gras.", True),
        (step(enough=1), {}, "school", "right", "Oui. Celui-ci n'est pas lu.", True),
        (step(), {}, "lea", "note", point.MORE, False),
        (step(), {"found": ["lea"]}, "lea", "note", point.MORE, False),
        (step(), {"found": ["lea"]}, "school", "right", "Oui. Celui-ci n'est pas lu.", True),
        (step(), {}, "shop", "wrong", "Celui-ci est déjà lu.", False),
        (step(), {}, "top", "wrong", point.NOT_HERE, False),
        (step(), {}, "mail.open lea", "note", point.NOT_HERE, False),
        (step(), {}, "", "note", UNCLEAR, False),
    ],
)
def test_a_touch_is_judged(asked: Point, state: dict[str, Any], at: str, tone: str, says: str, done: bool) -> None:
    assert judged(take(asked, state, at=at)) == (tone, says, done)


def test_what_was_found_and_what_was_tried_stays_marked() -> None:
    turn = take(step(), {"found": ["lea"], "tried": ["top"]}, at="shop")
    assert turn.state == {"found": ["lea"], "tried": ["top", "shop"]}
    assert turn.outcome is not None and turn.outcome.marks == {"top": "tried", "shop": "wrong", "lea": "right"}
    assert turn.log == {"at": "shop"}


def test_places_that_an_author_took_away_are_forgotten() -> None:
    assert take(step(), {"found": ["gone"], "tried": ["old"]}, at="lea").state == {"found": ["lea"], "tried": []}


def test_every_place_of_the_look_can_be_touched() -> None:
    assert step().spots({}) == {str(place["at"]): place["id"] for place in PLACES}


def test_help_finds_one_place_and_then_the_next() -> None:
    assert step().assist(PLACE, {}, "hint", 1)[1].lines[0].text == point.HINTS[1]
    assert step().assist(PLACE, {"found": ["lea"]}, "show", 0)[1].point == "school"
    state, help_ = step().assist(PLACE, {"found": [], "tried": ["shop"]}, "do", 0)
    assert (state, help_.done) == ({"found": ["lea"], "tried": ["shop"]}, False)
    state, help_ = step().assist(PLACE, state, "do", 0)
    assert help_.done and step().assist(PLACE, state, "do", 0)[1].level == "hint"


WORDS = [{"id": "a", "text": "Payez 1,99 €", "right": True}, {"id": "b", "text": "Bonjour"}]


def test_without_a_look_one_touches_words() -> None:
    asked = make("point", question="Quel signe ?", places=WORDS)
    assert asked.spots({}) == {}
    assert take(asked, at="a").done


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"look": LOOK, "places": PLACES[2:]}, 'places: no place is right; mark at least one with "right: true"'),
        ({"look": LOOK, "places": PLACES, "enough": 3}, "enough: 3 are asked for, but 2 of the places are right"),
        ({"places": PLACES}, 'places: "lea" is a place on a look; give the step its look, or the place its text'),
        ({"look": LOOK, "places": [*PLACES, {"id": "z"}]}, 'places: "z" has either at'),
        ({"look": LOOK, "places": [*PLACES, {"id": "z", "at": "a", "text": "b"}]}, 'places: "z" has either at'),
        ({"look": LOOK, "places": [*PLACES, {"id": "z", "at": "mail.menu"}]}, "places: two places are at mail.menu"),
    ],
)
def test_places_that_nobody_could_touch_are_refused(written: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        make("point", question="?", **written)


def test_all_faults_of_a_step_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        make("point", question="?", places=[{"id": "a", "at": "x"}, {"id": "b"}])
    assert str(refused.value).count("places:") == 3
