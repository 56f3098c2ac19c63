"""All SQL about people. Statements are built once."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from app.domains.people.tables import Keepsake, Organisation, Person, Session
from app.storage.columns import table_of
from app.storage.engine import ERASED
from app.storage.ids import new_id

organisation = table_of(Organisation)
person = table_of(Person)
session = table_of(Session)
keepsake = table_of(Keepsake)


class SessionRow(NamedTuple):
    session_id: UUID
    person_id: UUID
    organisation_id: UUID
    mine: bool | None
    seen_at: datetime
    kind: str
    nickname: str | None


SESSION_COLUMNS = (
    session.c.id,
    session.c.person_id,
    session.c.organisation_id,
    session.c.mine,
    session.c.seen_at,
    person.c.kind,
    person.c.nickname,
)
OPEN_SESSION = (
    sa.select(*SESSION_COLUMNS)
    .join(person, person.c.id == session.c.person_id)
    .where(session.c.token_hash == sa.bindparam("token_hash"), session.c.ended_at.is_(None))
)


def session_of(connection: Connection, token_hash: bytes) -> SessionRow | None:
    row = connection.execute(OPEN_SESSION, {"token_hash": token_hash}).first()
    return SessionRow(*row) if row else None


def add_guest(
    connection: Connection, organisation_id: UUID, token_hash: bytes, locale: str, now: datetime
) -> tuple[UUID, UUID]:
    """A guest and their session; answers person and session. Raises IntegrityError where the token is known already."""
    person_id, session_id = new_id(), new_id()
    connection.execute(
        person.insert(),
        {
            "id": person_id,
            "organisation_id": organisation_id,
            "kind": "guest",
            "locale": locale,
            "created_at": now,
            "seen_at": now,
        },
    )
    add_session(connection, organisation_id, person_id, token_hash, now, session_id)
    return person_id, session_id


def add_session(
    connection: Connection,
    organisation_id: UUID,
    person_id: UUID,
    token_hash: bytes,
    now: datetime,
    session_id: UUID | None = None,
) -> None:
    connection.execute(
        session.insert(),
        {
            "id": session_id or new_id(),
            "organisation_id": organisation_id,
            "person_id": person_id,
            "token_hash": token_hash,
            "created_at": now,
            "seen_at": now,
        },
    )


TOUCH_SESSION = session.update().where(session.c.id == sa.bindparam("key")).values(seen_at=sa.bindparam("now"))
TOUCH_PERSON = person.update().where(person.c.id == sa.bindparam("key")).values(seen_at=sa.bindparam("now"))


def touch(connection: Connection, session_id: UUID, person_id: UUID, now: datetime) -> None:
    connection.execute(TOUCH_SESSION, {"key": session_id, "now": now})
    connection.execute(TOUCH_PERSON, {"key": person_id, "now": now})


def set_mine(connection: Connection, session_id: UUID, mine: bool) -> None:
    connection.execute(session.update().where(session.c.id == session_id).values(mine=mine))


def end_session(connection: Connection, session_id: UUID, now: datetime) -> None:
    connection.execute(session.update().where(session.c.id == session_id).values(ended_at=now))


def add_keepsake(
    connection: Connection, organisation_id: UUID, person_id: UUID, code: bytes, token: bytes, now: datetime
) -> None:
    """A code and a token. Raises IntegrityError where somebody has that code already."""
    values = {
        "id": new_id(),
        "organisation_id": organisation_id,
        "person_id": person_id,
        "code_hash": code,
        "token_hash": token,
        "created_at": now,
    }
    connection.execute(keepsake.insert(), values)


def revoke_keepsakes(connection: Connection, person_id: UUID, now: datetime) -> None:
    """Every living code of a person is dead at once."""
    living = keepsake.update().where(keepsake.c.person_id == person_id, keepsake.c.revoked_at.is_(None))
    connection.execute(living.values(revoked_at=now))


def person_of_keepsake(connection: Connection, hashes: list[bytes]) -> tuple[UUID, UUID] | None:
    """Person and organisation of a living code or token."""
    found = sa.select(keepsake.c.person_id, keepsake.c.organisation_id).where(
        sa.or_(keepsake.c.code_hash.in_(hashes), keepsake.c.token_hash.in_(hashes)), keepsake.c.revoked_at.is_(None)
    )
    row = connection.execute(found).first()
    return (row[0], row[1]) if row else None


def give_to(connection: Connection, person_id: UUID, other: UUID, organisation_id: UUID) -> None:
    """Another device that goes on with this work, and a code on paper, lead to the person who has the work now."""
    for table in (session, keepsake):
        theirs = table.update().where(table.c.person_id == person_id)
        connection.execute(theirs.values(person_id=other, organisation_id=organisation_id))


def erase(connection: Connection, person_id: UUID) -> None:
    """The person and, by the tables' own cascade, every row of theirs."""
    connection.execute(person.delete().where(person.c.id == person_id))
    connection.info[ERASED] = True


def silent_since(connection: Connection, moment: datetime, limit: int = 500) -> list[UUID]:
    found = sa.select(person.c.id).where(person.c.seen_at < moment).limit(limit)
    return list(connection.execute(found).scalars())
