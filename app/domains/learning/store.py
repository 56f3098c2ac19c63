"""All SQL about learning. The two hot deeds, record an act and read a place, use statements built once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from app.domains.learning.progress import merge
from app.domains.learning.tables import Event, ModuleProgress, StepState
from app.domains.people import store as people
from app.storage.columns import table_of

event = table_of(Event)
step_state = table_of(StepState)
module_progress = table_of(ModuleProgress)


class StateRow(NamedTuple):
    revision: int
    content_hash: str
    state: dict[str, Any]
    outcome: dict[str, Any]
    once: UUID
    helped: int
    hints: int
    done_at: datetime | None


class ProgressRow(NamedTuple):
    module: str
    place: str
    levels: dict[str, str]
    weight: int
    updated_at: datetime


_STATE = (
    step_state.c.revision,
    step_state.c.content_hash,
    step_state.c.state,
    step_state.c.outcome,
    step_state.c.once,
    step_state.c.helped,
    step_state.c.hints,
    step_state.c.done_at,
)
_PLACE = (
    sa.select(*people.SESSION_COLUMNS, *_STATE, module_progress.c.levels)
    .join(people.person, people.person.c.id == people.session.c.person_id)
    .outerjoin(
        step_state,
        sa.and_(
            step_state.c.person_id == people.session.c.person_id,
            step_state.c.module == sa.bindparam("module"),
            step_state.c.step == sa.bindparam("step"),
        ),
    )
    .outerjoin(
        module_progress,
        sa.and_(
            module_progress.c.person_id == people.session.c.person_id,
            module_progress.c.module == sa.bindparam("module"),
        ),
    )
    .where(people.session.c.token_hash == sa.bindparam("token_hash"), people.session.c.ended_at.is_(None))
)


def place_of(
    connection: Connection, token_hash: bytes, module: str, step: str
) -> tuple[people.SessionRow, StateRow | None, dict[str, str]] | None:
    """Who has this token, where they stand in the step, what they did in the module: one statement."""
    found = connection.execute(_PLACE, {"token_hash": token_hash, "module": module, "step": step}).first()
    if found is None:
        return None
    width = len(people.SESSION_COLUMNS)
    row = StateRow(*found[width:-1]) if found[width] is not None else None
    return people.SessionRow(*found[:width]), row, found[-1] or {}


def append(connection: Connection, values: dict[str, Any]) -> bool:
    """Append an event; False where that very event is there already."""
    return _inserted(connection, event, values)


def put_state(connection: Connection, key: dict[str, Any], before: int | None, values: dict[str, Any]) -> bool:
    """Write a step's state if nobody was faster: `before` is the revision it must still have (None: no row)."""
    if before is None:
        return _inserted(connection, step_state, {**key, **values})
    where = {f"{name}_": value for name, value in key.items()}
    return connection.execute(_MOVE_ON, {**values, **where, "before": before}).rowcount == 1


def put_progress(
    connection: Connection,
    key: dict[str, Any],
    place: str,
    gained: Mapping[str, str],
    weight: int,
    now: datetime,
) -> None:
    """Move the place, merge what was gained, add the bytes of our earlier replies."""
    mine = {"person_id_": key["person_id"], "module_": key["module"]}
    found = connection.execute(_GAINED, mine).first()
    if found is None:
        values = {**key, "place": place, "levels": dict(gained), "weight": weight, "updated_at": now}
        if _inserted(connection, module_progress, values):
            return
        found = connection.execute(_GAINED, mine).one()
    levels = merge(found.levels, gained)
    moved = {"place": place, "levels": levels, "weight": found.weight + weight, "updated_at": now}
    connection.execute(_GAIN, {**moved, **mine})


def _inserted(connection: Connection, table: sa.Table, values: dict[str, Any]) -> bool:
    """Insert a row unless its key is there; whether it was inserted (a driver's rowcount is not to be trusted here)."""
    return connection.execute(_INSERTS[connection.dialect.name, table.name], values).first() is not None


