"""Both databases keep what was acknowledged; their migrations make exactly the tables of the code."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlmodel import SQLModel

from app.domains.people.tables import OPEN_DOOR, Organisation
from app.settings import HOME
from app.storage.columns import table_of
from app.storage.engine import PRAGMAS, is_current, leave_no_trace, migrate, open_engine, open_for_migrations
from tests.databases import PostgresqlServer, SqliteFiles

MIGRATE = "import sys; from app.storage.engine import migrate; migrate(sys.argv[1])"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def test_sqlite_is_set_to_survive_a_power_cut(sqlite: SqliteFiles) -> None:
    meant = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1}
    assert set(meant) == set(PRAGMAS)
    with sqlite.migrated() as url:
        engine = open_engine(url)
        for writes in (False, True):
            with engine.execution_options(write=writes).connect() as connection:
                found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in meant}
            assert found == meant
        engine.dispose()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("server", "ours"), [("on", "on"), ("off", "on"), ("local", "on"), ("remote_apply", "remote_apply")]
)
def test_postgresql_waits_for_its_disk_whatever_it_was_told(
    postgresql: PostgresqlServer, server: str, ours: str
) -> None:
    with postgresql.empty() as url:
        engine = open_engine(url)
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            name = connection.execute(sa.text("SELECT current_database()")).scalar_one()
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = '{server}'")
        engine.dispose()
        with engine.connect() as connection:
            assert connection.execute(sa.text("SHOW synchronous_commit")).scalar_one() == ours
        engine.dispose()


def test_migrations_make_exactly_the_tables_of_the_code(empty_database_url: str) -> None:
    engine = open_engine(empty_database_url)
    assert not is_current(engine)
    migrate(empty_database_url)
    assert is_current(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert len(SQLModel.metadata.tables) >= 7
        assert compare_metadata(context, SQLModel.metadata) == []
        organisation = table_of(Organisation)
        assert list(connection.execute(sa.select(organisation.c.id)).scalars()) == [OPEN_DOOR]
    engine.dispose()


def test_processes_that_start_together_migrate_once(empty_database_url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, empty_database_url], cwd=HOME, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    engine = open_engine(empty_database_url)
    assert is_current(engine)
    engine.dispose()


def test_a_migration_that_makes_a_table_anew_takes_no_rows_along(sqlite: SqliteFiles) -> None:
    with sqlite.migrated() as url:
        engine = open_for_migrations(url)
        with engine.execution_options(write=True).connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 0
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        engine.dispose()


def test_every_table_of_a_person_is_found_by_an_index(engine: Engine) -> None:
    inspector = sa.inspect(engine)
    for table in SQLModel.metadata.sorted_tables:
        if "person_id" not in table.c:
            continue
        led = [inspector.get_pk_constraint(table.name)["constrained_columns"]]
        led += [index["column_names"] for index in inspector.get_indexes(table.name)]
        assert any(columns[:1] == ["person_id"] for columns in led), f"an erasure would read all of {table.name}"


def test_sqlites_log_is_given_back_when_nobody_reads(sqlite: SqliteFiles) -> None:
    with sqlite.migrated() as url:
        engine, impatient = open_engine(url), sa.create_engine(url, connect_args={"timeout": 0})
        with engine.connect() as reader:
            reader.execute(sa.select(table_of(Organisation))).all()
            with engine.execution_options(write=True).begin() as writer:
                writer.execute(table_of(Organisation).update().values(name="Porte"))
            assert not leave_no_trace(impatient)
        assert leave_no_trace(engine)
        assert Path(f"{engine.url.database}-wal").stat().st_size == 0
        impatient.dispose()
        engine.dispose()
