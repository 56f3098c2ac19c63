"""A scene: a step that plays in a world. What an author writes, and what the simulator plays."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, create_model, field_validator, model_validator

from app.pure.simulator import matchers
from app.pure.simulator.apps import APPS, BY_NAME
from app.pure.simulator.apps.base import App
from app.pure.simulator.desk import CardLine, Document, Person, Setting
from app.pure.simulator.start import Start

Pattern = Any
BEGINNING = Start()
_CARD = re.compile(r"\bcard\.([\w-]+)")
_APPS: dict[str, Any] = {app.name: (app.content | None, None) for app in APPS}
AppContents = create_model("AppContents", __config__=ConfigDict(frozen=True, extra="forbid"), **_APPS)


class Written(BaseModel):
    """Something an author writes in a scene."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class WorldContent(Written):
    """What a pretend device holds: apps, documents, people, and the app in front at the start."""

    open: str
    device: Literal["any", "phone", "computer"] = "any"
    documents: tuple[Document, ...] = ()
    people: tuple[Person, ...] = ()
    apps: AppContents

    @model_validator(mode="after")
    def _opens_what_it_has(self) -> "WorldContent":
        if getattr(self.apps, self.open, None) is None:
            raise ValueError(f'open: "{self.open}" is not among the apps of this world')
        return self

    def contents(self) -> dict[str, Any]:
        """The apps that are present, by name, in the order of the home screen."""
        found = {app.name: getattr(self.apps, app.name) for app in APPS}
        return {name: content for name, content in found.items() if content is not None}


class When(Written):
    """A fact to wait for: its kind, what it is about, and a pattern on its data."""

    fact: str
    about: Pattern = None
    with_: Mapping[str, Pattern] = Field(default={}, alias="with")
    times: int = 1

    @field_validator("fact")
    @classmethod
    def _is_known(cls, value: str) -> str:
        app, _, name = value.partition(".")
        if app not in BY_NAME:
            raise ValueError(f'no app is called "{app}"; known: {", ".join(sorted(BY_NAME))}')
        if name not in BY_NAME[app].facts:
            raise ValueError(f'the app "{app}" has no fact "{name}"; known: {", ".join(BY_NAME[app].facts)}')
        return value

    @model_validator(mode="after")
    def _asks_for_known_data(self) -> "When":
        app, _, name = self.fact.partition(".")
        known = BY_NAME[app].facts[name]
        if unknown := [key for key in self.with_ if key not in known]:
            raise ValueError(f'{self.fact} has no "{unknown[0]}"; known: {", ".join(known) or "nothing"}')
        if problems := [*matchers.problems_of(self.about), *matchers.faults(self.with_)]:
            raise ValueError(problems[0])
        return self

    def names(self) -> frozenset[str]:
        """Every plain text in its patterns: what the search may touch."""
        return frozenset[str]().union(*(matchers.names_in(p) for p in (self.about, *self.with_.values())))


class Else(Written):
    """What is said when a goal's fact comes with the wrong pattern; undone like a trap unless `undo: false`."""

    about: Pattern = None
    with_: Mapping[str, Pattern] = Field(default={}, alias="with")
    say: str
    undo: bool = True
    try_: Mapping[str, str] = Field(default={}, alias="try")


class WrongAnswer(Written):
    """A typed answer we know to be wrong; without `is` it answers every other one."""

    is_: str | None = Field(default=None, alias="is")
    say: str


class Goal(Written):
    """Something to reach: a fact that must happen, or a question (`ask`) about what was found."""

    id: str
    fact: str | None = None
    about: Pattern = None
    with_: Mapping[str, Pattern] = Field(default={}, alias="with")
    times: int = 1
    say: str = ""
    done: str | None = None
    help: tuple[str, ...] = ()
    try_: Mapping[str, str] = Field(default={}, alias="try")
    else_: tuple[Else, ...] = Field(default=(), alias="else")
    again: bool = False
    ask: str | None = None
    accept: tuple[str, ...] = ()
    normal: Literal["text", "hour", "number", "amount", "phone", "date"] = "text"
    wrong: tuple[WrongAnswer, ...] = ()
    _when: When | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _waits_or_asks(self) -> "Goal":
        if (self.fact is None) == (self.ask is None):
            raise ValueError("a goal has either a fact or a question (ask)")
        if self.ask and not self.accept:
            raise ValueError("a question needs accept: the answers that are right")
        if self.fact:
            self._when = When(fact=self.fact, about=self.about, with_=self.with_, times=self.times)
            for other in self.else_:
                When(fact=self.fact, about=other.about, with_=other.with_)
        return self

    @property
    def when(self) -> When:
        """The fact this goal waits for; a question has none (ValueError)."""
        if self._when is None:
            raise ValueError(f"{self.id} is a question")
        return self._when

    @property
    def sentence(self) -> str:
        """What the learner is asked to do."""
        return self.ask or self.say


