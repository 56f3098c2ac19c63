"""Step kind `scene`: the learner acts in a pretend device until its goals are reached."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from pydantic import Field

from app.pure.simulator import pointing, solver, world
from app.pure.simulator.act import Act, Data, Said, Tone
from app.pure.simulator.apps import BY_NAME
from app.pure.simulator.scene import AppContents, Plot, Scene
from app.pure.simulator.start import Start
from app.pure.simulator.state import State, dump, load
from app.pure.steps.base import Form, Help, Level, Line, Outcome, Place, StepBase, Turn

LONGEST = 1_000
"""Characters of a field that are kept: more is somebody pasting a book."""

NOT_OFFERED = "L'écran a changé. Regardez, puis choisissez encore."
TOO_LONG = "Votre texte est très long. Écrivez moins de mots."
REACHED = "Oui, c'est fait."
LOOK = "Regardez l'écran. Votre but est en haut."
POINTED = "{Touchez} ici."
COPY = "Copiez ici : {example}"
TOGETHER = "Fait ensemble. À vous pour la suite."
NO_WAY = "{Touchez} [Recommencer] pour revenir au début."


class SceneStep(Plot, StepBase):
    """A scene in one of the module's worlds, or in one of its own (`apps`)."""

    kind: Literal["scene"]
    world: str | None = None
    open: str | None = None
    device: Literal["any", "phone", "computer"] | None = None
    apps: AppContents | None = None
    start: Start = Field(default_factory=Start)

    def begin(self, place: Place) -> dict[str, Any]:
        return dump(world.start(_scene(place), place.today))

    def state(self, place: Place, plain: Mapping[str, Any]) -> State:
        """The scene's state from what was kept; the start where nothing was."""
        return load(dict(plain)) if plain else world.start(_scene(place), place.today)

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        scene, here = _scene(place), self.state(place, state)
        name = _first(form, "act")
        offers = {act.name: act for act in world.actions(scene, here)}
        act, cut = _with_fields(offers.get(name) or Act(""), offers.values(), form)
        if name not in offers:
            kept = world.carry(scene, here, act)
            note = Outcome("note", (Line(NOT_OFFERED),)) if name else None
            return Turn(dump(kept), note, done=False, log={})
        step = world.act(scene, here, act)
        said = [*step.said, Said("note", TOO_LONG)] if cut else list(step.said)
        if step.done and self.done:
            said.append(Said("done", self.done))
        log = {"act": act.name, "facts": [fact.kind for fact in step.facts], "goals": list(step.reached)}
        if step.voice:
            log["answered"] = step.voice
        return Turn(dump(step.state), _outcome(said), done=step.done, log=log)

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        scene, here = _scene(place), self.state(place, state)
        goal = next(iter(world.current(scene, here)), None)
        if goal is None:
            return state, Help(level, (Line(LOOK),), next=None)
        if level == "hint":
            hints = goal.help or self.help or (LOOK,)
            rank = min(given, len(hints) - 1)
            return state, Help("hint", (Line(hints[rank]),), next="hint" if rank + 1 < len(hints) else "show")
        try:
            way = solver.way(scene, here, bound=place.bound, enough=place.enough)
        except solver.NoWay:
            return state, Help(level, (Line(goal.help[-1] if goal.help else NO_WAY),), next=None)
        aim = pointing.point(scene, here, way)
        if level == "show":
            return state, _shown(scene, aim)
        after = _do(scene, here, aim)
        return dump(after), Help("do", (Line(TOGETHER),), done=len(after.reached) == len(scene.goals))

    def pointing(self, place: Place, state: Mapping[str, Any]) -> pointing.Pointing | None:
        """What *show me* points at from here; None where no way is known in time."""
        scene, here = _scene(place), self.state(place, state)
        try:
            return pointing.point(scene, here, solver.way(scene, here, bound=place.bound, enough=place.enough))
        except solver.NoWay:
            return None

    def settle(self, place: Place, state: dict[str, Any]) -> dict[str, Any]:
        """What is kept when the step is done: the solver's own ending, so that nothing typed stays behind."""
        return dump(solver.ending(_scene(place), _day(place, state)))


def _scene(place: Place) -> Scene:
    if place.scene is None:
        raise ValueError("a scene step needs its scene")
    return place.scene


def _day(place: Place, plain: Mapping[str, Any]) -> date:
    return load(dict(plain)).today if plain else place.today


def _first(form: Form, name: str) -> str:
    values = form.get(name) or ("",)
    return values[0]


def _with_fields(act: Act, offers: Any, form: Form) -> tuple[Act, bool]:
    """The act with everything typed in the forms of the screen, and whether something was too long to keep."""
    names = {name: typed for offer in offers for name, typed in offer.fields}
    typed = {name: _first(form, name) for name in names if name in form}
    cut = any(len(value) > LONGEST for value in typed.values())
    fields = tuple((name, typed.get(name, before)[:LONGEST]) for name, before in names.items())
    return replace(act, fields=fields), cut


def _do(scene: Scene, state: State, aim: pointing.Pointing) -> State:
    """One field filled, or one act done, with the learner's yes."""
    if not aim.field:
        return world.act(scene, state, aim.act).state
    offer = next(act for act in world.actions(scene, state) if act.name == aim.act.name)
    fields = tuple((name, aim.example if name == aim.field else typed) for name, typed in offer.fields)
    kept = world.carry(scene, state, replace(offer, fields=fields))
    # what may not be kept (a password) can only be done whole
    return kept if kept != state else world.act(scene, state, aim.act).state


def _shown(scene: Scene, aim: pointing.Pointing) -> Help:
    app = BY_NAME.get(aim.act.app)
    example = app.worded(scene.content[app.name], aim.field, aim.example) if app and aim.field else aim.example
    data: Data = (("example", example),) if aim.field and example else ()
    text = COPY if data else POINTED
    return Help("show", (Line(text, data),), point=aim.act.name, field=aim.field, example=aim.example, next="do")


def _outcome(said: list[Said]) -> Outcome | None:
    if not said:
        return None
    order: tuple[Tone, ...] = ("done", "wrong", "right", "note")
    tone = next(tone for tone in order if any(line.tone == tone for line in said))
    lines = tuple(Line(line.text or REACHED, line.data) for line in said)
    return Outcome(tone, lines)
