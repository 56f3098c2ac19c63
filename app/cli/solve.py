"""`clic solve`: the way through a scene, as the search finds it."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from app.cli import courses
from app.cli.outcome import FAULTS, refuse
from app.pure.content.library import Library
from app.pure.simulator import solver, world
from app.pure.simulator.act import Act


@dataclass(frozen=True, slots=True)
class Found:
    """The way to one goal, or `acts` None where there is none."""

    step: str
    goal: str
    acts: tuple[Act, ...] | None
    tried: int
    milliseconds: float


def solve(
    module: Annotated[str, typer.Argument(help="The slug of a module.")],
    step: Annotated[str | None, typer.Argument(help="One of its scenes; all of them without it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Print the shortest way to each goal of a module's scenes."""
    library = courses.module(module)
    found = [way for scene in _scenes(library, module, step) for way in _ways(library, module, scene)]
    typer.echo(json.dumps([_plain(way) for way in found], ensure_ascii=False) if as_json else _read(found))
    if any(way.acts is None for way in found):
        raise typer.Exit(FAULTS)


def _scenes(library: Library, module: str, step: str | None) -> list[str]:
    scenes = [each.id for each in library.modules[module].steps if each.kind == "scene"]
    if step and step not in scenes:
        refuse(f"{module} has no scene {step}; known: {', '.join(scenes)}")
    return [step] if step else scenes


def _ways(library: Library, module: str, step: str) -> Iterator[Found]:
    scene = library.scene(module, step)
    if scene is None:
        refuse(f"{module}: {step} has no scene")
    state = world.start(scene, date.today())
    while goals := world.current(scene, state):
        begun = time.perf_counter()
        try:
            way = solver.way(scene, state)
        except solver.NoWay:
            yield Found(step, goals[0].id, None, solver.BOUND, _since(begun))
            return
        reached = [goal.id for goal in scene.goals if goal.id in way.end.reached and goal.id not in state.reached]
        yield Found(step, ", ".join(reached), way.acts, way.tried, _since(begun))
        state = way.end


def _since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 2)


def _read(found: list[Found]) -> str:
    lines = []
    for way in found:
        lines.append(f"{way.step} · {way.goal}  ({way.tried} acts tried, {way.milliseconds} ms)")
        lines += [f"    {_act(act)}" for act in way.acts] if way.acts else ["    no way"]
    return "\n".join(lines)


def _act(act: Act) -> str:
    typed = ", ".join(f'{name}: "{value}"' for name, value in act.fields if value)
    return f"{act.name}  {{{typed}}}" if typed else act.name


def _plain(way: Found) -> dict[str, object]:
    acts = None if way.acts is None else [{"act": act.name, "fields": dict(act.fields)} for act in way.acts]
    return {
        "step": way.step,
        "goal": way.goal,
        "acts": acts,
        "tried": way.tried,
        "milliseconds": way.milliseconds,
    }
