"""Step kind `type`."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.pure.simulator.real_data import SENTENCE
from app.pure.steps import type as typing_step
from app.pure.steps.type import Type
from tests.pure.steps.making import PLACE, judged, make, take

DOT = {"is": "sekou,traore@courriel.example", "say": "C'est une virgule. Cherchez le point."}


def step(*accept: str, **more: Any) -> Type:
    made = make("type", question="Écrivez.", accept=list(accept), **more)
    assert isinstance(made, Type)
    return made


@pytest.mark.parametrize(
    ("asked", "typed", "tone", "says", "done"),
    [
        (step("Sékou"), "Sékou", "right", typing_step.RIGHT, True),
        (step("Sékou"), "  sekou ", "right", typing_step.RIGHT, True),
        (step("Sékou", normal="exact"), "Sékou", "right", typing_step.RIGHT, True),
        (step("Sékou", normal="exact"), "Sekou", "wrong", typing_step.NOT_YET, False),
        (step("Sékou", normal="exact", wrong=[{"is": "Sekou", "say": "Il manque l'accent."}]), "Sekou", "wrong",
         "Il manque l'accent.", False),
        (step("10 h", normal="hour"), "10h00", "right", typing_step.RIGHT, True),
        (step("10 h", normal="hour"), "à 10 heures", "right", typing_step.RIGHT, True),
        (step("10 h", normal="hour"), "9 h", "wrong", typing_step.NOT_YET, False),
        (step("620", normal="amount"), "620,00 €", "right", typing_step.RIGHT, True),
        (step("06 39 98 12 34", normal="phone"), "0639981234", "right", typing_step.RIGHT, True),
        (step("{-9y}", normal="date"), "24/11/2017", "right", typing_step.RIGHT, True),
        (step("a", "b"), "b", "right", typing_step.RIGHT, True),
        (step("a"), "", "note", typing_step.EMPTY, False),
        (step("a"), "   ", "note", typing_step.EMPTY, False),
        (step("a", wrong=[{"say": "Regardez la carte."}]), "z", "wrong", "Regardez la carte.", False),
        (step("sekou.traore@courriel.example", wrong=[DOT]), DOT["is"], "wrong", DOT["say"], False),
        (step("a"), "1 85 05 78 006 084 91", "wrong", SENTENCE, False),
        (step("a"), "lea@orange.fr", "wrong", SENTENCE, False),
        (step("a"), "a" * 100_000, "wrong", typing_step.NOT_YET, False),
    ],
)  # fmt: skip
def test_an_answer_is_judged(asked: Type, typed: str, tone: str, says: str, done: bool) -> None:
    assert judged(take(asked, typed=typed)) == (tone, says, done)


def test_what_was_typed_stays_to_be_mended_and_never_reaches_the_log() -> None:
    turn = take(step("Valmont"), typed="Walmont")
    assert turn.state == {"typed": "Walmont"} and "Walmont" not in str(turn.log)


def test_real_looking_data_is_not_kept_at_all() -> None:
    turn = take(step("Valmont"), typed="lea@orange.fr")
    assert turn.state == {} and turn.log == {"way": "real-data"}


def test_nothing_typed_stays_when_the_step_is_done() -> None:
    asked = step("Valmont")
    assert asked.settle(PLACE, take(asked, typed="valmont").state) == {"typed": "Valmont"}


def test_help_shows_what_to_copy_and_then_writes_it_together() -> None:
    asked = step("{-9y}", normal="date")
    shown = asked.assist(PLACE, {}, "show", 0)[1]
    assert (shown.point, shown.field, shown.example, shown.next) == ("typed", "typed", "24/11/2017", "do")
    state, help_ = asked.assist(PLACE, {"typed": "x"}, "do", 0)
    assert help_.done and take(asked, state, typed=state["typed"]).done


@pytest.mark.parametrize(
    ("written", "says"),
    [({}, "accept: no answer is right"), ({"from": "Valmont"}, "from: is a line of the practice card")],
)
def test_a_step_without_an_answer_is_refused(written: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        make("type", question="?", **written)
