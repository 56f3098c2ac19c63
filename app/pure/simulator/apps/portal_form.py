"""The forms of a portal, as an author writes them: pages of fields or slots, a summary, a result, a receipt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from app.pure.simulator.apps.base import Content
from app.pure.simulator.formats import FORMATS

Text = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int | float) else value)]
"""Text that an author may also write as a bare number: `is: 680`."""

LONGEST = 100
"""Characters of a field that are kept: the state stays small, and no line of a form is longer."""


class WrongValue(Content):
    """A value we know to be wrong, and what our coach says; without `is` it takes every other value."""

    is_: Text | None = Field(default=None, alias="is")
    say: str


class FieldContent(Content):
    """One question of a page.

    Two voices: `format` and `ways` are the pretend site's, inside the frame; `from` and `wrong` are our coach's.
    `free`: `from` is only an example, every well-written answer will do. `same_as`: typed twice to avoid a slip.
    """

    id: str
    label: str
    format: str = "text"
    source: Text | None = Field(default=None, alias="from")
    free: bool = False
    optional: bool = False
    note: str | None = None
    past: bool = False
    options: Mapping[str, str] = {}
    same_as: str | None = None
    shown_if: Mapping[str, bool | str] = {}
    wrong: tuple[WrongValue, ...] = ()
    ways: Mapping[str, str] = {}

    @field_validator("format")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in FORMATS:
            raise ValueError(f'no format is called "{value}"; known: {", ".join(sorted(FORMATS))}')
        return value

    @field_validator("options", mode="before")
    @classmethod
    def _has_words_for_ids(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and any(isinstance(key, bool) for key in value):
            raise ValueError(
                "an option id is never yes or no: YAML reads them as true and false; write yes-kin, no-kin"
            )
        return value

    @model_validator(mode="after")
    def _offers_a_choice(self) -> "FieldContent":
        if (self.format == "one-of") != bool(self.options):
            raise ValueError("options go with format: one-of, and one-of needs options")
        if self.options and self.source and not self.source.startswith("card.") and self.source not in self.options:
            raise ValueError(f'from: "{self.source}" is not among the options')
        return self


class Repeat(Content):
    """The same fields several times: one group for each child. `{n}` in a label is the rank."""

    id: str
    label: str = ""
    repeat: int = Field(ge=1, le=9)
    fields: tuple[FieldContent, ...]


class Slot(Content):
    """A place for one document. `wrong` answers a flaw of the document (a trait); all refusals are the site's voice."""

    id: str
    label: str
    accept: tuple[str, ...]
    wrong: Mapping[str, str] = {}
    max_mb: float = 5
    types: tuple[str, ...] = ("pdf", "jpg", "png")
    optional: bool = False


class Receipt(Content):
    """The proof that a form was sent; `download` is a document that comes to the device."""

    number: Text
    text: str = ""
    download: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A field where it stands on its page: `name` is `page.field`, in a repeat `page.group-rank.field`."""

    name: str
    page: str
    prefix: str
    field: FieldContent
    rank: int
    label: str
    group: str

    @property
    def secret(self) -> bool:
        """A password: never kept, never shown again."""
        return self.field.format == "password"


class Page(Content):
    """One page of a form: it holds exactly one of fields, slots, summary, result, receipt."""

    id: str
    title: str
    fields: tuple[FieldContent | Repeat, ...] = ()
    slots: tuple[Slot, ...] = ()
    summary: tuple[str, ...] = ()
    button: str | None = None
    result: str | None = None
    receipt: Receipt | None = None
    calculator: bool = False

    @model_validator(mode="after")
    def _holds_one_thing(self) -> "Page":
        held = [self.fields, self.slots, self.summary, self.result, self.receipt]
        if sum(1 for thing in held if thing) != 1:
            raise ValueError("a page holds exactly one of: fields, slots, summary, result, receipt")
        names = {box.name for box in self.boxes}
        for box in self.boxes:
            for asked in (*box.field.shown_if, *([box.field.same_as] if box.field.same_as else [])):
                if not {box.prefix + asked, f"{self.id}.{asked}"} & names:
                    raise ValueError(f'{box.field.id} depends on "{asked}", which is not a field of this page')
        return self

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Its fields in the order of the page, repeats unrolled."""
        return tuple(self._boxes())

    @cached_property
    def names(self) -> frozenset[str]:
        """The full names of its fields and slots."""
        return frozenset([box.name for box in self.boxes] + [self.slot_name(slot) for slot in self.slots])

    def box(self, name: str) -> Box | None:
        return next((box for box in self.boxes if box.name == name), None)

    def slot(self, name: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.id == name), None)

    def may_belong(self, slot: str, document: str) -> bool:
        """Whether a document is worth trying in a slot: not where it belongs in another slot of this page."""
        return not any(document in other.accept for other in self.slots if other.id != slot)

    def slot_name(self, slot: Slot) -> str:
        return f"{self.id}.{slot.id}"

    def _boxes(self) -> Iterator[Box]:
        for item in self.fields:
            if isinstance(item, FieldContent):
                yield Box(f"{self.id}.{item.id}", self.id, f"{self.id}.", item, 1, item.label, "")
                continue
            for rank in range(1, item.repeat + 1):
                prefix = f"{self.id}.{item.id}-{rank}."
                group = _ranked(item.label, rank)
                for inner in item.fields:
                    yield Box(prefix + inner.id, self.id, prefix, inner, rank, _ranked(inner.label, rank), group)


class Form(Content):
    """A form of the site: its pages in order. `save`: it can be put aside and taken up again."""

    id: str
    save: bool = False
    pages: tuple[Page, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sums_up_its_own_pages(self) -> "Form":
        known = {page.id for page in self.pages}
        for page in self.pages:
            if unknown := [name for name in page.summary if name not in known]:
                raise ValueError(f'{page.id}: summary names "{unknown[0]}", which is not a page of {self.id}')
        return self

    def after(self, page: Page) -> Page | None:
        place = self.pages.index(page)
        return self.pages[place + 1] if place + 1 < len(self.pages) else None

    def before(self, page: Page) -> Page | None:
        place = self.pages.index(page)
        return self.pages[place - 1] if place else None


def _ranked(label: str, rank: int) -> str:
    return label.replace("{n}", str(rank))
