"""What every test may ask for: a bare environment, settings in a folder of their own, a real database."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from app.settings import HOME, Settings
from tests.databases import PostgresqlServer, SqliteFiles

examples.register_profile("quick", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.register_profile("long", parent=examples.get_profile("quick"), max_examples=2000)
examples.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

SECRET = "only-for-tests-0123456789-abcdefghijklmnop"


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches them."""
    for name in list(os.environ):
        if name == "PORT" or name.startswith("CLIC_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def worker() -> str:
    """The name of this worker of xdist; `alone` without it."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql(worker: str) -> Iterator[PostgresqlServer]:
    # outside pytest's own folder: each run that starts closes that one to the user the server runs as
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    server = PostgresqlServer(Path(tempfile.gettempdir()) / f"clic-postgresql-{run}", worker)
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(request: pytest.FixtureRequest) -> SqliteFiles | PostgresqlServer:
    """Where a test gets its databases; a test that asks for it, or for what is made from it, runs once on each kind."""
    kind: SqliteFiles | PostgresqlServer = request.getfixturevalue(request.param)
    return kind


@pytest.fixture
def database_url(databases: SqliteFiles | PostgresqlServer) -> Iterator[str]:
    """A database of this test alone, with every table and no row."""
    with databases.migrated() as url:
        yield url


@pytest.fixture
def empty_database_url(databases: SqliteFiles | PostgresqlServer) -> Iterator[str]:
    """A database of this test alone, without any table: for the tests of migrations."""
    with databases.empty() as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a development site whose files are all in the test's own folder, but for the real courses."""
    return Settings(
        env="development",
        database_url=database_url,
        courses=HOME / "courses",
        locales=HOME / "locales",
        media=tmp_path / "media",
        secret=SECRET,
        public_url="http://testserver",
    )
