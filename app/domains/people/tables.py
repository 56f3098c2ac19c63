"""Rows about people. We know as little as possible: no e-mail, no surname, no birth date."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.storage.columns import Moment

OPEN_DOOR = UUID("00000000-0000-7000-8000-000000000001")
"""The organisation of guests; the first migration makes it."""


def of_person() -> sa.Column[UUID]:
    """A column that refers to its person and goes with them."""
    return sa.Column(sa.Uuid, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False)


class Organisation(SQLModel, table=True):
    id: UUID = Field(primary_key=True)
    name: str
    kind: str
    created_at: datetime = Field(sa_type=Moment)


class Person(SQLModel, table=True):
    """A guest or a learner. `seen_at` is their last act: silence is erased after twelve months."""

    __table_args__ = (sa.Index("person_by_silence", "organisation_id", "seen_at"),)
    id: UUID = Field(primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id")
    kind: str
    nickname: str | None = None
    locale: str
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)


class Session(SQLModel, table=True):
    """A device that knows somebody. `mine`: the answer to « Cet appareil est à vous ? », None before it."""

    __table_args__ = (
        sa.Index("session_of_person", "organisation_id", "person_id"),
        sa.Index("session_by_person", "person_id"),
    )
    id: UUID = Field(primary_key=True)
    organisation_id: UUID
    person_id: UUID = Field(sa_column=of_person())
    token_hash: bytes = Field(unique=True)
    mine: bool | None = None
    created_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)


class Keepsake(SQLModel, table=True):
    """« Garder mon travail »: a code to write down and a token to photograph; only their hashes are kept."""

    __table_args__ = (
        sa.Index("keepsake_of_person", "organisation_id", "person_id"),
        sa.Index("keepsake_by_person", "person_id"),
    )
    id: UUID = Field(primary_key=True)
    organisation_id: UUID
    person_id: UUID = Field(sa_column=of_person())
    code_hash: bytes = Field(unique=True)
    token_hash: bytes = Field(unique=True)
    created_at: datetime = Field(sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
