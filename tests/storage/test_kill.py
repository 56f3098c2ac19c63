"""`kill -9` while four learners answer: no acknowledged answer is lost, none is there twice."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from app.settings import HOME
from app.storage.engine import open_engine

CYCLES = int(os.environ.get("CLIC_KILL_CYCLES", "30"))
"""In each of both databases; `make test-long` asks for more."""


@pytest.mark.kill
def test_nothing_acknowledged_is_lost_when_the_machine_dies(database_url: str) -> None:
    chance = random.Random(2026)
    acknowledged: list[str] = []
    for _ in range(CYCLES):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.storage.killed_writer", database_url],
            cwd=HOME,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            assert first, "the writers did not start"
            time.sleep(chance.uniform(0.0, 0.15))
            os.kill(writer.pid, signal.SIGKILL)
            acknowledged += [first.strip(), *(line.strip() for line in writer.stdout if line.endswith("\n"))]
    engine = open_engine(database_url)
    with engine.connect() as connection:
        kept = [str(row[0]) for row in connection.execute(sa.text("SELECT id FROM event"))]
    engine.dispose()
    plain = [key.replace("-", "") for key in kept]
    assert len(acknowledged) >= CYCLES
    assert len(plain) == len(set(plain))
    assert not {key.replace("-", "") for key in acknowledged} - set(plain)
