"""Step kind `point`: touch the right places on a look."""

from typing import Any, Literal

from app.pure.steps.base import UNCLEAR, Form, Help, Level, Line, Mark, Outcome, Place, StepBase, Turn, Written, posted

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
    enough: int | None = None

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
