"""The whole site in this process, on a SQLite of the test's own, with the real courses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import HOME, Settings
from tests.conftest import SECRET
from tests.databases import SqliteFiles

ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def site_settings(sqlite: SqliteFiles, tmp_path: Path) -> Iterator[Settings]:
    with sqlite.migrated() as url:
        yield Settings(
            env="development",
            database_url=url,
            courses=HOME / "courses",
            locales=HOME / "locales",
            media=tmp_path / "media",
            secret=SECRET,
            public_url="http://testserver",
        )


@pytest.fixture
def client(site_settings: Settings) -> Iterator[TestClient]:
    """A browser that nobody knows yet; it sends our own origin, follows nothing."""
    with TestClient(create_app(site_settings), follow_redirects=False, headers=ORIGIN) as client:
        yield client
