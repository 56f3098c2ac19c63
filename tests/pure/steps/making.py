"""Steps as an author writes them, and what a learner posts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from app.pure.steps import Step
from app.pure.steps.base import Outcome, Place, StepBase, Turn

PLACE = Place(today=date(2026, 11, 24))
LOOK = {"world": "box"}
_STEP: TypeAdapter[StepBase] = TypeAdapter(Step)


def make(kind: str, **written: Any) -> StepBase:
    """A step with an id and what its kind cannot do without."""
    return _STEP.validate_python({"id": "x", "kind": kind, **written})


def take(step: StepBase, state: dict[str, Any] | None = None, **form: str | Sequence[str]) -> Turn:
    """What comes of one form; names with - are written with _."""
    posted = {
        name.replace("_", "-"): [value] if isinstance(value, str) else list(value) for name, value in form.items()
    }
    return step.take(PLACE, step.begin(PLACE) if state is None else state, posted)


def judged(turn: Turn) -> tuple[str, str, bool]:
    """Tone, first sentence, done."""
    outcome = turn.outcome or Outcome("note", ())
    return outcome.tone, outcome.lines[0].text if outcome.lines else "", turn.done
