"""Step kind `match`: find for each left side the right side that goes with it."""

import random
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import model_validator

from app.pure.steps.base import (
    UNCLEAR,
    Form,
    Help,
    Level,
    Line,
    Mark,
    Outcome,
    Place,
    StepBase,
    Turn,
    Written,
    posted,
    refuse,
)

HINTS = ("Commencez par celui que vous connaissez.", "Il en reste moins à chaque fois.")
RIGHT = "Oui, tout va ensemble."
OTHER = "« {left} » ne va pas avec « {right} ». Cherchez encore."
HERE = "« {left} » va avec : {right}."
TOGETHER = "Nous avons placé « {left} » ensemble."
GO_ON = "C'est juste. Continuez avec les autres."


class Pair(Written):
    """Two sides that go together; `feedback` answers a wrong match of the left side."""

    id: str
    left: str
    right: str
    feedback: str | None = None


class Match(StepBase):
    kind: Literal["match"]
    question: str
    pairs: tuple[Pair, ...]
    wrong: str | None = None

    @model_validator(mode="after")
    def _has_one_answer(self) -> "Match":
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        if len(self.pairs) < 2:
            yield "pairs: two pairs or more"
        rights = [pair.right for pair in self.pairs]
        for text in dict.fromkeys(text for text in rights if rights.count(text) > 1):
            yield f"pairs: « {text} » stands on the right of two pairs; nobody can know which one is meant"

    def shuffled(self) -> tuple[Pair, ...]:
        """The right sides in the order shown: mixed, but the same for everybody."""
        mixed = list(self.pairs)
        random.Random(self.id).shuffle(mixed)
        return tuple(mixed)

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        known = {pair.id: pair for pair in self.pairs}
        posted_now = {name: posted(form, f"pair-{name}") for name in known}
        made = {name: other for name, other in posted_now.items() if other in known}
        if not made:
            return Turn(state, Outcome("note", (Line(UNCLEAR),)), done=False, log={})
        marks: dict[str, Mark] = {name: "right" if name == other else "wrong" for name, other in made.items()}
        log = {"made": made}
        for name, other in made.items():
            if name != other:
                outcome = Outcome("wrong", (self._wrong(known[name], known[other]),), marks)
                return Turn({"made": made}, outcome, done=False, log=log)
        if len(made) < len(known):
            note = Outcome("note", (Line(GO_ON),), marks)
            return Turn({"made": made}, note, done=False, log=log)
        return Turn({"made": made}, Outcome("right", (Line(self.done or RIGHT),), marks), done=True, log=log)

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        made = state.get("made", {})
        pair = next((pair for pair in self.pairs if made.get(pair.id) != pair.id), None)
        if level == "hint" or pair is None:
            return state, self.hint(given, HINTS)
        data = (("left", pair.left), ("right", pair.right))
        if level == "show":
            return state, Help("show", (Line(HERE, data),), point=pair.id, example=pair.right, next="do")
        after = {name: other for name, other in made.items() if name == other} | {pair.id: pair.id}
        done = len(after) == len(self.pairs)
        return {"made": after}, Help("do", (Line(TOGETHER, data),), point=pair.id, done=done)

    def _wrong(self, pair: Pair, other: Pair) -> Line:
        """The author's sentence gives the meaning; ours only says that these two do not go together."""
        if pair.feedback:
            return Line(pair.feedback)
        if self.wrong:
            return Line(self.wrong, (("left", pair.left), ("right", pair.right)))
        return Line(OTHER, (("left", pair.left), ("right", other.right)))
