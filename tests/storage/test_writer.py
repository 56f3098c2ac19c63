"""Nothing is acknowledged before it is committed, and one bad deed harms nobody else."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from app.storage.engine import PRAGMAS, is_current, migrate, open_engine
from app.storage.ids import new_id
from app.storage.writer import GroupWriter, NotSaved, Writer, reader_of, writer_of

ORGANISATION = sa.text(
    "INSERT INTO organisation (id, name, kind, created_at) VALUES (:id, :name, 'class', '2026-01-01 00:00:00')"
)
COUNT = sa.text("SELECT count(*) FROM organisation WHERE kind = 'class'")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = writer_of(engine)
    yield writer
    writer.close()


def adding(engine: Engine, name: str, key: Any = None) -> Any:
    identifier = key or new_id()
    plain = identifier.hex if engine.dialect.name == "sqlite" else identifier

    def deed(connection: Connection) -> str:
        connection.execute(ORGANISATION, {"id": plain, "name": name})
        return name

    return deed


def counted(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(COUNT).scalar_one())


def test_four_writers_at_once_lose_nothing(engine: Engine, writer: Writer) -> None:
    async def one(who: int) -> None:
        for n in range(25):
            assert await writer.write(adding(engine, f"{who}-{n}")) == f"{who}-{n}"

    async def all_() -> None:
        await asyncio.gather(*(one(who) for who in range(4)))

    asyncio.run(all_())
    assert counted(engine) == 100


def test_a_bad_deed_in_a_batch_harms_nobody_else(engine: Engine, writer: Writer) -> None:
    key = new_id()

    async def all_() -> list[Any]:
        deeds = [adding(engine, "first", key), adding(engine, "same key", key)]
        deeds += [adding(engine, f"good {n}") for n in range(8)]
        return await asyncio.gather(*(writer.write(deed) for deed in deeds), return_exceptions=True)

    answers = asyncio.run(all_())
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert counted(engine) == 9


def test_a_commit_that_fails_is_an_error_and_not_an_answer(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = writer_of(engine)
    failing = [True]

    def refuse(connection: Connection) -> None:
        if failing[0]:
            raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    sa.event.listen(engine, "commit", refuse)
    with pytest.raises(NotSaved):
        asyncio.run(writer.write(adding(engine, "lost")))
    failing[0] = False
    assert asyncio.run(writer.write(adding(engine, "kept"))) == "kept"
    writer.close()
    assert counted(engine) == 1


def test_a_writer_finishes_what_is_waiting_before_it_closes(engine: Engine) -> None:
    writer = writer_of(engine)

    async def all_() -> None:
        waiting = [asyncio.create_task(writer.write(adding(engine, str(n)))) for n in range(20)]
        await asyncio.sleep(0)
        if isinstance(writer, GroupWriter):
            await asyncio.to_thread(writer.close)
        await asyncio.gather(*waiting)

    asyncio.run(all_())
    writer.close()
    assert counted(engine) == 20


def test_sqlite_is_set_to_survive_a_power_cut(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            assert connection.execute(sa.text("SHOW synchronous_commit")).scalar_one() == "on"
        return
    meant = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}
    assert set(meant) == set(PRAGMAS)
    for writes in (False, True):
        with engine.execution_options(write=writes).connect() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in meant}
        assert found == meant


def test_migrations_make_exactly_the_tables_of_the_code(empty_database_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    engine = open_engine(empty_database_url)
    assert not is_current(engine)
    migrate(empty_database_url)
    assert is_current(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_reading_goes_on_while_somebody_writes(engine: Engine, writer: Writer) -> None:
    reader = reader_of(engine)

    async def both() -> int:
        writing = [writer.write(adding(engine, str(n))) for n in range(30)]
        reading = [reader.read(lambda c: c.execute(COUNT).scalar_one()) for _ in range(30)]
        await asyncio.gather(*writing, *reading)
        return int(await reader.read(lambda c: c.execute(COUNT).scalar_one()))

    assert asyncio.run(both()) == 30
    reader.close()
