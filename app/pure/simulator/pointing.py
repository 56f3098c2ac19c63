"""*Show me*: from the way to the next goal, the one control or field to point at now."""

from dataclasses import dataclass

from app.pure.simulator import solver, world
from app.pure.simulator.act import Act
from app.pure.simulator.scene import Scene
from app.pure.simulator.state import State


@dataclass(frozen=True, slots=True)
class Pointing:
    """What to point at: a field with an `example` to copy, or the button of `act`."""

    act: Act
    field: str = ""
    example: str = ""


def point(scene: Scene, state: State, way: solver.Way) -> Pointing:
    """The first field whose own text is not good enough, then the button; elsewhere the control that leads there.

    `way.acts[0]` carries what should be typed; what is typed already and good is in the state's own offer of that act.
    """
    first = way.acts[0]
    offer = next((act for act in world.actions(scene, state) if act.name == first.name), first)
    typed = dict(offer.fields)
    for name, wanted in first.fields:
        if wanted and typed.get(name, "") != wanted:
            return Pointing(first, name, wanted)
    return Pointing(first)
