"""Step kind `type`: type a short answer, copied or found."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from app.pure.simulator import answers, dates, real_data
from app.pure.simulator.scene import WrongAnswer
from app.pure.steps.base import Form, Help, Level, Line, Outcome, Place, StepBase, Turn, posted, refuse

HINTS = ("Regardez la carte à côté.", "Copiez signe par signe.")
RIGHT = "Oui, c'est juste."
EMPTY = "Écrivez d'abord votre réponse."
NOT_YET = "Pas encore. Comparez signe par signe."
COPY = "Copiez ici : {example}"
TOGETHER = "Nous l'avons écrit ensemble."
LONGEST = 300


class Type(StepBase):
    """`from: card.x`: the answer is that line of the practice card, which the library adds to `accept`."""

    kind: Literal["type"]
    question: str
    accept: tuple[str, ...] = ()
    normal: Literal["text", "hour", "number", "amount", "phone", "date", "exact"] = "text"
    source: str | None = Field(default=None, alias="from")
    wrong: tuple[WrongAnswer, ...] = ()

    @model_validator(mode="after")
    def _has_an_answer(self) -> "Type":
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        if not self.accept and not self.source:
            yield "accept: no answer is right; give accept, or from: card.…"
        if self.source and not self.source.startswith("card."):
            yield "from: is a line of the practice card, as in card.town; an answer as it stands goes into accept"

    def right(self, place: Place) -> tuple[str, ...]:
        """The answers that are right today."""
        return tuple(dates.fill(text, place.today) for text in self.accept)

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        right = self.right(place)
        typed = posted(form, "typed")[:LONGEST].strip()
        if not typed:
            return Turn(state, Outcome("note", (Line(EMPTY),)), done=False, log={})
        if self._is(typed, right):
            return Turn({"typed": typed}, Outcome("right", (Line(self.done or RIGHT),)), done=True, log={})
        if real_data.real_looking(typed, right):
            return Turn({}, Outcome("wrong", (Line(real_data.SENTENCE),)), done=False, log={"way": "real-data"})
        for rank, wrong in enumerate(self.wrong):
            if wrong.is_ is None or self._is(typed, (wrong.is_,)):
                said = Outcome("wrong", (Line(wrong.say),))
                return Turn({"typed": typed}, said, done=False, log={"way": rank})
        return Turn({"typed": typed}, Outcome("wrong", (Line(NOT_YET),)), done=False, log={"way": "other"})

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        if level == "hint":
            return state, self.hint(given, HINTS)
        example = self.right(place)[0]
        if level == "show":
            line = Line(COPY, (("example", example),))
            return state, Help("show", (line,), point="typed", field="typed", example=example, next="do")
        return {"typed": example}, Help("do", (Line(TOGETHER),), point="typed", done=True)

    def settle(self, place: Place, state: dict[str, Any]) -> dict[str, Any]:
        return {"typed": self.right(place)[0]}

    def _is(self, typed: str, wanted: tuple[str, ...]) -> bool:
        if self.normal == "exact":
            return typed in wanted
        return any(answers.same_answer(typed, right, self.normal) for right in wanted)
