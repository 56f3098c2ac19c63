"""What comes back after 1, 3, 7, 21 and 60 days: two questions at most, before a module's first step."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from app.pure.content.library import Library

DAYS = (1, 3, 7, 21, 60)
AT_ONCE = 2
Key = tuple[str, str]
History = Iterable[tuple[str, str, str, datetime]]


def wanted(library: Library) -> frozenset[Key]:
    """The steps that authors want back."""
    return frozenset((module.slug, name) for module in library.modules.values() for name in module.recall)


def due(history: History, now: datetime, among: frozenset[Key]) -> list[Key]:
    """The steps whose day has come, the longest waiting first. `history`: module, step, tone, moment, oldest first.

    The first time a step is done starts its clock; each right answer on or after its day moves it one stage on, a wrong
    one a stage back.
    """
    waiting = [(when, key) for key, when in _next_days(history).items() if key in among and when <= now]
    return [key for _, key in sorted(waiting)[:AT_ONCE]]


def _next_days(history: History) -> Mapping[Key, datetime]:
    stages: dict[Key, tuple[int, datetime]] = {}
    for module, step, tone, at in history:
        key = (module, step)
        if key not in stages:
            if tone != "wrong":
                stages[key] = (0, at)
            continue
        stage, since = stages[key]
        if tone in ("wrong", "do"):
            stages[key] = (max(stage - 1, 0), at)
        elif at >= since + timedelta(days=DAYS[stage]):
            stages[key] = (min(stage + 1, len(DAYS) - 1), at)
    return {key: since + timedelta(days=DAYS[stage]) for key, (stage, since) in stages.items()}
