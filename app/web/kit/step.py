"""Draws a step: what its template needs, for whoever looks at it."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from markupsafe import Markup

from app.domains.learning.player import Reply, Stop, revision_of
from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.simulator import world
from app.pure.simulator.pointing import Pointing
from app.pure.steps.base import Place, StepBase
from app.pure.steps.scene import SceneStep
from app.web.kit.drawing import Drawing, Mode
from app.web.kit.visit import NotFound, Visit

LIVE_BOUND = 20_000
"""Acts that live help may try; the author's sentence stands in beyond."""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """The goal in view, and its question where it asks one."""

    id: str
    text: str
    ask: str = ""
    inputmode: str = "text"

    @property
    def act(self) -> str:
        return f"coach.answer {self.id}"


@dataclass(frozen=True, slots=True)
class GoalCount:
    reached: int
    total: int


def lesson_of(library: Library, slug: str) -> Module:
    """The module of an address; raises NotFound."""
    module = library.modules.get(slug)
    if module is None:
        raise NotFound
    return module


def stop_of(visit: Visit, slug: str, name: str) -> Stop:
    """The step of an address, and where it is played; raises NotFound."""
    library = visit.site.library
    module = lesson_of(library, slug)
    try:
        step: StepBase = module.step(name)
    except KeyError as why:
        raise NotFound from why
    place = Place(today=visit.today, scene=library.scene(slug, name), bound=LIVE_BOUND)
    return Stop(slug, step, module.hash_of(name), place)


def step_context(visit: Visit, module: Module, stop: Stop, reply: Reply, posted: dict[str, str]) -> dict[str, Any]:
    """Everything that `learner/step.html` shows."""
    step, rank = stop.step, module.rank(stop.step.id)
    after, before = module.after(step.id), module.before(step.id)
    address = visit.to("learn", module.slug, step.id)
    revision = revision_of(reply, stop)
    hidden = Markup(
        '<input type="hidden" name="revision" value="{}"><input type="hidden" name="once" value="{}">'
    ).format(revision, uuid4())
    onward = visit.to("learn", module.slug, after.id if after else "end")
    drawing = _drawing(visit, module, stop, reply, posted, address, hidden)
    return {
        "module": module,
        "step": step,
        "kind": step.kind,
        "title": visit.words(module.slug).plain(step.heading),
        "state": reply.state,
        "outcome": reply.outcome,
        "help": reply.help,
        "done": reply.done,
        "revision": reply.revision,
        "hidden": hidden,
        "address": address,
        "d": drawing,
        "goal": _goal(step, drawing, module),
        "goals": _goals(step, drawing),
        "n": rank + 1,
        "total": len(module.steps),
        "ranks": {module.rank(name) + 1 for name in reply.levels if name in {s.id for s in module.steps}},
        "to": {
            "back": visit.to("learn", module.slug, before.id) if before else visit.to("learn", module.slug),
            "onward": onward,
            "later": onward,
            "people": visit.to("people"),
            "quit": visit.to(""),
        },
        "asks_device": reply.me is not None and reply.me.mine is None and reply.done,
        "picture": module.picture,
        "colour": _colour(visit, module),
        "styles": styles_of(module),
    }


def styles_of(module: Module) -> list[str]:
    """One bundle for all the apps of a module: htmx exchanges no `<head>` between its steps."""
    names = {name for content in module.worlds.values() for name in content.contents()}
    return ["learner.css", *([f"apps:{'+'.join(['device', *sorted(names)])}"] if names else [])]


def icons_of(visit: Visit, module: Module) -> frozenset[str]:
    """The icons of a module's steps as they begin: its pages bring them once, exchanges only what is missing."""
    key = (visit.site.library.version, module.slug)
    if key not in visit.site.icons:
        found: set[str] = set()
        for step in module.steps:
            stop = stop_of(visit, module.slug, step.id)
            context = step_context(visit, module, stop, Reply(None, step.begin(stop.place)), {})
            shared = {"problems": [], "theme": "", "languages": [], "here": ""}
            found |= visit.site.pages.icons_of(
                "learner/step.html", "page", visit.words(module.slug), **shared, **context
            )
        visit.site.icons[key] = frozenset(found)
    return visit.site.icons[key]


def _colour(visit: Visit, module: Module) -> str:
    theme = visit.site.library.catalogue.theme_of(module.slug)
    return theme.colour if theme else "lilac"


def _drawing(
    visit: Visit, module: Module, stop: Stop, reply: Reply, posted: dict[str, str], address: str, hidden: Markup
) -> Drawing | None:
    step = stop.step
    # a page fetched anew has the translations on at first, the card shut
    beneath = posted.get("beneath") == "on" if posted else visit.language.tag != "fr"
    shared: dict[str, Any] = {
        "action": address,
        "hidden": hidden,
        "beneath": beneath,
        "card_open": posted.get("card") == "on",
    }
    if isinstance(step, SceneStep):
        scene = stop.place.scene
        assert scene is not None
        state = step.state(stop.place, reply.state)
        pointing = _pointing(step, stop, reply)
        return Drawing(scene, state, "play", pointing, **shared)
    scene = visit.site.library.look(module.slug, step.id)
    if scene is None:
        return None
    state = world.start(scene, visit.today)
    places = step.spots(reply.state)
    mode: Mode = "point" if places else "look"
    marks = dict(reply.outcome.marks) if reply.outcome else {}
    mark = step.look.mark or "" if step.look else ""
    shown = reply.help.point if reply.help and places else ""
    key = () if places else (visit.site.courses.library.version, module.slug, step.id, str(beneath))
    return Drawing(scene, state, mode, places=places, marks=marks, mark=mark, shown_place=shown, key=key, **shared)


def _pointing(step: SceneStep, stop: Stop, reply: Reply) -> Pointing | None:
    return step.pointing(stop.place, reply.state) if reply.help and reply.help.level == "show" else None


def _goal(step: StepBase, drawing: Drawing | None, module: Module) -> GoalLine | None:
    if not isinstance(step, SceneStep) or drawing is None:
        return None
    current = next(iter(world.current(drawing.scene, drawing.state)), None)
    if current is None:
        return GoalLine("", step.aim or step.title or module.title)
    mode = {"hour": "text", "number": "numeric", "amount": "decimal", "phone": "tel"}.get(current.normal, "text")
    text = step.aim if step.alone else current.sentence or step.aim
    return GoalLine(current.id, text, current.ask or "", mode)


def _goals(step: StepBase, drawing: Drawing | None) -> GoalCount:
    if not isinstance(step, SceneStep) or drawing is None:
        return GoalCount(0, 0)
    return GoalCount(len(drawing.state.reached), len(step.goals))
