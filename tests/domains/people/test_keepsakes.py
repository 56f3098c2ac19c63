"""« Garder mon travail »: a code to write down, a QR to photograph; both open the same work elsewhere."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from app.domains.learning import carrying_over, store
from app.domains.people import keepsakes, sessions
from app.domains.people.keepsakes import TRIES_OF_A_PLACE, WINDOW, Throttle
from tests import makers
from tests.makers import NOW, Learner, stop

SECRET = "a secret only for tests, long enough"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = makers.engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def amina(engine: Engine) -> Learner:
    amina = Learner(makers.learning(engine))
    amina.answer(stop("when"), {"choice": ["tuesday"]})
    return amina


@pytest.mark.parametrize("written", ["{}", "  {} ", "{upper}", "{dashes}", "{joined}"])
def test_a_code_opens_the_work_however_it_is_written(engine: Engine, amina: Learner, written: str) -> None:
    with engine.execution_options(write=True).begin() as connection:
        kept = keepsakes.keep(connection, amina.last.me, SECRET, NOW)
        one, two, digits = kept.code.split()
        said = written.format(
            kept.code, upper=kept.code.upper(), dashes=f"{one}-{two}-{digits}", joined=f"{one} {two}{digits}"
        )
        assert keepsakes.opens(connection, said, SECRET)[0] == amina.last.me.person_id
        assert keepsakes.opens(connection, kept.token, SECRET)[0] == amina.last.me.person_id


def test_a_new_code_kills_the_old_one(engine: Engine, amina: Learner) -> None:
    with engine.execution_options(write=True).begin() as connection:
        old = keepsakes.keep(connection, amina.last.me, SECRET, NOW)
        new = keepsakes.keep(connection, amina.last.me, SECRET, NOW)
        assert keepsakes.opens(connection, old.code, SECRET) is None
        assert keepsakes.opens(connection, old.token, SECRET) is None
        assert keepsakes.opens(connection, new.code, SECRET)


def test_neither_code_nor_token_stands_in_the_database(engine: Engine, amina: Learner) -> None:
    with engine.execution_options(write=True).begin() as connection:
        kept = keepsakes.keep(connection, amina.last.me, SECRET, NOW)
        rows = str(list(connection.execute(sa.text("SELECT * FROM keepsake"))))
    assert kept.code not in rows
    assert kept.token not in rows


@pytest.mark.parametrize("take", [True, False])
def test_a_guests_work_goes_along_only_if_it_is_theirs(engine: Engine, amina: Learner, take: bool) -> None:
    other = Learner(makers.learning(engine))
    other.answer(stop("padlock", "navigateur-et-adresse"), {"choice": ["not-enough"]})
    owner = (amina.last.me.person_id, amina.last.me.organisation_id)
    token = sessions.new_token()
    with engine.execution_options(write=True).begin() as connection:
        carrying_over.open_for(connection, owner, other.last.me, take, token, NOW)
        modules = {row.module: row.levels for row in store.progress_of(connection, owner[0])}
        assert sessions.find(connection, token, NOW).person_id == owner[0]
        assert sessions.find(connection, other.token, NOW) is None
    assert modules["premier-mail"] == {"when": "alone"}
    assert ("navigateur-et-adresse" in modules) is take


def test_guessing_is_slowed_and_fifteen_computers_behind_one_address_still_enter() -> None:
    clock = [0.0]
    throttle = Throttle(lambda: clock[0])
    for _ in range(15):
        throttle.count("school")
    assert not throttle.refuses("school")
    for _ in range(TRIES_OF_A_PLACE):
        throttle.count("school")
    assert throttle.refuses("school")
    assert not throttle.refuses("library")
    clock[0] += WINDOW + 1
    assert not throttle.refuses("school")
