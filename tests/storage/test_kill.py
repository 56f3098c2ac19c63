"""`kill -9` while four learners answer: no acknowledged answer is lost, none is there twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.domains.learning.player import record_of
from app.domains.learning.tables import Event, ModuleProgress, StepState
from app.settings import HOME
from app.storage.columns import table_of
from app.storage.engine import open_engine
from tests.makers import SECRET

CYCLES = int(os.environ.get("CLIC_KILL_CYCLES", "30"))
"""In each of both databases; `make test-long` asks for more."""


@pytest.mark.kill
def test_nothing_acknowledged_is_lost_when_the_machine_dies(database_url: str) -> None:
    chance = random.Random(2026)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.killed_writer", database_url],
        cwd=HOME,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as writers:
        acknowledged = [key for _ in range(CYCLES) for key in killed(writers, chance)]
        assert writers.stdin is not None
        writers.stdin.close()
    recorded = {record_of(SECRET, key) for key in acknowledged}
    assert len(recorded) == len(acknowledged) >= 4 * CYCLES

    engine = open_engine(database_url)
    event, state, progress = table_of(Event), table_of(StepState), table_of(ModuleProgress)
    with engine.connect() as connection:
        events = list(connection.execute(sa.select(event.c.id, event.c.person_id)))
        revisions = dict(connection.execute(sa.select(state.c.person_id, state.c.revision)).all())
        people = set(connection.execute(sa.select(progress.c.person_id)).scalars())
    engine.dispose()
    assert not recorded - {row.id for row in events}, "an acknowledged answer is lost"
    assert len({row.id for row in events}) == len(events), "an answer is there twice"
    # an answer that nobody acknowledged is there whole, or not at all
    acts = {person: sum(row.person_id == person for row in events) for person in revisions}
    assert acts == revisions
    assert people == set(revisions)


def killed(writers: subprocess.Popen[str], chance: random.Random) -> Iterator[UUID]:
    """Start four learners, let them answer a while, kill them; what they had acknowledged by then."""
    assert writers.stdin is not None
    assert writers.stdout is not None
    writers.stdin.write("again\n")
    child, begun = 0, False
    for line in writers.stdout:
        said = line.strip()
        if said == "dead":
            return
        if said.isdigit():
            child = int(said)
        else:
            begun = True
            yield UUID(said)
        if child and begun:
            time.sleep(chance.uniform(0.0, 0.15))
            os.kill(child, signal.SIGKILL)
            child = 0
    raise AssertionError("the writers did not start")
