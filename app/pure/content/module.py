"""A module: what one YAML file teaches. Frozen once read."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.pure.simulator.desk import CardLine
from app.pure.simulator.scene import Look, WorldContent
from app.pure.steps import Step
from app.pure.steps.scene import SceneStep
from app.pure.steps.type import Type


class Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Part(Written):
    """A long procedure is split; each part has its own ending."""

    id: str
    title: str
    minutes: int


class Line(Written):
    """A line that a module adds to the practice card; `values` where a repeated field takes one each."""

    label: str
    value: str | None = None
    values: tuple[str, ...] = ()


class Transfer(Written):
    """What to do for real this week, and who helps."""

    text: str
    who: str


class DatedFact(Written):
    """A fact of real life, its source in the curriculum, and the day somebody looked."""

    text: str
    source: str
    checked_on: str


class Module(Written):
    """A module as its file tells it. That its names lead somewhere is the loader's business (`references`)."""

    slug: str
    title: str
    summary: str
    level: Literal[1, 2, 3]
    minutes: int
    parts: tuple[Part, ...] = ()
    picture: str
    as_: str = Field(alias="as")
    card: Mapping[str, Line] = {}
    objectives: tuple[str, ...]
    competences: tuple[str, ...] = ()
    advised_before: tuple[str, ...] = ()
    rights: bool = False
    glossary: tuple[str, ...] = ()
    recall: tuple[str, ...] = ()
    transfer: Transfer
    facts: tuple[DatedFact, ...] = ()
    human_help: tuple[str, ...] = ()
    trainer: str | None = None
    worlds: Mapping[str, WorldContent] = {}
    steps: tuple[Step, ...] = Field(min_length=1)

    def step(self, name: str) -> Step:
        """The step of that id; raises KeyError."""
        return self._by_id[name]

    def rank(self, name: str) -> int:
        """Its place on the path, from 0; raises KeyError."""
        return self._ranks[name]

    def after(self, name: str) -> Step | None:
        """The next step, or None after the last."""
        rank = self.rank(name) + 1
        return self.steps[rank] if rank < len(self.steps) else None

    def before(self, name: str) -> Step | None:
        rank = self.rank(name) - 1
        return self.steps[rank] if rank >= 0 else None

    def hash_of(self, name: str) -> str:
        """Changes when the step, its worlds or the steps it begins after change."""
        return self._hashes[name]

    def with_card(self, person: Iterable[CardLine]) -> "Module":
        """The module whose answers `from: card.…` are known: the person's lines and its own."""
        lines = {line.key: line.values for line in (*person, *self.card_lines())}
        steps = tuple(
            step.model_copy(update={"accept": (*step.accept, *lines.get(step.source.removeprefix("card."), ()))})
            if isinstance(step, Type) and step.source
            else step
            for step in self.steps
        )
        return self.model_copy(update={"steps": steps})

    def card_lines(self) -> tuple[CardLine, ...]:
        """The lines that it adds to the practice card."""
        return tuple(
            CardLine(key, line.label, line.values or ((line.value,) if line.value is not None else ()))
            for key, line in self.card.items()
        )

    @cached_property
    def _by_id(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {step.id: rank for rank, step in enumerate(self.steps)}

    @cached_property
    def _hashes(self) -> Mapping[str, str]:
        return {step.id: self._hash(step.id, frozenset()) for step in self.steps}

    def _hash(self, name: str, above: frozenset[str]) -> str:
        step = self._by_id[name]
        digest = hashlib.blake2b(step.model_dump_json().encode(), digest_size=12)
        for world in _worlds_of(step):
            digest.update(self.worlds[world].model_dump_json().encode())
        for start in _starts_of(step):
            if start is not None and start not in above and start != name:
                digest.update(self._hash(start, above | {name}).encode())
        digest.update(repr(sorted(self.card.items(), key=lambda pair: pair[0])).encode())
        return digest.hexdigest()


def looks_of(step: Step) -> list[Look]:
    return [step.look] if step.look else []


def _worlds_of(step: Step) -> list[str]:
    worlds = [look.world for look in looks_of(step)]
    if isinstance(step, SceneStep) and step.world:
        worlds.append(step.world)
    return worlds


def _starts_of(step: Step) -> list[str | None]:
    starts = [look.start.after for look in looks_of(step)]
    if isinstance(step, SceneStep):
        starts.append(step.start.after)
    return starts
