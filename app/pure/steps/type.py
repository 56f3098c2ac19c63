"""Step kind `type`: type a short answer, copied or found."""

from typing import Any, Literal

from pydantic import Field

from app.pure.simulator import answers, real_data
from app.pure.simulator.scene import WrongAnswer
from app.pure.steps.base import Form, Help, Level, Line, Outcome, Place, StepBase, Turn, posted

HINTS = ("Regardez la carte à côté.", "Copiez signe par signe.")
RIGHT = "Oui, c'est juste."
EMPTY = "Écrivez d'abord votre réponse."
NOT_YET = "Pas encore. Comparez signe par signe."
COPY = "Copiez ici : {example}"
TOGETHER = "Nous l'avons écrit ensemble."
LONGEST = 300


class Type(StepBase):
    kind: Literal["type"]
    question: str
    accept: tuple[str, ...]
    normal: Literal["text", "hour", "number", "amount", "phone", "date", "exact"] = "text"
    source: str | None = Field(default=None, alias="from")
    wrong: tuple[WrongAnswer, ...] = ()

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        typed = posted(form, "typed")[:LONGEST].strip()
        if not typed:
            return Turn(state, Outcome("note", (Line(EMPTY),)), done=False, log={})
        if self._is(typed, self.accept):
            return Turn({"typed": typed}, Outcome("right", (Line(self.done or RIGHT),)), done=True, log={})
        if real_data.real_looking(typed, self.accept):
            return Turn({}, Outcome("wrong", (Line(real_data.SENTENCE),)), done=False, log={"way": "real-data"})
        for rank, wrong in enumerate(self.wrong):
            if wrong.is_ is None or self._is(typed, (wrong.is_,)):
                said = Outcome("wrong", (Line(wrong.say),))
                return Turn({"typed": typed}, said, done=False, log={"way": rank})
        return Turn({"typed": typed}, Outcome("wrong", (Line(NOT_YET),)), done=False, log={"way": "other"})

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        if level == "hint":
            return state, self.hint(given, HINTS)
        example = self.accept[0]
        if level == "show":
            line = Line(COPY, (("example", example),))
            return state, Help("show", (line,), point="typed", field="typed", example=example, next="do")
        return {"typed": example}, Help("do", (Line(TOGETHER),), point="typed", done=True)

    def settle(self, place: Place, state: dict[str, Any]) -> dict[str, Any]:
        return {"typed": self.accept[0]}

    def _is(self, typed: str, wanted: tuple[str, ...]) -> bool:
        if self.normal == "exact":
            return typed in wanted
        return any(answers.same_answer(typed, right, self.normal) for right in wanted)
