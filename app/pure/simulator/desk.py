"""What an app may know of the device it stands on: people, documents, the practice card, the day of the story."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict

from app.pure.simulator import dates

ALWAYS = frozenset({"email"})
"""The lines that every card has."""


class Person(BaseModel):
    """Somebody of the fiction who can write or be written to."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    name: str
    mail: str = ""
    mobile: str = ""


class Document(BaseModel):
    """A pretend file. `traits` are the flaws that a slot can refuse (`one-side`, `other-name`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    name: str
    size_kb: int = 100
    traits: tuple[str, ...] = ()
    later: bool = False
    folder: str = "documents"

    @property
    def type(self) -> str:
        """The ending of the name, in small letters: `pdf`."""
        return self.name.rpartition(".")[2].lower()

    @property
    def weight(self) -> str:
        """The size as people read it: `410 Ko`, `3,2 Mo`."""
        if self.size_kb < 1000:
            return f"{self.size_kb} Ko"
        return f"{self.size_kb / 1000:.1f}".replace(".", ",").removesuffix(",0") + " Mo"


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the practice card; a repeated field takes the value of its rank."""

    key: str
    label: str
    values: tuple[str, ...]
    personal: bool = False


@dataclass(frozen=True, eq=False)
class Setting:
    """What never changes while a scene is played."""

    owner: Person
    people: Mapping[str, Person]
    documents: Mapping[str, Document]
    card: tuple[CardLine, ...]
    lines: Mapping[str, CardLine] = field(init=False)
    by_mail: Mapping[str, Person] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", {line.key: line for line in self.card})
        object.__setattr__(self, "by_mail", {p.mail.casefold(): p for p in self.people.values() if p.mail})


@dataclass(frozen=True, slots=True)
class Desk:
    """The setting as it is now: the learner's day, the days the story has moved on, the documents at hand."""

    setting: Setting
    today: date
    day: int
    documents: frozenset[str]

    @property
    def story_day(self) -> date:
        return self.today + timedelta(days=self.day)

    def at_hand(self) -> list[Document]:
        """The documents on the device, in the author's order."""
        return [d for d in self.setting.documents.values() if d.id in self.documents]

    def value(self, source: str, rank: int = 1) -> str:
        """What `card.x` or a literal stands for today; `rank` counts from 1 in a repeated field."""
        key = source.removeprefix("card.")
        if key == source:
            return dates.fill(source, self.today)
        line = self.setting.lines[key]
        return dates.fill(line.values[min(rank, len(line.values)) - 1], self.today)

    def card(self, wanted: Collection[str]) -> list[tuple[str, str, str]]:
        """The practice card's lines: key, label, values of today. Of the person's own lines only those wanted."""
        return [
            (line.key, line.label, " · ".join(dates.fill(value, self.today) for value in line.values))
            for line in self.setting.card
            if not line.personal or line.key in wanted or line.key in ALWAYS
        ]
