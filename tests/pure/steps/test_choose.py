"""Step kind `choose`."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.pure.steps import choose
from app.pure.steps.base import UNCLEAR
from app.pure.steps.choose import Choose
from tests.pure.steps.making import LOOK, PLACE, judged, make, take

A = {"id": "a", "text": "Mardi", "right": True, "feedback": "Oui. C'est mardi."}
B = {"id": "b", "text": "Jeudi", "feedback": "Jeudi, c'est la réunion. Relisez l'e-mail."}
C = {"id": "c", "text": "Lundi", "right": True}
D = {"id": "d", "text": "Samedi", "feedback": "Samedi, l'école est fermée. Relisez l'e-mail."}


def one(**more: Any) -> Choose:
    step = make("choose", question="Quand ?", choices=[A, B, D], **more)
    assert isinstance(step, Choose)
    return step


def several(**more: Any) -> Choose:
    step = make("choose", question="Quels jours ?", choices=[A, B, C, D], **more)
    assert isinstance(step, Choose)
    return step


@pytest.mark.parametrize(
    ("step", "picked", "tone", "says", "done"),
    [
        (one(), ["a"], "right", "Oui. C'est mardi.", True),
        (one(), ["b"], "wrong", "Jeudi, c'est la réunion. Relisez l'e-mail.", False),
        (one(), ["a", "b"], "wrong", "Jeudi, c'est la réunion. Relisez l'e-mail.", False),
        (one(), ["a", "a"], "right", "Oui. C'est mardi.", True),
        (one(), [], "note", UNCLEAR, False),
        (one(), ["z"], "note", UNCLEAR, False),
        (one(), [""], "note", UNCLEAR, False),
        (one(), ["a\x00"], "note", UNCLEAR, False),
        (one(), ["z", "a"], "right", "Oui. C'est mardi.", True),
        (several(), ["a", "c"], "right", "Oui. C'est mardi.", True),
        (several(), ["c"], "wrong", choose.SOME_MISSING, False),
        (several(), ["a", "c", "d"], "wrong", "Samedi, l'école est fermée. Relisez l'e-mail.", False),
        (several(enough=1), ["c"], "right", choose.RIGHT, True),
        (several(enough=1, done="Vous savez lire un jour."), ["c"], "right", "Vous savez lire un jour.", True),
        (several(enough=1), ["b"], "wrong", "Jeudi, c'est la réunion. Relisez l'e-mail.", False),
    ],
)
def test_an_answer_is_judged(step: Choose, picked: list[str], tone: str, says: str, done: bool) -> None:
    turn = take(step, choice=picked)
    assert judged(turn) == (tone, says, done)


def test_what_was_chosen_stays_chosen_and_is_marked() -> None:
    turn = take(several(), choice=["a", "b"])
    assert turn.state == {"picked": ["a", "b"]} and turn.log == {"picked": ["a", "b"]}
    assert turn.outcome is not None and turn.outcome.marks == {"a": "right", "b": "wrong"}


def test_nothing_chosen_changes_nothing() -> None:
    before = {"picked": ["b"]}
    assert take(one(), before).state == before


def test_the_order_is_mixed_and_the_same_for_everybody() -> None:
    orders = {tuple(choice.id for choice in one().shuffled()) for _ in range(20)}
    assert len(orders) == 1 and sorted(orders.pop()) == ["a", "b", "d"]
    assert [choice.id for choice in one(as_written=True).shuffled()] == ["a", "b", "d"]
    mixed = {tuple(c.id for c in one().model_copy(update={"id": f"step-{n}"}).shuffled()) for n in range(30)}
    assert len(mixed) > 1, "another step, another order"


@pytest.mark.parametrize(
    ("step", "state", "level", "given", "says", "point", "then", "done"),
    [
        (one(), {}, "hint", 0, choose.HINTS[0], "", "hint", False),
        (one(), {}, "hint", 1, choose.HINTS[1], "", "show", False),
        (one(), {}, "hint", 9, choose.HINTS[1], "", "show", False),
        (one(help=["Cherchez le jour."]), {}, "hint", 0, "Cherchez le jour.", "", "show", False),
        (one(), {"picked": ["b"]}, "show", 2, choose.HERE, "a", "do", False),
        (one(), {"picked": ["b"]}, "do", 2, choose.TOGETHER, "a", None, True),
        (several(), {"picked": ["a"]}, "show", 0, choose.HERE, "c", "do", False),
        (several(), {}, "do", 0, choose.TOGETHER, "a", None, False),
        (several(), {"picked": ["b", "a"]}, "do", 0, choose.TOGETHER, "c", None, True),
    ],
)
def test_help_goes_from_a_sentence_to_the_place_to_doing_it_together(
    step: Choose, state: dict[str, Any], level: Any, given: int, says: str, point: str, then: str | None, done: bool
) -> None:
    after, help_ = step.assist(PLACE, state, level, given)
    assert (help_.lines[0].text, help_.point, help_.next, help_.done) == (says, point, then, done)
    if level == "do":
        assert take(step, {}, choice=after["picked"]).outcome is not None
        assert "b" not in after["picked"], "what was wrong is taken away"
    else:
        assert after == state


SIGNS = [
    {"id": "date", "at": "mail.subject", "right": True, "feedback": "Oui. La date est dans l'objet."},
    {"id": "who", "at": "mail.from", "feedback": "Ici, c'est le nom de Léa."},
]


def test_a_step_may_ask_where_one_sees_the_answer() -> None:
    step = one(look=LOOK, signs=SIGNS, done="Vous savez trouver la date.")
    assert step.spots(step.begin(PLACE)) == {}
    chosen = take(step, choice="a")
    assert judged(chosen) == ("note", "Oui. C'est mardi.", False)
    assert chosen.outcome is not None and chosen.outcome.lines[-1].text == choose.WHICH_SIGN
    assert step.spots(chosen.state) == {"mail.subject": "date", "mail.from": "who"}
    assert judged(take(step, chosen.state, at="who")) == ("wrong", "Ici, c'est le nom de Léa.", False)
    assert judged(take(step, chosen.state, at="elsewhere")) == ("note", choose.WHICH_SIGN, False)
    assert judged(take(step, chosen.state, choice="b")) == ("note", choose.WHICH_SIGN, False)
    found = take(step, chosen.state, at="date")
    assert judged(found) == ("right", "Oui. La date est dans l'objet.", True)


def test_help_leads_through_both_questions() -> None:
    step = one(look=LOOK, signs=SIGNS)
    state, first = step.assist(PLACE, {}, "do", 0)
    assert not first.done and step.spots(state)
    assert step.assist(PLACE, state, "show", 0)[1].point == "date"
    assert step.assist(PLACE, state, "do", 0)[1].done


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"choices": [B, D]}, 'choices: no choice is right; mark at least one with "right: true"'),
        ({"choices": [A, B], "enough": 2}, "enough: 2 are asked for, but 1 of the choices are right"),
        ({"choices": [A, B], "enough": 0}, "greater than or equal to 1"),
        ({"choices": [A, B], "signs": SIGNS}, "signs: a sign is a place on a look; give the step its look"),
        ({"choices": [A, B], "look": LOOK, "signs": SIGNS[1:]}, "signs: no sign is right"),
    ],
)
def test_a_step_that_nobody_could_answer_is_refused(written: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says.replace("(", r"\(")):
        make("choose", question="Quand ?", **written)