class Trap(When):
    """A wrong act that is answered; `while` binds it to a goal, `undo` takes back what the verb did."""

    while_: str | None = Field(default=None, alias="while")
    undo: bool = True
    say: str
    try_: Mapping[str, str] = Field(default={}, alias="try")


class Remark(When):
    """Something worth saying that is no mistake."""

    say: str
    try_: Mapping[str, str] = Field(default={}, alias="try")


class Effect(Written):
    """What a rule does: `{mail.deliver: lea-no-file, again: true}`."""

    app: str
    deed: str
    target: str
    again: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_one_key(cls, value: object) -> object:
        if not isinstance(value, Mapping) or "deed" in value:
            return value
        keys = [key for key in value if key != "again"]
        if len(keys) != 1 or "." not in str(keys[0]):
            raise ValueError("an effect is one key such as mail.deliver, with again: true beside it at most")
        app, _, deed = str(keys[0]).partition(".")
        known = BY_NAME[app].effects if app in BY_NAME else ()
        if deed not in known:
            raise ValueError(f'no effect is called "{keys[0]}"')
        return {"app": app, "deed": deed, "target": str(value[keys[0]]), "again": value.get("again", False)}


class Rule(Written):
    """A fact's consequence in the world, and perhaps a sentence about it."""

    when: When
    then: tuple[Effect, ...]
    say: str | None = None


class Plot(Written):
    """What happens in a scene step: goals in order (or any), traps, remarks, rules."""

    aim: str = ""
    any_order: bool = False
    goals: tuple[Goal, ...] = ()
    traps: tuple[Trap, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rules: tuple[Rule, ...] = ()


class Look(Written):
    """A scene as a picture: which world, from which start, and a part ringed."""

    world: str
    start: Start = Start()
    mark: str | None = None


@dataclass(frozen=True, eq=False)
class Scene:
    """A world, a plot and a start, ready to be played. Compared by identity: it is made once per library."""

    world: WorldContent
    plot: Plot
    setting: Setting
    start: Start = BEGINNING
    before: "Scene | None" = None
    content: Mapping[str, Any] = field(init=False)
    apps: tuple[App, ...] = field(init=False)
    names: frozenset[str] = field(init=False)
    card: frozenset[str] = field(init=False)
    """The lines of the practice card that this world asks for: a short card is read, a long one is not."""

    def __post_init__(self) -> None:
        content = self.world.contents()
        object.__setattr__(self, "content", content)
        object.__setattr__(self, "apps", tuple(BY_NAME[name] for name in content))
        object.__setattr__(self, "names", frozenset(self._names()))
        object.__setattr__(self, "card", frozenset(_CARD.findall(self.world.model_dump_json())))

    @property
    def goals(self) -> tuple[Goal, ...]:
        return self.plot.goals

    def goal(self, name: str) -> Goal:
        return next(goal for goal in self.plot.goals if goal.id == name)

    def _names(self) -> Iterator[str]:
        """Every target that a goal, a rule, a trap or a slot names: what the search may touch (rule 4)."""
        whens = [*self.plot.traps, *self.plot.remarks, *(rule.when for rule in self.plot.rules)]
        whens += [goal.when for goal in self.goals if goal.fact]
        for when in whens:
            yield from when.names()
        for goal in self.goals:
            for other in goal.else_:
                for pattern in (other.about, *other.with_.values()):
                    yield from matchers.names_in(pattern)
        for app in self.apps:
            yield from app.names(self.content[app.name])


def setting_of(owner: Person, people: Mapping[str, Person], world: WorldContent, card: tuple[CardLine, ...]) -> Setting:
    """Who and what surrounds a scene: the fiction's people and those of its world, its documents, the card."""
    everybody = {**people, **{person.id: person for person in world.people}, owner.id: owner}
    return Setting(owner, everybody, {d.id: d for d in world.documents}, card)
