"""The words of the simulator: an act, a fact, a sentence said, a move."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Value = str | int | bool | frozenset[str] | Mapping[str, str]
Tone = Literal["right", "wrong", "note", "done"]
Data = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Act:
    """A button and the fields of its form, as HTML submits them.

    `fields` holds what is typed at this moment; `also` are other names by which a goal may mean the target
    (the sender of a message), so that the search knows whether it is worth opening.
    """

    verb: str
    target: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = field(default=(), compare=False)

    @property
    def name(self) -> str:
        """The value of the button and of its `data-action`: `mail.open lea`."""
        return f"{self.verb} {self.target}" if self.target else self.verb

    @property
    def app(self) -> str:
        return self.verb.partition(".")[0]

    @property
    def deed(self) -> str:
        return self.verb.partition(".")[2]

    def typed(self, name: str) -> str:
        return next((value for key, value in self.fields if key == name), "")


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened, in the past tense: `mail.opened` about `lea`. `shown` is the target's name for people."""

    kind: str
    about: str = ""
    data: Mapping[str, Value] = field(default_factory=dict)
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the learner: the French source text with its marks, and what its `{slots}` stand for."""

    tone: Tone
    text: str
    data: Data = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """What an app answers to an act. `documents`, `front`: set when they change; `said`: our coach speaks at once."""

    state: Any
    facts: tuple[Fact, ...] = ()
    documents: frozenset[str] | None = None
    front: str | None = None
    said: Said | None = None
