"""A copy taken while people learn holds everything that was acknowledged, and comes back whole."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, text
from typer.testing import CliRunner

from app.cli import clic
from tests.conftest import SECRET
from tests.databases import PostgresqlServer, SqliteFiles

NOTE = "CREATE TABLE note (id integer PRIMARY KEY)"


@pytest.fixture
def engine(
    databases: SqliteFiles | PostgresqlServer,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    bare_environment: None,
) -> Iterator[Engine]:
    monkeypatch.setenv("CLIC_DATABASE_URL", database_url)
    monkeypatch.setenv("CLIC_SECRET", SECRET)
    if isinstance(databases, PostgresqlServer):
        monkeypatch.setenv("PATH", f"{databases.programs}{os.pathsep}{os.environ['PATH']}")
    engine = create_engine(database_url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode=WAL"))
    with engine.begin() as connection:
        connection.execute(text(NOTE))
    yield engine
    engine.dispose()


@contextmanager
def writers(engine: Engine, number: int) -> Iterator[list[int]]:
    """Threads that write rows until the block ends; answers the list of what was acknowledged."""
    acknowledged: list[int] = []
    over = threading.Event()
    ids = iter(range(1, 1_000_000))

    def write() -> None:
        while not over.is_set():
            mine = next(ids)
            with engine.begin() as connection:
                connection.execute(text("INSERT INTO note VALUES (:id)"), {"id": mine})
            acknowledged.append(mine)
            over.wait(0.001)

    threads = [threading.Thread(target=write) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield acknowledged
    finally:
        over.set()
        for thread in threads:
            thread.join()


def rows(engine: Engine) -> set[int]:
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT id FROM note")).scalars())


def run(*arguments: str) -> str:
    result = CliRunner().invoke(clic, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_copy_taken_between_four_writers_holds_all_that_was_acknowledged(engine: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with writers(engine, 4) as acknowledged:
        while len(acknowledged) < 40:
            threading.Event().wait(0.005)
        before = set(acknowledged)
        run("backup", str(copy))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM note"))
    engine.dispose()
    run("restore", str(copy), "--yes")
    assert before <= rows(engine)


def test_only_the_owner_reads_a_copy(engine: Engine, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "copy"))
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".copy*"))


def test_a_copy_is_never_written_over_unasked(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    assert CliRunner().invoke(clic, ["backup", str(tmp_path / "copy")]).exit_code == 2
    assert (tmp_path / "copy").read_text() == "precious"
    run("backup", str(tmp_path / "copy"), "--force")


def test_a_file_that_is_no_copy_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES (7)"))
    (tmp_path / "copy").write_text("not a database")
    engine.dispose()
    result = CliRunner().invoke(clic, ["restore", str(tmp_path / "copy"), "--yes"])
    assert result.exit_code in {1, 2} and "Traceback" not in result.output
    assert rows(engine) == {7}


def test_restoring_asks_before_it_replaces(engine: Engine, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "copy"))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES (7)"))
    assert CliRunner().invoke(clic, ["restore", str(tmp_path / "copy")], input="n\n").exit_code == 1
    assert rows(engine) == {7}


def test_the_copy_of_a_sqlite_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch, bare_environment: None, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLIC_DATABASE_URL", f"sqlite:///{tmp_path / 'absent.sqlite3'}")
    monkeypatch.setenv("CLIC_SECRET", SECRET)
    assert CliRunner().invoke(clic, ["backup", str(tmp_path / "copy")]).exit_code == 2
    assert list(tmp_path.iterdir()) == []
