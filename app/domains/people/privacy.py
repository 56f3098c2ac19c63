"""What we know of somebody, given to them whole; and erasure that erases."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

from app.domains.people import store

KEPT_FOR = timedelta(days=365)
"""After twelve months of silence everything goes."""

SECRET = frozenset({"token_hash", "code_hash", "once"})


def own_data(connection: Connection, person_id: UUID) -> dict[str, Any]:
    """Every row about a person, by table, as JSON values; keys of sessions and codes are left out."""
    found: dict[str, Any] = {}
    for table in SQLModel.metadata.sorted_tables:
        column = table.c.id if table.name == "person" else table.c.get("person_id")
        if column is None:
            continue
        shown = [each for each in table.c if each.name not in SECRET]
        rows = connection.execute(sa.select(*shown).where(column == person_id)).mappings()
        found[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return found


def erase(connection: Connection, person_id: UUID) -> None:
    """Erase somebody: no row of theirs is left."""
    store.erase(connection, person_id)


def forget_silent(connection: Connection, now: datetime) -> int:
    """Erase everybody who was silent for twelve months; answers how many."""
    silent = store.silent_since(connection, now - KEPT_FOR)
    for person_id in silent:
        store.erase(connection, person_id)
    return len(silent)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
