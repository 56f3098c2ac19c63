"""Engines: SQLite that survives a power cut, PostgreSQL by URL; and the migrations of both."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event

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
        return sa.create_engine(
            url, pool_size=10, max_overflow=10, pool_pre_ping=True, connect_args={"connect_timeout": 5}
        )
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


def migrate(url: str) -> None:
    """Bring a database to the newest revision."""
    command.upgrade(_config(url), "head")


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
