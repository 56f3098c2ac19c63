"""Migrations run against the engine that the site itself uses."""

from importlib import import_module
from pathlib import Path

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from app.settings import load_settings
from app.storage.engine import open_for_migrations

ROOM = Path(__file__).resolve().parents[1] / "app" / "domains"
for tables in sorted(ROOM.glob("*/tables.py")):
    import_module(f"app.domains.{tables.parent.name}.tables")


ONE_AT_A_TIME = 0x434C4943
"""The key of PostgreSQL's lock: several processes that start together migrate once."""


def run() -> None:
    """Open the engine of the settings (or of the caller) and migrate in one transaction."""
    engine = open_for_migrations(context.config.attributes.get("url") or load_settings().database_url)
    with engine.execution_options(write=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        context.configure(
            connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
        )
        context.run_migrations()
        if engine.dialect.name == "sqlite":
            _refuse_orphans(connection)
    engine.dispose()


def _refuse_orphans(connection: Connection) -> None:
    """SQLite watches no foreign key while it migrates, so that tables may be made anew: rows are checked at the end."""
    if orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"nothing was changed: the migration would leave {len(orphans)} rows without their person")


run()
