"""Step kind `point`: touch the right places on a look."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

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

HINTS = ("Regardez tout l'écran.", "{Touchez} une partie pour essayer.")
RIGHT = "Oui, c'est là."
NOT_HERE = "Pas ici. Cherchez ailleurs sur l'écran."
MORE = "Oui. Il y en a encore. Cherchez."
HERE = "C'est ici. {Touchez}."
TOGETHER = "Nous l'avons trouvé ensemble."


class Spot(Written):
    """A place on the look: an act as in `data-action`, or a part that the app names (`browser.title`)."""

    id: str
    at: str = ""
    text: str = ""
    right: bool = False
    feedback: str | None = None


class Point(StepBase):
    kind: Literal["point"]
    question: str
    places: tuple[Spot, ...]
    enough: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _can_be_found(self) -> "Point":
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        right = sum(spot.right for spot in self.places)
        if not right:
            yield 'places: no place is right; mark at least one with "right: true"'
        elif (self.enough or 1) > right:
            yield f"enough: {self.enough} are asked for, but {right} of the places are right"
        at = [spot.at for spot in self.places if spot.at]
        for name in dict.fromkeys(name for name in at if at.count(name) > 1):
            yield f"places: two places are at {name}"
        for spot in self.places:
            if spot.at and self.look is None:
                yield f'places: "{spot.id}" is a place on a look; give the step its look, or the place its text'
            elif bool(spot.at) == bool(spot.text):
                yield f'places: "{spot.id}" has either at (an act or a part of the look) or a text'

    def spots(self, state: Mapping[str, Any]) -> Mapping[str, str]:
        return {spot.at: spot.id for spot in self.places if spot.at}

    @property
    def wanted(self) -> int:
        return self.enough or sum(place.right for place in self.places)

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        known = {spot.id: spot for spot in self.places}
        name = posted(form, "at")
        found = [spot for spot in state.get("found", []) if spot in known]
        tried = [spot for spot in state.get("tried", []) if spot in known]
        if name not in known:
            return Turn(state, Outcome("note", (Line(NOT_HERE if name else UNCLEAR),)), done=False, log={})
        spot = known[name]
        found = list(dict.fromkeys([*found, name])) if spot.right else found
        tried = tried if spot.right else list(dict.fromkeys([*tried, name]))
        after = {"found": found, "tried": tried}
        marks: dict[str, Mark] = dict.fromkeys(tried, "tried") | dict.fromkeys(found, "right")
        log = {"at": name}
        if not spot.right:
            wrong = Outcome("wrong", (Line(spot.feedback or NOT_HERE),), marks | {name: "wrong"})
            return Turn(after, wrong, done=False, log=log)
        if len(found) < self.wanted:
            return Turn(after, Outcome("note", (Line(spot.feedback or MORE),), marks), done=False, log=log)
        lines = tuple(Line(text) for text in (spot.feedback, self.done) if text) or (Line(RIGHT),)
        return Turn(after, Outcome("right", lines, marks), done=True, log=log)

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        found = state.get("found", [])
        spot = next((spot for spot in self.places if spot.right and spot.id not in found), None)
        if level == "hint" or spot is None:
            return state, self.hint(given, HINTS)
        if level == "show":
            return state, Help("show", (Line(HERE),), point=spot.id, next="do")
        after = {"found": [*found, spot.id], "tried": state.get("tried", [])}
        return after, Help("do", (Line(TOGETHER),), point=spot.id, done=len(found) + 1 >= self.wanted)
