"""Step kind `order`: put the items in the right order, with buttons that move one up or down."""

import random
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import model_validator

from app.pure.steps.base import (
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

HINTS = ("Commencez par celui que vous connaissez.", "Qu'est-ce qui vient en premier ?")
RIGHT = "Oui, c'est le bon ordre."
MISPLACED = "« {item} » n'est pas à sa place. Cherchez encore."
HERE = "À cette place : {item}"
TOGETHER = "Nous avons placé ensemble : {item}"


class Item(Written):
    """Something to put in its place; `feedback` speaks when it is the first that is missing from its place."""

    id: str
    text: str
    feedback: str | None = None


class Order(StepBase):
    kind: Literal["order"]
    question: str
    items: tuple[Item, ...]
    also: tuple[tuple[str, ...], ...] = ()

    @model_validator(mode="after")
    def _has_orders(self) -> "Order":
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[str]:
        if len(self.items) < 2:
            yield "items: two items or more"
        names = sorted(item.id for item in self.items)
        for order in self.also:
            if sorted(order) != names:
                yield f"also: [{', '.join(order)}] is not an order of all the items, each once"

    def begin(self, place: Place) -> dict[str, Any]:
        return {"order": list(self._mixed())}

    def now(self, state: dict[str, Any]) -> tuple[Item, ...]:
        """The items in the learner's order."""
        known = {item.id: item for item in self.items}
        return tuple(known[name] for name in self._ids(state.get("order", ())))

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        shown = posted(form, "order").split(",")
        order = self._ids(shown if set(shown) == {item.id for item in self.items} else state.get("order", ()))
        if move := posted(form, "move"):
            way, _, name = move.partition(" ")
            return Turn({"order": _moved(order, name, way)}, None, done=False, log={})
        orders = (tuple(item.id for item in self.items), *self.also)
        if tuple(order) in orders:
            marks: dict[str, Mark] = {name: "right" for name in order}
            return Turn({"order": order}, Outcome("right", (Line(self.done or RIGHT),), marks), done=True, log={})
        best = max(orders, key=lambda right: _agree(order, right))
        missing = next(item for item in self.items if item.id == best[_agree(order, best)])
        here = order[_agree(order, best)]
        line = Line(missing.feedback) if missing.feedback else Line(MISPLACED, (("item", missing.text),))
        outcome = Outcome("wrong", (line,), {here: "wrong"})
        return Turn({"order": order}, outcome, done=False, log={"order": list(order)})

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        order = self._ids(state.get("order", ()))
        orders = (tuple(item.id for item in self.items), *self.also)
        best = max(orders, key=lambda right: _agree(order, right))
        agreed = _agree(order, best)
        if level == "hint" or agreed == len(order):
            return state, self.hint(given, HINTS)
        item = next(item for item in self.items if item.id == best[agreed])
        data = (("item", item.text),)
        if level == "show":
            return state, Help("show", (Line(HERE, data),), point=item.id, next="do")
        after = [*best[: agreed + 1], *(name for name in order if name not in best[: agreed + 1])]
        return {"order": after}, Help("do", (Line(TOGETHER, data),), point=item.id, done=tuple(after) in orders)

    def _ids(self, names: Any) -> list[str]:
        """Exactly our ids, in the order given; what is missing comes last."""
        known = [item.id for item in self.items]
        given = [name for name in dict.fromkeys(names) if name in known]
        return [*given, *(name for name in self._mixed() if name not in given)]

    def _mixed(self) -> list[str]:
        """A fixed mix that is never right already."""
        right = [item.id for item in self.items]
        mixed = list(right)
        random.Random(self.id).shuffle(mixed)
        return mixed if tuple(mixed) not in {tuple(right), *self.also} else [*right[1:], right[0]]


def _moved(order: list[str], name: str, way: str) -> list[str]:
    if name not in order:
        return order
    here = order.index(name)
    there = here + (1 if way == "down" else -1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    return order


def _agree(order: list[str], right: tuple[str, ...]) -> int:
    """How many items from the first on stand where they should."""
    return next((n for n, (a, b) in enumerate(zip(order, right, strict=False)) if a != b), len(right))
