"""Step kind `choose`: one answer or several; all that are asked for and none of the others."""

import random
from typing import Any, Literal

from pydantic import model_validator

from app.pure.steps.base import UNCLEAR, Form, Help, Level, Line, Mark, Outcome, Place, StepBase, Turn, Written

HINTS = ("Relisez la question.", "Regardez chaque réponse. Une réponse ne va pas.")
RIGHT = "Oui, c'est juste."
SOME_MISSING = "C'est juste, mais il en manque. Cherchez encore."
HERE = "C'est celle-ci. {Touchez}-la."
TOGETHER = "Nous avons choisi ensemble. Lisez la réponse."


class Choice(Written):
    """An answer to choose; a wrong one says what it is and what to look at."""

    id: str
    text: str
    right: bool = False
    feedback: str | None = None
    picture: str | None = None


class Sign(Written):
    """The place on the look that shows the answer."""

    id: str
    at: str
    right: bool = False
    feedback: str | None = None


class Choose(StepBase):
    kind: Literal["choose"]
    question: str
    choices: tuple[Choice, ...]
    enough: int | None = None
    as_written: bool = False
    signs: tuple[Sign, ...] = ()

    @model_validator(mode="after")
    def _has_a_right_one(self) -> "Choose":
        if not any(choice.right for choice in self.choices):
            raise ValueError('choices: no choice is right; mark at least one with "right: true"')
        return self

    @property
    def several(self) -> bool:
        """Whether more than one must be chosen."""
        return self.wanted > 1

    @property
    def wanted(self) -> int:
        return self.enough or sum(choice.right for choice in self.choices)

    def shuffled(self) -> tuple[Choice, ...]:
        """The choices in the order shown: mixed, but the same for everybody, unless the author's order stays."""
        if self.as_written:
            return self.choices
        mixed = list(self.choices)
        random.Random(self.id).shuffle(mixed)
        return tuple(mixed)

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        known = {choice.id: choice for choice in self.choices}
        ids = [name for name in dict.fromkeys(form.get("choice", ())) if name in known]
        if not ids:
            return Turn(state, Outcome("note", (Line(UNCLEAR),)), done=False, log={})
        picked = {"picked": ids}
        wrong = [known[name] for name in ids if not known[name].right]
        marks: dict[str, Mark] = {name: "right" if known[name].right else "wrong" for name in ids}
        if wrong:
            lines = tuple(Line(choice.feedback or HINTS[0]) for choice in wrong[:1])
            return Turn(picked, Outcome("wrong", lines, marks), done=False, log=dict(picked))
        if len(ids) < self.wanted:
            return Turn(picked, Outcome("wrong", (Line(SOME_MISSING),), marks), done=False, log=dict(picked))
        said = [known[name].feedback for name in ids if known[name].feedback]
        lines = tuple(Line(text) for text in [*said[:2], self.done] if text) or (Line(RIGHT),)
        return Turn(picked, Outcome("right", lines, marks), done=True, log=dict(picked))

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        chosen = state.get("picked", [])
        right = next((c for c in self.choices if c.right and (not self.several or c.id not in chosen)), None)
        if level == "hint" or right is None:
            return state, self.hint(given, HINTS)
        if level == "show":
            return state, Help("show", (Line(HERE),), point=right.id, next="do")
        kept = [name for name in chosen if any(c.id == name and c.right for c in self.choices)]
        picked = [*kept, right.id] if self.several else [right.id]
        lines = (Line(TOGETHER), *((Line(right.feedback),) if right.feedback else ()))
        return {"picked": picked}, Help("do", lines, point=right.id, done=len(picked) >= self.wanted)
