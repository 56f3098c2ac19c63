"""What every step kind shares: where it is played, what is judged, what is said, how it helps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from app.pure.simulator.act import Data, Tone
from app.pure.simulator.scene import Look, Scene

Form = Mapping[str, Sequence[str]]
"""The posted fields of an answer, without revision and once."""

Level = Literal["hint", "show", "do"]
Mark = Literal["right", "wrong", "tried"]

UNCLEAR = "Choisissez d'abord une réponse."


@dataclass(frozen=True, slots=True)
class Line:
    """A French sentence with its marks, and what its slots stand for."""

    text: str
    data: Data = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said of an answer; `marks` says how choices, places and items are drawn."""

    tone: Tone
    lines: tuple[Line, ...]
    marks: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """What a step needs from outside itself. `bound` and `enough` limit live help's search."""

    today: date
    scene: Scene | None = None
    bound: int = 60_000
    enough: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after an answer, what is said, whether the step is done, what the log may keep (never typed text)."""

    state: dict[str, Any]
    outcome: Outcome | None
    done: bool
    log: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Help:
    """An answer to « Aidez-moi »: sentences, what is pointed at, and the next level to offer."""

    level: Level
    lines: tuple[Line, ...]
    point: str = ""
    field: str = ""
    example: str = ""
    next: Level | None = None
    done: bool = False


class Written(BaseModel):
    """A part of a step that an author writes."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class StepBase(Written):
    """A stop on a module's path. `alone`: done without visible help."""

    id: str
    kind: str
    title: str | None = None
    part: str | None = None
    help: tuple[str, ...] = ()
    done: str | None = None
    alone: bool = False
    look: Look | None = None
    trainer: str | None = None

    @property
    def heading(self) -> str:
        """What the step is called on the path: its title, else what it asks."""
        found = (getattr(self, name, None) for name in ("title", "question", "aim", "text"))
        return next((str(text) for text in found if text), self.id)

    def spots(self, state: Mapping[str, Any]) -> Mapping[str, str]:
        """What can be touched on the look: an act or a part of its screen -> the id to post as `at`."""
        return {}

    def begin(self, place: Place) -> dict[str, Any]:
        """The state in which the step begins, as JSON values."""
        return {}

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        """Judge an answer. Never raises, whatever was posted."""
        raise NotImplementedError

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        """Help: the next sentence (`given` were given already), what to look at, or one thing done together."""
        raise NotImplementedError

    def settle(self, place: Place, state: dict[str, Any]) -> dict[str, Any]:
        """What is kept of a finished step: nothing that was typed."""
        return state

    def hint(self, given: int, defaults: tuple[str, ...]) -> Help:
        """The author's next sentence, or one that fits every step of its kind."""
        hints = self.help or defaults
        rank = min(given, len(hints) - 1)
        return Help("hint", (Line(hints[rank]),), next="hint" if rank + 1 < len(hints) else "show")


def refuse(faults: Iterable[str]) -> None:
    """Tell an author every fault of a step at once, each as `key: what is wrong`; raises ValueError."""
    if found := list(faults):
        raise ValueError("\n".join(found))


def posted(form: Form, name: str) -> str:
    """The first value of a field; empty where it was not posted."""
    values = form.get(name) or ("",)
    return values[0]
