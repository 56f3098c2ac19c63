"""Guests: learners without an account. A row is made at the first answer, not at the first view."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.domains.people import sessions, store
from app.domains.people.tables import OPEN_DOOR


class AlreadyHere(Exception):
    """The same first answer came twice at once: the other one made the guest."""


def welcome(connection: Connection, token: str, locale: str, now: datetime) -> tuple[UUID, UUID]:
    """Make a guest; answers person and organisation. Raises AlreadyHere for the second of two at once."""
    try:
        with connection.begin_nested():
            person_id, _ = store.add_guest(connection, OPEN_DOOR, sessions.hashed(token), locale, now)
    except IntegrityError as why:
        raise AlreadyHere from why
    return person_id, OPEN_DOOR
