"""Nothing is acknowledged before it is committed, and one bad deed harms nobody else."""

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from app.storage.engine import open_engine
from app.storage.ids import new_id
from app.storage.writer import GroupWriter, NotSaved, Writer, reader_of, writer_of
from tests.databases import PostgresqlServer, SqliteFiles

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


def test_reading_goes_on_while_somebody_writes(engine: Engine, writer: Writer) -> None:
    reader = reader_of(engine)

    async def both() -> int:
        writing = [writer.write(adding(engine, str(n))) for n in range(30)]
        reading = [reader.read(lambda c: c.execute(COUNT).scalar_one()) for _ in range(30)]
        await asyncio.gather(*writing, *reading)
        return int(await reader.read(lambda c: c.execute(COUNT).scalar_one()))

    assert asyncio.run(both()) == 30
    reader.close()


def test_who_hangs_up_while_waiting_harms_nobody_else(engine: Engine, writer: Writer) -> None:
    busy, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> str:
        busy.set()
        go_on.wait(5)
        return "slow"

    async def all_() -> list[Any]:
        first = asyncio.create_task(writer.write(slow))
        await asyncio.to_thread(busy.wait, 5)
        gone = asyncio.create_task(writer.write(adding(engine, "gone")))
        kept = asyncio.create_task(writer.write(adding(engine, "kept")))
        await asyncio.sleep(0)
        gone.cancel()
        first.cancel()
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.wait_for(asyncio.gather(first, gone, kept, return_exceptions=True), 5)

    first, gone, kept = asyncio.run(all_())
    assert isinstance(first, asyncio.CancelledError)
    assert isinstance(gone, asyncio.CancelledError)
    assert kept == "kept"
    assert asyncio.run(writer.write(adding(engine, "later"))) == "later"


def test_a_locked_database_is_said_to_all_who_wait_at_once(sqlite: SqliteFiles) -> None:
    with sqlite.migrated() as url:
        engine = open_engine(url)
        writer = writer_of(engine)

        async def all_() -> list[Any]:
            deeds = [adding(engine, f"lost {n}") for n in range(12)]
            return await asyncio.gather(*(writer.write(deed) for deed in deeds), return_exceptions=True)

        with engine.execution_options(write=True).begin() as another_process:
            another_process.execute(COUNT)
            began = time.monotonic()
            answers = asyncio.run(all_())
            took = time.monotonic() - began
        assert all(isinstance(answer, NotSaved) for answer in answers)
        # two waits of five seconds at most, not one for each
        assert took < 15
        assert asyncio.run(writer.write(adding(engine, "kept"))) == "kept"
        assert counted(engine) == 1
        writer.close()
        engine.dispose()


@pytest.mark.postgresql
def test_a_database_that_is_away_is_said(postgresql: PostgresqlServer) -> None:
    with postgresql.empty() as url:
        engine = open_engine(url.replace("?", "-away?"))
        writer, reader = writer_of(engine), reader_of(engine)
        with pytest.raises(NotSaved):
            asyncio.run(writer.write(adding(engine, "lost")))
        with pytest.raises(NotSaved):
            asyncio.run(reader.read(lambda c: c.execute(COUNT).scalar_one()))
        writer.close()
        reader.close()
        engine.dispose()


def test_after_closing_nothing_is_said_to_be_saved(engine: Engine) -> None:
    writer, reader = writer_of(engine), reader_of(engine)
    writer.close()
    writer.close()
    with pytest.raises(NotSaved):
        asyncio.run(writer.write(adding(engine, "late")))
    reader.close()
    assert counted(engine) == 0
