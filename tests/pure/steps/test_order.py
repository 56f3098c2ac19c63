"""Step kind `order`."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.pure.steps import order
from app.pure.steps.base import Line
from app.pure.steps.order import Order
from tests.pure.steps.making import PLACE, judged, make, take

ITEMS = [
    {"id": "hello", "text": "Bonjour Madame,", "feedback": "On dit d'abord bonjour."},
    {"id": "who", "text": "Je suis la mère d'Awa."},
    {"id": "ill", "text": "Awa est malade."},
    {"id": "name", "text": "Mariam Diallo", "feedback": "Le nom est en bas."},
]


def step(**more: Any) -> Order:
    made = make("order", question="Dans quel ordre ?", items=ITEMS, **more)
    assert isinstance(made, Order)
    return made


ALSO = [["hello", "ill", "who", "name"]]


@pytest.mark.parametrize(
    ("also", "posted", "tone", "says", "done"),
    [
        ([], "hello,who,ill,name", "right", order.RIGHT, True),
        ([], "hello,ill,who,name", "wrong", order.MISPLACED, False),
        (ALSO, "hello,ill,who,name", "right", order.RIGHT, True),
        ([], "who,hello,ill,name", "wrong", "On dit d'abord bonjour.", False),
        ([], "hello,who,name,ill", "wrong", order.MISPLACED, False),
        (ALSO, "hello,ill,name,who", "wrong", order.MISPLACED, False),
    ],
)
def test_an_answer_is_judged(also: list[list[str]], posted: str, tone: str, says: str, done: bool) -> None:
    assert judged(take(step(also=also), order=posted)) == (tone, says, done)


def test_the_first_that_is_missing_from_its_place_speaks_and_the_one_that_stands_there_is_marked() -> None:
    turn = take(step(), order="hello,ill,who,name")
    assert turn.outcome is not None
    assert turn.outcome.lines == (Line(order.MISPLACED, (("item", "Je suis la mère d'Awa."),)),)
    assert turn.outcome.marks == {"ill": "wrong"}
    assert turn.log == {"order": ["hello", "ill", "who", "name"]}


def test_the_nearest_of_several_right_orders_is_meant() -> None:
    turn = take(step(also=ALSO), order="hello,ill,name,who")
    assert turn.outcome is not None and turn.outcome.lines[0].data == (("item", "Je suis la mère d'Awa."),)


@pytest.mark.parametrize(
    ("move", "after"),
    [
        ("up who", "who,hello,ill,name"),
        ("down who", "hello,ill,who,name"),
        ("up hello", "hello,who,ill,name"),
        ("down name", "hello,who,ill,name"),
        ("up nobody", "hello,who,ill,name"),
        ("sideways", "hello,who,ill,name"),
    ],
)
def test_an_arrow_moves_one_item_and_says_nothing(move: str, after: str) -> None:
    turn = take(step(), order="hello,who,ill,name", move=move)
    assert (turn.state["order"], turn.outcome, turn.done, turn.log) == (after.split(","), None, False, {})


@pytest.mark.parametrize("posted", ["", "hello", "hello,hello,ill,name", "x,y,z", "hello,who,ill,name,more", ",,,"])
def test_a_forged_order_is_the_one_that_was_there(posted: str) -> None:
    state = {"order": ["name", "ill", "who", "hello"]}
    assert take(step(), state, order=posted).state == state


def test_the_mix_is_fixed_and_never_right_already() -> None:
    for name in (f"step-{n}" for n in range(60)):
        made = step(also=ALSO).model_copy(update={"id": name})
        mixed = made.begin(PLACE)["order"]
        assert mixed == made.begin(PLACE)["order"] and sorted(mixed) == sorted(item["id"] for item in ITEMS)
        assert not made.take(PLACE, {"order": mixed}, {"order": [",".join(mixed)]}).done


def test_a_mix_of_two_is_the_other_way_round() -> None:
    made = make("order", question="?", items=ITEMS[:2])
    assert made.begin(PLACE) == {"order": ["who", "hello"]}


def test_help_places_one_item_after_the_other_until_it_is_done() -> None:
    state: dict[str, Any] = {"order": ["name", "ill", "who", "hello"]}
    shown = step().assist(PLACE, state, "show", 0)[1]
    assert (shown.point, shown.lines[0].data, shown.next) == ("hello", (("item", "Bonjour Madame,"),), "do")
    rounds = 0
    help_ = shown
    while not help_.done:
        state, help_ = step().assist(PLACE, state, "do", 0)
        rounds += 1
    assert rounds == 3 and take(step(), state, order=",".join(state["order"])).done
    assert step().assist(PLACE, state, "show", 0)[1].level == "hint", "nothing is left to show"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"items": ITEMS[:1]}, "items: two items or more"),
        ({"items": ITEMS, "also": [["hello", "who"]]}, r"also: \[hello, who\] is not an order of all the items"),
        ({"items": ITEMS, "also": [["hello", "who", "ill", "nam"]]}, "is not an order of all the items, each once"),
    ],
)
def test_orders_that_are_none_are_refused(written: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        make("order", question="?", **written)
