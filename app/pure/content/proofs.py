"""Proofs by playing: every goal of every scene is reached in order, every place can be touched, every voice is heard.

What is only searched near the shortest way says so: it is a warning, never a claim.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.content.tree import Found, nodes
from app.pure.content.written import Path
from app.pure.simulator import matchers, solver, world
from app.pure.simulator.act import Act
from app.pure.simulator.apps import BY_NAME
from app.pure.simulator.scene import Goal, Remark, Scene, Trap, When
from app.pure.simulator.state import State
from app.pure.steps import Step
from app.pure.steps.choose import Choose
from app.pure.steps.point import Point

NEARBY = 5_000
"""Acts tried around the shortest way, to hear what nobody proved by a `try`."""


def prove(library: Library, module: Module, today: date) -> Found:
    """What cannot be shown to work in one module. Takes seconds; raises nothing."""
    for rank, step in enumerate(module.steps):
        path: Path = ("steps", rank)
        if look := library.look(module.slug, step.id):
            yield from _looks(look, step, today, path)
        if scene := library.scene(module.slug, step.id):
            yield from _plays(scene, today, path)


def _looks(look: Scene, step: Step, today: date, path: Path) -> Found:
    """The picture can be drawn, and what it asks for is on it."""
    try:
        state = world.start(look, today)
    except solver.NoWay as why:
        yield (*path, "look"), f"the step it shows cannot be finished: {why}", True
        return
    offered = {act.name for act in world.actions(look, state)}
    parts = {f"{name}.{part}" for name in look.content for part in BY_NAME[name].parts}
    spots: list[tuple[Path, str]] = []
    if isinstance(step, Point):
        spots = [((*path, "places", rank, "at"), spot.at) for rank, spot in enumerate(step.places) if spot.at]
    elif isinstance(step, Choose):
        spots = [((*path, "signs", rank, "at"), sign.at) for rank, sign in enumerate(step.signs)]
    for place, at in spots:
        if at not in offered | parts:
            yield place, f'nothing on this look is "{at}"', True


def _plays(scene: Scene, today: date, path: Path) -> Found:
    """Every goal is reached, each `else` answers its own `try`, and around that way the other voices are heard."""
    try:
        state = world.start(scene, today)
    except solver.NoWay as why:
        yield (*path, "start"), f"the step it begins after cannot be finished: {why}", True
        return
    met = [state]
    while len(state.reached) < len(scene.goals):
        current = world.current(scene, state)
        place = (*path, "goals", scene.goals.index(current[0]))
        try:
            way = solver.way(scene, state)
        except solver.NoWay as why:
            yield place, f'the goal "{current[0].id}" is out of reach: {why}', True
            return
        for goal in current:
            yield from _elses(scene, goal, way, state, (*path, "goals", scene.goals.index(goal)))
        for act in way.acts:
            state = world.act(scene, state, act).state
            met.append(state)
    yield from _unheard(scene, met, path)


def _elses(scene: Scene, goal: Goal, way: solver.Way, state: State, path: Path) -> Found:
    """Play the one act that ends the way to the goal with the `try` of each `else`: it must be the one that speaks."""
    for act in way.acts[:-1]:
        state = world.act(scene, state, act).state
    for rank, other in enumerate(goal.else_):
        if not other.try_:
            continue
        step = world.act(scene, state, _typed(way.acts[-1], other.try_))
        if not any(said.text == other.say for said in step.said):
            heard = step.said[0].text if step.said else "nothing is said"
            yield (*path, "else", rank), f"its try does not make it speak: {heard}", True


@dataclass(frozen=True, slots=True)
class _Voice:
    """A sentence that should be heard one day, or a rule that should set something off."""

    path: Path
    say: str = ""
    rule: When | None = None
    typed: tuple[Mapping[str, str], ...] = ()

    def is_in(self, step: world.Step) -> bool:
        if self.rule is None:
            return any(said.text == self.say for said in step.said)
        return not step.undone and any(_fits(self.rule, fact.kind, fact.about, fact.data) for fact in step.facts)


def _voices(scene: Scene, path: Path) -> Iterator[_Voice]:
    for rank, goal in enumerate(scene.goals):
        for place, other in enumerate(goal.else_):
            if not other.try_:
                yield _Voice((*path, "goals", rank, "else", place), other.say)
    ones: dict[str, tuple[Trap | Remark, ...]] = {"traps": scene.plot.traps, "remarks": scene.plot.remarks}
    for key, those in ones.items():
        for rank, one in enumerate(those):
            yield _Voice((*path, key, rank), one.say, typed=(one.try_,) if one.try_ else ())
    for rank, rule in enumerate(scene.plot.rules):
        yield _Voice((*path, "rules", rank), rule=rule.when)


def _unheard(scene: Scene, met: list[State], path: Path) -> Found:
    """Wander from every state of the shortest way, nearest first, until every voice was heard."""
    silent = list(_voices(scene, path))
    tries = [typed for voice in silent for typed in voice.typed]
    tries += [other.try_ for goal in scene.goals for other in goal.else_ if other.try_]
    tries += [{"words": " ".join(words)} for words in _searches(scene)]
    queue, seen, tried = deque(met), set(met), 0
    while queue and silent and tried < NEARBY:
        here = queue.popleft()
        for act in world.actions(scene, here):
            variants = {act, solver.with_example(scene, here, act), *(_typed(act, typed) for typed in tries)}
            for variant in sorted(variants, key=lambda one: one.fields):
                tried += 1
                step = world.act(scene, here, variant)
                silent = [voice for voice in silent if not voice.is_in(step)]
                if not step.undone and step.state not in seen:
                    seen.add(step.state)
                    queue.append(step.state)
    for voice in silent:
        yield voice.path, f"not met in {tried} acts around the shortest way; can it ever happen?", False


def _searches(scene: Scene) -> Iterator[list[str]]:
    """The words that the search engines of this world answer to."""
    for path, part in nodes(scene.world.model_dump(mode="json")):
        if path[-1:] == ("words",) and isinstance(part, list):
            yield part


def _typed(act: Act, typed: Mapping[str, str]) -> Act:
    return replace(act, fields=tuple((name, typed.get(name, text)) for name, text in act.fields))


def _fits(when: When, kind: str, about: str, data: Mapping[str, object]) -> bool:
    return (
        kind == when.fact
        and (when.about is None or matchers.matches(when.about, about))
        and matchers.fits(when.with_, data)
    )
