"""Migrations run against the engine that the site itself uses."""

from importlib import import_module
from pathlib import Path

from alembic import context
from sqlmodel import SQLModel

from app.settings import load_settings
from app.storage.engine import open_engine

ROOM = Path(__file__).resolve().parents[1] / "app" / "domains"
for tables in sorted(ROOM.glob("*/tables.py")):
    import_module(f"app.domains.{tables.parent.name}.tables")


def run() -> None:
    """Open the engine of the settings (or of the caller) and migrate in one transaction."""
    engine = open_engine(context.config.attributes.get("url") or load_settings().database_url)
    with engine.execution_options(write=True).begin() as connection:
        context.configure(
            connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True
        )
        context.run_migrations()
    engine.dispose()


run()
