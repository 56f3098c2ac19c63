"""`clic backup` and `clic restore`: a copy taken while people learn, and the way back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import URL, make_url

from app.cli.outcome import FAULTS, refuse
from app.settings import Settings, load_settings

File = Annotated[Path, typer.Argument(help="The file of the copy.", dir_okay=False)]


def backup(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="Replace the file when it exists.")] = False,
) -> None:
    """Copy the whole database into FILE, while the site goes on."""
    settings = load_settings()
    if file.exists() and not force:
        refuse(f"{file} exists; name another file, or say --force")
    if not file.absolute().parent.is_dir():
        refuse(f"{file.absolute().parent} is not a folder")
    # written beside and moved at the end: an interrupted copy never passes for a whole one
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        if settings.sqlite_file:
            _copy_sqlite(settings.sqlite_file, fresh)
        else:
            _dump_postgresql(settings, fresh)
        _sync(fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    typer.echo(f"{file}: {file.stat().st_size:,} bytes")


def restore(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Replace the whole database by the copy in FILE. Stop the site before."""
    settings = load_settings()
    if not file.is_file():
        refuse(f"{file} is not a file")
    if settings.sqlite_file:
        _refuse_damaged(file)
    if not yes:
        typer.confirm("Everything that is in the database now will be replaced. Go on?", abort=True)
    if settings.sqlite_file:
        _restore_sqlite(file, settings.sqlite_file)
    else:
        _restore_postgresql(settings, file)
    typer.echo("Restored. Run the migrations before serving: alembic upgrade head")


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        refuse(f"CLIC_DATABASE_URL: {source} does not exist yet")
    try:
        # one read transaction, and pages of erased people are not copied
        with closing(sqlite3.connect(source, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        refuse(f"{source} cannot be copied: {error}", FAULTS)
    target.chmod(0o600)


def _refuse_damaged(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    except sqlite3.Error:
        sound = False
        ours = None
    if not sound or not ours:
        refuse(f"{file} is not a whole copy of a database of Clic à Clic")


def _restore_sqlite(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(target, timeout=5)) as connection:
            connection.execute("PRAGMA synchronous=FULL")
            copy.backup(connection)
            connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        refuse(f"{target} cannot be replaced ({error}); is the site stopped?", FAULTS)


def _dump_postgresql(settings: Settings, target: Path) -> None:
    url = make_url(settings.database_url)
    target.touch(mode=0o600)
    _run("pg_dump", url, ["--format=custom", "--no-owner", f"--file={target}", f"--dbname={url.database}"])


def _restore_postgresql(settings: Settings, source: Path) -> None:
    url = make_url(settings.database_url)
    whole = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", url, [*whole, f"--dbname={url.database}", str(source)])


def _run(program: str, url: URL, arguments: list[str]) -> None:
    found = shutil.which(program)
    if found is None:
        refuse(f"{program} is not installed (Debian: apt-get install postgresql-client)")
    host = url.host or url.query.get("host") or ""
    # the password goes by the environment: arguments are read by everybody on the machine
    connection = {
        "PGHOST": host if isinstance(host, str) else host[0],
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username or "",
        "PGPASSWORD": str(url.password or ""),
    }
    environment = os.environ | {name: value for name, value in connection.items() if value}
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        refuse(f"{program}: {lines[0] if lines else f'exit {done.returncode}'}", FAULTS)


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
