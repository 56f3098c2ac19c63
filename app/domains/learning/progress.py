"""What a learner achieved: a merge of events that knows no order, no doubles and no clock."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

Level = Literal["guided", "helped", "alone"]
Levels = Mapping[str, str]
"""Step -> the best way in which it was done."""

ORDER: tuple[Level, ...] = ("guided", "helped", "alone")


DONE = "done"
"""In an event's data: how the step was done, where this event finished it."""


def level_of(helped: int) -> Level:
    """How a step was done, from the most help that was taken in this attempt: 0 none, 1 hint or show, 2 together."""
    return ("alone", "helped", "guided")[min(max(helped, 0), 2)]


def gained_by(step: str, data: Mapping[str, Any]) -> Levels:
    """What an event adds to progress, from its data alone: the log can always tell what somebody achieved."""
    return {step: str(data[DONE])} if DONE in data else {}


def merge(one: Levels, other: Levels) -> dict[str, str]:
    """The best of both: commutative, associative, idempotent."""
    both = dict(one)
    for step, level in other.items():
        if step not in both or _rank(level) > _rank(both[step]):
            both[step] = level
    return both


def module_level(levels: Levels, alone_steps: Iterable[str]) -> Level | None:
    """A module has the least of its `alone: true` steps; None while one of them is not done."""
    steps = list(alone_steps)
    if not steps or any(step not in levels for step in steps):
        return None
    return ORDER[min(_rank(levels[step]) for step in steps)]


def _rank(level: str) -> int:
    return ORDER.index(level) if level in ORDER else -1
