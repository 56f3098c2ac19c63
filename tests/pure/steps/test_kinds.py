"""What holds for every step kind: hostile forms raise nothing, help ends the step, states are JSON."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pure.content.marks import Slot, parse
from app.pure.steps import KINDS
from app.pure.steps.base import Help, Outcome, StepBase
from app.pure.steps.scene import SceneStep
from tests import makers
from tests.pure.steps import test_choose, test_match, test_order, test_point, test_type
from tests.pure.steps.making import PLACE, make

STEPS: dict[str, StepBase] = {
    "explain": make("explain", text="Lisez."),
    "choose one": test_choose.one(),
    "choose several": test_choose.several(),
    "choose and see": test_choose.one(look={"world": "box"}, signs=test_choose.SIGNS),
    "match": test_match.step(),
    "order": test_order.step(),
    "type": test_type.step("Valmont"),
    "point": test_point.step(),
}
NAMES = ["choice", "pair-from", "pair-to", "order", "move", "typed", "at", "seen", "act", "answer", "x", ""]
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["a", "b", "c", "from", "to", "lea", "shop", "up who", "hello,who,ill,name", "Valmont", "date", "who"]
    ),
    st.sampled_from(["a" * 20_000, "\x00", "\ud800", "{name}", "[x]", "<script>", "4970100000000000"]),
)
FORMS = st.dictionaries(st.sampled_from(NAMES), st.lists(WORDS, max_size=5), max_size=6)


def said(said: Outcome | Help | None) -> list[str]:
    """The sentences, each with everything that its slots stand for."""
    lines = said.lines if said else ()
    for line in lines:
        slots = {part.name for part in parse(line.text) if isinstance(part, Slot)}
        assert slots <= {name for name, _ in line.data}, line
        assert line.text.strip()
    return [line.text for line in lines]


@pytest.mark.parametrize("name", STEPS)
@given(forms=st.lists(FORMS, max_size=5))
@settings(max_examples=60, deadline=None)
def test_whatever_is_posted_nothing_is_raised(name: str, forms: list[dict[str, list[str]]]) -> None:
    step = STEPS[name]
    state = step.begin(PLACE)
    for form in forms:
        turn = step.take(PLACE, state, form)
        assert turn.done or turn.outcome is None or turn.outcome.tone != "right" or said(turn.outcome)
        said(turn.outcome)
        state = json.loads(json.dumps(turn.state))
        assert len(json.dumps(state)) < 4_000
        for level in ("hint", "show", "do"):
            said(step.assist(PLACE, state, level, 3)[1])


@pytest.mark.parametrize("name", [name for name in STEPS if name != "explain"])
def test_help_always_lets_the_learner_finish(name: str) -> None:
    step = STEPS[name]
    state, rounds = step.begin(PLACE), 0
    while rounds < 10:
        state, help_ = step.assist(PLACE, state, "do", 9)
        rounds += 1
        if help_.done:
            break
    assert help_.done and said(help_)


@pytest.mark.parametrize("name", [name for name in STEPS if name != "explain"])
def test_help_begins_with_two_sentences_and_leads_on(name: str) -> None:
    step, seen = STEPS[name], []
    state: dict[str, Any] = step.begin(PLACE)
    level: Any = "hint"
    given = 0
    while level:
        help_ = step.assist(PLACE, state, level, given)[1]
        seen.append(help_.level)
        given += help_.level == "hint"
        level = help_.next
    assert seen == ["hint", "hint", "show", "do"]


@pytest.mark.parametrize("name", STEPS)
def test_asking_for_help_changes_nothing_unless_it_is_done_together(name: str) -> None:
    step = STEPS[name]
    state = step.begin(PLACE)
    before = json.dumps(state)
    for level in ("hint", "show"):
        assert step.assist(PLACE, state, level, 0)[0] == json.loads(before)
    step.assist(PLACE, state, "do", 0)
    assert json.dumps(state) == before, "the state that was handed in is never changed"


def test_every_kind_is_tried_here_or_in_the_world() -> None:
    assert {type(step) for step in STEPS.values()} | {SceneStep} == set(KINDS)


@pytest.mark.parametrize("module", ["premier-mail", "navigateur-et-adresse", "aide-au-logement"])
def test_every_step_of_the_shipped_modules_begins_with_a_heading_and_a_small_state(module: str) -> None:
    for step in makers.library().modules[module].steps:
        stop = makers.stop(step.id, module)
        assert step.heading and len(json.dumps(step.begin(stop.place))) < 4_000
