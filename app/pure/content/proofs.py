"""Proofs by playing: every goal of every scene is reached, in order, and its shortest way is known."""

from collections.abc import Iterator
from datetime import date

from app.pure.content import written
from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.simulator import solver, world
from app.pure.simulator.act import Act
from app.pure.simulator.scene import Goal, Scene
from app.pure.simulator.state import State

Found = Iterator[tuple[written.Path, str, bool]]


def prove(library: Library, module: Module, today: date) -> Found:
    """What cannot be shown to work: goals out of reach, an `else` whose own `try` does not make it speak."""
    for rank, step in enumerate(module.steps):
        path: written.Path = ("steps", rank)
        scene = library.scene(module.slug, step.id)
        if scene is None:
            continue
        try:
            state = world.start(scene, today)
        except solver.NoWay as why:
            yield (*path, "start"), f"the step it begins after cannot be finished: {why}", True
            continue
        while len(state.reached) < len(scene.goals):
            current = world.current(scene, state)
            place = (*path, "goals", scene.goals.index(current[0]))
            try:
                way = solver.way(scene, state)
            except solver.NoWay as why:
                yield place, f'the goal "{current[0].id}" is out of reach: {why}', True
                break
            for goal in current:
                yield from _elses(scene, goal, way, state, (*path, "goals", scene.goals.index(goal)))
            state = way.end


def _elses(scene: Scene, goal: Goal, way: solver.Way, state: State, path: written.Path) -> Found:
    """Play the one act that ends the way to the goal with the `try` of each `else`: it must be the one that speaks."""
    for act in way.acts[:-1]:
        state = world.act(scene, state, act).state
    for rank, other in enumerate(goal.else_):
        if not other.try_:
            continue
        last: Act = way.acts[-1]
        typed = tuple((name, other.try_.get(name, text)) for name, text in last.fields)
        step = world.act(scene, state, Act(last.verb, last.target, typed, last.also))
        if not any(said.text == other.say for said in step.said):
            heard = step.said[0].text if step.said else "nothing is said"
            yield (*path, "else", rank), f"its try does not make it speak: {heard}", True
