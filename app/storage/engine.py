"""Engines: SQLite that survives a power cut, PostgreSQL by URL; and the migrations of both."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event

ERASED = "erased"
"""A mark that a deed leaves in `connection.info` when it erased somebody: after the commit no bytes stay behind."""

HOME = Path(__file__).resolve().parents[2]

PRAGMAS = {
    "journal_mode": "WAL",
    # NORMAL may roll back committed work after a power cut in WAL mode (SQLite's own documentation)
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": "5000",
    # an erased learner leaves no bytes behind
    "secure_delete": "ON",
}


def open_engine(url: str) -> Engine:
    """The engine of a database; writers use `engine.execution_options(write=True)`."""
    if not url.startswith("sqlite"):
        engine = sa.create_engine(
            url, pool_size=10, max_overflow=10, pool_pre_ping=True, connect_args={"connect_timeout": 5}
        )
        event.listen(engine, "connect", _wait_for_the_disk)
        return engine
    path = sa.make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        connect_args={"check_same_thread": False},
        pool_size=10,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def open_for_migrations(url: str) -> Engine:
    """An engine whose SQLite doesn't watch foreign keys: a migration that makes a table anew drops the old one first,
    and its rows' cascade would take every learner's work along."""
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
    return engine


def migrate(url: str) -> None:
    """Bring a database to the newest revision."""
    command.upgrade(_config(url), "head")


def leave_no_trace(engine: Engine) -> bool:
    """After an erasure: SQLite's log gives back the old pages (`secure_delete` has emptied the new ones).

    False while a reader still needs the log; PostgreSQL's bytes go with its next VACUUM.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return not busy


def is_current(engine: Engine) -> bool:
    """Whether no migration is pending."""
    script = ScriptDirectory.from_config(_config(str(engine.url)))
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == script.get_current_head()


def _config(url: str) -> Config:
    config = Config(str(HOME / "alembic.ini"))
    config.set_main_option("script_location", str(HOME / "alembic"))
    config.attributes["url"] = url
    return config


def _set_pragmas(connection: sqlite3.Connection, record: Any) -> None:
    # the driver's own BEGINs come too late for BEGIN IMMEDIATE; we begin ourselves
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_for_the_disk(connection: psycopg.Connection[Any], record: Any) -> None:
    """A server that was set to answer before its disk did would lose acknowledged answers; stricter ones stay so."""
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') IN ('off', 'local')"
    )
    connection.commit()
