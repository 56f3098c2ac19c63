"""We know as little as possible; what we know is given whole, and erasure erases."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import SQLModel

from app.domains.people import keepsakes, privacy
from tests import makers
from tests.databases import SqliteFiles
from tests.makers import NOW, SECRET, Learner, run, stop


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = makers.engine(database_url)
    yield engine
    engine.dispose()


def with_everything(engine: Engine) -> Learner:
    amina = Learner(makers.learning(engine))
    amina.answer(stop("when"), {"choice": ["tuesday"]})
    with engine.execution_options(write=True).begin() as connection:
        keepsakes.keep(connection, amina.last.me, SECRET, NOW)
    return amina


def personal_tables() -> list[sa.Table]:
    return [t for t in SQLModel.metadata.sorted_tables if t.name == "person" or "person_id" in t.c]


def test_own_data_covers_every_table_with_a_person(engine: Engine) -> None:
    amina = with_everything(engine)
    with engine.connect() as connection:
        found = privacy.own_data(connection, amina.last.me.person_id)
    assert set(found) == {table.name for table in personal_tables()}
    assert all(rows for rows in found.values()), found
    assert "token_hash" not in str(found)


def test_erasure_leaves_no_row_and_harms_nobody_else(engine: Engine) -> None:
    amina, other = with_everything(engine), with_everything(engine)
    with engine.execution_options(write=True).begin() as connection:
        privacy.erase(connection, amina.last.me.person_id)
        for table in personal_tables():
            column = table.c.id if table.name == "person" else table.c.person_id
            owners = set(connection.execute(sa.select(column)).scalars())
            assert owners == {other.last.me.person_id}, table.name


def test_silence_of_a_year_is_erased(engine: Engine) -> None:
    old, new = with_everything(engine), with_everything(engine)
    with engine.execution_options(write=True).begin() as connection:
        person = SQLModel.metadata.tables["person"]
        connection.execute(
            person.update().where(person.c.id == old.last.me.person_id).values(seen_at=NOW - timedelta(days=366))
        )
        assert privacy.forget_silent(connection, NOW) == 1
        assert list(connection.execute(sa.select(person.c.id)).scalars()) == [new.last.me.person_id]


def test_a_person_is_a_language_and_perhaps_a_nickname() -> None:
    columns = set(SQLModel.metadata.tables["person"].c.keys())
    assert columns == {"id", "organisation_id", "kind", "nickname", "locale", "created_at", "seen_at"}


def test_erasure_leaves_no_byte_in_sqlites_files(sqlite: SqliteFiles) -> None:
    with sqlite.migrated() as url:
        engine = makers.engine(url)
        amina, at = Learner(makers.learning(engine)), stop("answer-lea")
        amina.answer(at, {"act": ["mail.reply"]})
        amina.answer(at, {"act": ["mail.attach"], "body": ["Le perroquet vient mardi."]})
        assert b"perroquet" in bytes_of(engine)
        writer = amina.learning.writer
        run(writer.write(lambda c: privacy.erase(c, amina.last.me.person_id)))
        writer.close()
        assert b"perroquet" not in bytes_of(engine)
        assert amina.last.me.person_id.hex.encode() not in bytes_of(engine)
        engine.dispose()


def bytes_of(engine: Engine) -> bytes:
    files = [Path(f"{engine.url.database}{ending}") for ending in ("", "-wal")]
    return b"".join(file.read_bytes() for file in files if file.exists())