_MOVE_ON = (
    step_state.update()
    .where(
        step_state.c.person_id == sa.bindparam("person_id_"),
        step_state.c.module == sa.bindparam("module_"),
        step_state.c.step == sa.bindparam("step_"),
        step_state.c.revision == sa.bindparam("before"),
    )
    .values({name: sa.bindparam(name) for name in (*StateRow._fields, "updated_at")})
)
_MY_PROGRESS = (
    module_progress.c.person_id == sa.bindparam("person_id_"),
    module_progress.c.module == sa.bindparam("module_"),
)
_GAINED = sa.select(module_progress.c.levels, module_progress.c.weight).where(*_MY_PROGRESS).with_for_update()
_GAIN = (
    module_progress.update()
    .where(*_MY_PROGRESS)
    .values({name: sa.bindparam(name) for name in ("place", "levels", "weight", "updated_at")})
)


def _insert(dialect: Any, table: sa.Table, key: tuple[str, ...]) -> Any:
    written: dict[str, Any] = {
        column.name: sa.bindparam(column.name) for column in table.c if column.name != "sequence"
    }
    statement = dialect.insert(table).values(written)
    return statement.on_conflict_do_nothing(index_elements=list(key)).returning(table.c[key[0]])


_INSERTS = {
    (name, table.name): _insert(dialect, table, key)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
    for table, key in (
        (event, ("id",)),
        (step_state, ("person_id", "module", "step")),
        (module_progress, ("person_id", "module")),
    )
}


def progress_of(connection: Connection, person_id: UUID) -> list[ProgressRow]:
    """Every module the person has begun, the latest first."""
    columns = [module_progress.c[name] for name in ProgressRow._fields]
    found = (
        sa.select(*columns)
        .where(module_progress.c.person_id == person_id)
        .order_by(module_progress.c.updated_at.desc())
    )
    return [ProgressRow(*row) for row in connection.execute(found)]


def recalls_of(connection: Connection, person_id: UUID) -> list[tuple[str, str, str, datetime]]:
    """Module, step, tone and moment of what was finished and what went wrong, oldest first.

    An act on the way is neither: touching a step again is not yet remembering it.
    """
    return [(row.module, row.step, row.tone, row.at) for row in connection.execute(_RECALLS, {"person_id_": person_id})]


_RECALLS = (
    sa.select(event.c.module, event.c.step, event.c.tone, event.c.at)
    .where(
        event.c.person_id == sa.bindparam("person_id_"),
        sa.or_(event.c.kind == "finished", sa.and_(event.c.kind == "answered", event.c.tone == "wrong")),
    )
    .order_by(event.c.sequence)
)


def give_to(connection: Connection, person_id: UUID, other: UUID, organisation_id: UUID) -> None:
    """A guest's work goes to somebody else: events change owner, achievements are merged, the later place wins.

    Where both were in the same step, the other's page stays as it is.
    """
    owner = {"person_id": other, "organisation_id": organisation_id}
    mine, theirs = _last_acts(connection, person_id), _last_acts(connection, other)
    already = {row.module: row for row in progress_of(connection, other)}
    connection.execute(event.update().where(event.c.person_id == person_id).values(owner))
    for row in progress_of(connection, person_id):
        later = mine.get(row.module, 0) > theirs.get(row.module, 0)
        last = row if later else already.get(row.module, row)
        key = {**owner, "module": row.module}
        put_progress(connection, key, last.place, row.levels, row.weight, last.updated_at)
    known = sa.select(step_state.c.module, step_state.c.step).where(step_state.c.person_id == other)
    new = sa.tuple_(step_state.c.module, step_state.c.step).not_in(known)
    connection.execute(step_state.update().where(step_state.c.person_id == person_id, new).values(owner))


def _last_acts(connection: Connection, person_id: UUID) -> dict[str, int]:
    """Module -> the sequence of the last act in it: the server's own order, whatever its clock said."""
    found = sa.select(event.c.module, sa.func.max(event.c.sequence)).where(event.c.person_id == person_id)
    return {module: last for module, last in connection.execute(found.group_by(event.c.module))}
