"""Rows about learning. The log says what happened, never what was typed."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.domains.people.tables import of_person
from app.storage.columns import Json, Moment


class Event(SQLModel, table=True):
    """Something that happened. Its id is made by whoever recorded it: recording it twice changes nothing."""

    __table_args__ = (
        sa.Index("event_of_person", "organisation_id", "person_id", "sequence"),
        sa.Index("event_by_person", "person_id"),
        {"sqlite_autoincrement": True},
    )
    sequence: int | None = Field(
        default=None, sa_column=sa.Column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    )
    id: UUID = Field(unique=True)
    organisation_id: UUID
    person_id: UUID = Field(sa_column=of_person())
    module: str
    step: str
    kind: str
    tone: str
    data: dict[str, Any] = Field(sa_column=sa.Column(Json, nullable=False))
    at: datetime = Field(sa_type=Moment)


class StepState(SQLModel, table=True):
    """Where a person stands in a step: emptied of typed text when the step is done.

    `once` is the key of the last act: its repeat gets the same page. `helped`: 0 nothing, 1 hint or show, 2 together.
    """

    __tablename__ = "step_state"
    person_id: UUID = Field(
        sa_column=sa.Column(sa.Uuid, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    )
    module: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    organisation_id: UUID
    revision: int
    content_hash: str
    state: dict[str, Any] = Field(sa_column=sa.Column(Json, nullable=False))
    outcome: dict[str, Any] = Field(sa_column=sa.Column(Json, nullable=False))
    once: UUID
    helped: int = 0
    hints: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class ModuleProgress(SQLModel, table=True):
    """What a person achieved in a module (a merge of events), and the place of their last act (no achievement)."""

    __tablename__ = "module_progress"
    person_id: UUID = Field(
        sa_column=sa.Column(sa.Uuid, sa.ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    )
    module: str = Field(primary_key=True)
    organisation_id: UUID
    place: str
    levels: dict[str, str] = Field(sa_column=sa.Column(Json, nullable=False))
    weight: int = 0
    updated_at: datetime = Field(sa_type=Moment)
