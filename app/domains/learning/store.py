"""All SQL about learning. The two hot deeds, record an act and read a place, use statements built once."""

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
    return _inserted(connection, event, values, ["id"])


def put_state(connection: Connection, key: dict[str, Any], before: int | None, values: dict[str, Any]) -> bool:
    """Write a step's state if nobody was faster: `before` is the revision it must still have (None: no row)."""
    if before is None:
        return _inserted(connection, step_state, {**key, **values}, ["person_id", "module", "step"])
    where = {f"{name}_": value for name, value in key.items()}
    return connection.execute(_MOVE_ON, {**values, **where, "before": before}).rowcount == 1


def _inserted(connection: Connection, table: sa.Table, values: dict[str, Any], key: list[str]) -> bool:
    """Insert a row unless its key is there; whether it was inserted (a driver's rowcount is not to be trusted here)."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).on_conflict_do_nothing(index_elements=key).returning(table.c[key[0]])
    return connection.execute(statement, values).first() is not None


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


def put_progress(
    connection: Connection,
    key: dict[str, Any],
    place: str,
    gained: dict[str, str],
    weight: int,
    now: datetime,
) -> None:
    """Move the place, merge what was gained, add the bytes of our earlier replies."""
    mine = (module_progress.c.person_id == key["person_id"], module_progress.c.module == key["module"])
    found = connection.execute(
        sa.select(module_progress.c.levels, module_progress.c.weight).where(*mine).with_for_update()
    ).first()
    if found is None:
        values = {**key, "place": place, "levels": gained, "weight": weight, "updated_at": now}
        if _inserted(connection, module_progress, values, ["person_id", "module"]):
            return
        found = connection.execute(
            sa.select(module_progress.c.levels, module_progress.c.weight).where(*mine).with_for_update()
        ).one()
    levels = merge(found[0], gained)
    connection.execute(
        module_progress.update()
        .where(*mine)
        .values(place=place, levels=levels, weight=found[1] + weight, updated_at=now)
    )


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
    """Module, step, tone and moment of everything that was done or recalled, oldest first."""
    found = (
        sa.select(event.c.module, event.c.step, event.c.kind, event.c.tone, event.c.at)
        .where(event.c.person_id == person_id, event.c.kind.in_(("finished", "answered")))
        .order_by(event.c.sequence)
    )
    return [(row.module, row.step, row.tone, row.at) for row in connection.execute(found)]


def give_to(connection: Connection, person_id: UUID, other: UUID, organisation_id: UUID) -> None:
    """A guest's work goes to somebody else: events change owner, achievements are merged, the newer place wins."""
    connection.execute(
        event.update().where(event.c.person_id == person_id).values(person_id=other, organisation_id=organisation_id)
    )
    for row in progress_of(connection, person_id):
        key = {"person_id": other, "module": row.module, "organisation_id": organisation_id}
        put_progress(connection, key, row.place, row.levels, row.weight, row.updated_at)
    theirs = sa.select(step_state.c.module, step_state.c.step).where(step_state.c.person_id == other)
    known = {(other_row.module, other_row.step) for other_row in connection.execute(theirs)}
    mine = sa.select(step_state.c.module, step_state.c.step).where(step_state.c.person_id == person_id)
    for place in list(connection.execute(mine)):
        if (place.module, place.step) not in known:
            connection.execute(
                step_state.update()
                .where(
                    step_state.c.person_id == person_id,
                    step_state.c.module == place.module,
                    step_state.c.step == place.step,
                )
                .values(person_id=other, organisation_id=organisation_id)
            )
