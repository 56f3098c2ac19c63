"""One's own device remembers 30 days; a shared one forgets after 20 minutes without a touch."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from app.domains.people import sessions, store
from app.domains.people.sessions import find
from tests import makers
from tests.makers import NOW, Learner, stop

YES, NO, UNSAID = True, False, None


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = makers.engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def amina(engine: Engine) -> Learner:
    amina = Learner(makers.learning(engine))
    amina.answer(stop("when"), {"choice": ["thursday"]})
    return amina


@pytest.mark.parametrize(
    ("mine", "silent", "status"),
    [
        (UNSAID, timedelta(minutes=19), "awake"),
        (UNSAID, timedelta(minutes=21), "asleep"),
        (NO, timedelta(minutes=19), "awake"),
        (NO, timedelta(minutes=21), "asleep"),
        (NO, timedelta(hours=11), "asleep"),
        (NO, timedelta(hours=13), None),
        (YES, timedelta(minutes=21), "awake"),
        (YES, timedelta(days=29), "awake"),
        (YES, timedelta(days=31), None),
        (UNSAID, timedelta(days=-3650), "awake"),
    ],
)
def test_a_device_remembers_as_long_as_its_owner_said(
    engine: Engine, amina: Learner, mine: bool | None, silent: timedelta, status: str | None
) -> None:
    with engine.execution_options(write=True).begin() as connection:
        if mine is not None:
            sessions.say_whose(connection, amina.last.me, mine, NOW)
        found = find(connection, amina.token, NOW + silent)
    assert (found.status if found else None) == status


def test_a_shared_device_wakes_for_who_says_that_it_is_still_them(engine: Engine, amina: Learner) -> None:
    late = NOW + timedelta(minutes=30)
    with engine.execution_options(write=True).begin() as connection:
        sessions.wake(connection, find(connection, amina.token, late), late)
        assert find(connection, amina.token, late + timedelta(minutes=19)).awake


def test_an_ended_session_is_nobodys_and_the_work_stays(engine: Engine, amina: Learner) -> None:
    with engine.execution_options(write=True).begin() as connection:
        sessions.end(connection, amina.last.me, NOW)
        assert find(connection, amina.token, NOW) is None
        assert connection.execute(sa.select(store.person.c.id)).scalar_one() == amina.last.me.person_id


def test_an_ended_device_begins_a_guest_of_its_own(engine: Engine, amina: Learner) -> None:
    with engine.execution_options(write=True).begin() as connection:
        sessions.end(connection, amina.last.me, NOW)
    before = amina.last.me.person_id
    reply = amina.answer(stop("when"), {"choice": ["tuesday"]})
    assert reply.token
    assert reply.me.person_id != before


def test_a_touch_is_written_once_a_minute_with_the_answer(engine: Engine, amina: Learner) -> None:
    for seconds, written in ((30, 0), (61, 61), (100, 61), (122, 122)):
        amina.now = NOW + timedelta(seconds=seconds)
        amina.answer(stop("when"), {"choice": ["four"]})
        with engine.connect() as connection:
            seen = {connection.execute(sa.select(t.c.seen_at)).scalar_one() for t in (store.session, store.person)}
        assert seen == {NOW + timedelta(seconds=written)}


def test_only_the_hash_of_a_token_is_kept(engine: Engine, amina: Learner) -> None:
    with engine.connect() as connection:
        rows = str(connection.execute(sa.text("SELECT * FROM session")).all())
    assert amina.token not in rows
    assert sessions.hashed(amina.token).hex() != amina.token


def test_a_guests_token_needs_the_secret_and_the_answer() -> None:
    one, other = uuid4(), uuid4()
    made = {sessions.guest_token(secret, once) for secret in ("a", "b") for once in (one, other)}
    assert len(made) == 4
    assert sessions.guest_token("a", one) == sessions.guest_token("a", one)
    assert all(len(token) == 64 for token in made)
