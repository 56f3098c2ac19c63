"""`clic doctor`: whether this machine can serve people, and what it still lacks."""

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass

import typer
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.cli.outcome import FAULTS
from app.pure.content.loader import load
from app.settings import HOME, Settings, WrongSetting, load_settings, refuse_for_production
from app.storage.engine import is_current, open_engine

ROOM_NEEDED = 500_000_000
MIGRATE = "alembic upgrade head"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `fine` None: not wrong now, but to be known before people come."""

    about: str
    fine: bool | None
    says: str


def doctor() -> None:
    """Look at settings, database, courses and disk; say what is wrong and how to mend it."""
    settings = load_settings()
    found = [*_settings(settings), *_database(settings), *_courses(settings), *_disk(settings)]
    for finding in found:
        mark = {True: "ok", False: "WRONG", None: "note"}[finding.fine]
        typer.echo(f"{mark:5}  {finding.about:10}  {finding.says}")
    if any(finding.fine is False for finding in found):
        raise typer.Exit(FAULTS)


def _settings(settings: Settings) -> Iterator[Finding]:
    yield Finding("settings", True, f"{settings.env}, {settings.public_url}")
    if not settings.production:
        try:
            refuse_for_production(settings)
        except WrongSetting as wrong:
            yield Finding("settings", None, f"before CLIC_ENV=production: {wrong}")
    kept = HOME / "var" / "secret"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        yield Finding("secret", False, f"others can read {kept}: chmod 600 {kept}")


def _database(settings: Settings) -> Iterator[Finding]:
    file = settings.sqlite_file
    if file and not file.exists():
        # opening it would make it
        yield Finding("database", False, f"{file} does not exist yet: run {MIGRATE}")
        return
    engine = open_engine(settings.database_url)
    try:
        if is_current(engine):
            yield Finding("database", True, f"{engine.dialect.name}, with every migration")
        else:
            yield Finding("database", False, f"{engine.dialect.name}, with migrations to run: {MIGRATE}")
        with engine.connect() as connection:
            yield _durability(engine, connection)
    except SQLAlchemyError as error:
        yield Finding("database", False, f"is not reached: {str(error).splitlines()[0]}")
    finally:
        engine.dispose()


def _durability(engine: Engine, connection: Connection) -> Finding:
    """What was seen as saved survives a power cut."""
    if engine.dialect.name == "sqlite":
        asked = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
        fine = asked == ["wal", 2]
        return Finding("durability", fine, f"journal {asked[0]}, synchronous {asked[1]} (wanted: wal, 2)")
    commit = connection.execute(text("SHOW synchronous_commit")).scalar()
    return Finding("durability", commit != "off", f"synchronous_commit {commit} (wanted: on)")


def _courses(settings: Settings) -> Iterator[Finding]:
    if not settings.courses.is_dir():
        yield Finding("courses", False, f"CLIC_COURSES: {settings.courses} is not a folder")
        return
    library, problems = load(settings.courses)
    errors = [problem for problem in problems if problem.severity == "error"]
    says = f"{len(library.modules)} modules, {len(errors)} errors"
    yield Finding("courses", not errors, f"{says}: run clic check" if errors else says)
    languages = sorted(folder.parent.name for folder in settings.locales.glob("*/LC_MESSAGES"))
    yield Finding(
        "languages", None if not languages else True, f"fr, {', '.join(languages)}" if languages else "only fr"
    )


def _disk(settings: Settings) -> Iterator[Finding]:
    file = settings.sqlite_file
    if file is None:
        return
    folder = next(parent for parent in (file.parent, *file.parent.parents) if parent.exists())
    free = shutil.disk_usage(folder).free
    says = f"{free // 1_000_000:,} MB free in {folder}"
    yield Finding("disk", free > ROOM_NEEDED, says)
