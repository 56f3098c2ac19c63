"""The search: the shortest way from where a learner stands to the next goal.

Breadth first over what the screen offers (nearest first where an app knows at least how far a fact is). Typed values
are only examples: first what is typed already, then the goal's `try` or the field's own example; the search never
invents text. Among equally short ways the app in front wins, then the order of the screen: help must not jump about.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count

from app.pure.simulator import world
from app.pure.simulator.act import Act
from app.pure.simulator.apps import BY_NAME
from app.pure.simulator.scene import Goal, Scene
from app.pure.simulator.state import State

BOUND = 60_000
"""Acts tried before the search gives up: the same everywhere, so that a proof here is a proof there."""


class NoWay(Exception):
    """No way to the next goal within the bound."""


@dataclass(frozen=True, slots=True)
class Way:
    """The acts to the next goal, with what to type in them; `tried` is how many acts it took to find them."""

    acts: tuple[Act, ...]
    end: State
    tried: int


def way(scene: Scene, state: State, bound: int = BOUND, enough: Callable[[], bool] = lambda: False) -> Way:
    """The shortest way to one more goal than now. Raises NoWay; `enough` lets live help stop early."""
    wanted = len(state.reached) + 1
    order = count()
    queue, seen, tried = [(_distance(scene, state), next(order), state, tuple[Act, ...]())], {state}, 0
    while queue:
        _, _, here, acts = heappop(queue)
        for act in _worth_trying(scene, here):
            tried += 1
            step = world.act(scene, here, act)
            if step.undone or step.state in seen:
                continue
            if len(step.state.reached) >= wanted:
                return Way((*acts, act), step.state, tried)
            if tried >= bound or enough():
                raise NoWay(f"no way to the next goal within {tried} acts")
            seen.add(step.state)
            so_far = (*acts, act)
            heappush(queue, (len(so_far) + _distance(scene, step.state), next(order), step.state, so_far))
    raise NoWay(f"no way to the next goal: {tried} acts lead nowhere")


def solve(scene: Scene, state: State) -> Iterator[Way]:
    """One way for each goal that is left, each beginning where the last one ended. Raises NoWay."""
    while len(state.reached) < len(scene.goals):
        found = way(scene, state)
        yield found
        state = found.end


@lru_cache(maxsize=4096)
def ending(scene: Scene, today: date) -> State:
    """The state in which the way through a whole scene ends: where the next step of the same world begins."""
    state = world.start(scene, today)
    for found in solve(scene, state):
        state = found.end
    return state


def _distance(scene: Scene, state: State) -> int:
    """At least how many acts are left to one of the current goals."""
    return min((_acts_to(scene, state, goal) for goal in world.current(scene, state)), default=0)


def _acts_to(scene: Scene, state: State, goal: Goal) -> int:
    """The app's own acts, and one of the device's where another app stands in front."""
    name = (goal.fact or "").partition(".")[0]
    if goal.fact is None or name not in scene.content:
        return 1
    app, content = BY_NAME[name], scene.content
    about = goal.about if isinstance(goal.about, str) else ""
    host = name if app.icon or "browser" not in content else "browser"
    apart = state.front != host
    hidden = not app.icon and host == "browser" and BY_NAME[host].inside(content[host], state.app(host)) != name
    inner = app.distance(content[name], state.app(name), goal.fact, about, world.desk(scene, state))
    return max(inner, 1) + apart + hidden


def _worth_trying(scene: Scene, state: State) -> Iterator[Act]:
    for act in world.actions(scene, state):
        app = BY_NAME.get(act.app)
        if app and act.deed in app.picks and act.target and not {act.target, *act.also} & scene.names:
            continue
        yield act
        if act.fields and (example := with_example(scene, state, act)) != act:
            yield example


def with_example(scene: Scene, state: State, act: Act) -> Act:
    """The act with what the author would type: the field's own example, then the `try` of the goals to come."""
    examples: dict[str, str] = {}
    if app := BY_NAME.get(act.app):
        examples |= app.examples(scene.content[act.app], state.app(act.app), act, world.desk(scene, state))
    for goal in world.current(scene, state):
        if act.app == "coach":
            examples |= {"answer": goal.accept[0]} if goal.id == act.target else {}
        else:
            examples |= goal.try_
    return replace(act, fields=tuple((name, examples.get(name, typed)) for name, typed in act.fields))
