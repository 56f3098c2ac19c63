"""« Garder mon travail »: a code to write down, a QR to photograph; both open the same work elsewhere."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from app.domains.learning import carrying_over, store
from app.domains.people import keepsakes, sessions
from app.domains.people.keepsakes import TRIES_OF_A_PLACE, TRIES_OF_ALL, WINDOW, WORDS, Throttle
from tests import makers
from tests.makers import NOW, SECRET, Learner, stop


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


def test_one_machine_alone_does_not_shut_the_door_for_everybody() -> None:
    throttle = Throttle(lambda: 0.0)
    for _ in range(10 * TRIES_OF_ALL):
        throttle.count("a machine")
    assert throttle.refuses("a machine")
    assert not throttle.refuses("library")


def test_many_machines_together_are_slowed() -> None:
    throttle = Throttle(lambda: 0.0)
    for n in range(TRIES_OF_ALL):
        throttle.count(f"192.0.2.{n}")
    assert throttle.refuses("198.51.100.1")


def test_one_subscriber_with_many_addresses_is_one_place() -> None:
    throttle = Throttle(lambda: 0.0)
    for n in range(TRIES_OF_A_PLACE):
        throttle.count(f"2001:db8:0:7::{n:x}")
    assert throttle.refuses("2001:db8:0:7:ffff::1")
    assert not throttle.refuses("2001:db8:0:8::1")


def test_a_code_is_words_that_are_not_taken_for_each_other() -> None:
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() and len(word) > 2 for word in WORDS)
    assert not [(one, other) for one, other in combinations(WORDS, 2) if one_slip_apart(one, other)]


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter left out, added or mistaken makes one of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    n = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[n + 1 :] == other[n + 1 :] or one[n:] == other[n + 1 :] or one[n + 1 :] == other[n:]


def test_a_code_that_somebody_has_is_not_given_again(
    engine: Engine, amina: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Learner(makers.learning(engine))
    other.answer(stop("when"), {"choice": ["tuesday"]})
    codes = iter(["pomme velo 482", "pomme velo 482", "pomme velo 483"])
    monkeypatch.setattr(keepsakes, "_code", lambda: next(codes))
    with engine.execution_options(write=True).begin() as connection:
        first = keepsakes.keep(connection, amina.last.me, SECRET, NOW)
        second = keepsakes.keep(connection, other.last.me, SECRET, NOW)
        assert (first.code, second.code) == ("pomme velo 482", "pomme velo 483")
        assert keepsakes.opens(connection, first.code, SECRET)[0] == amina.last.me.person_id


def test_a_revoked_code_opens_nothing(engine: Engine, amina: Learner) -> None:
    with engine.execution_options(write=True).begin() as connection:
        kept = keepsakes.keep(connection, amina.last.me, SECRET, NOW)
        keepsakes.revoke(connection, amina.last.me, NOW)
        assert keepsakes.opens(connection, kept.code, SECRET) is None
        assert keepsakes.opens(connection, kept.token, SECRET) is None


def test_the_next_person_at_a_shared_computer_takes_nothing_from_the_one_before(engine: Engine, amina: Learner) -> None:
    before = Learner(makers.learning(engine))
    before.answer(stop("padlock", "navigateur-et-adresse"), {"choice": ["not-enough"]})
    late = NOW + timedelta(minutes=25)
    owner = (amina.last.me.person_id, amina.last.me.organisation_id)
    with engine.execution_options(write=True).begin() as connection:
        asleep = sessions.find(connection, before.token, late)
        carrying_over.open_for(connection, owner, asleep, True, sessions.new_token(), late)
        assert [row.module for row in store.progress_of(connection, owner[0])] == ["premier-mail"]
        assert [row.module for row in store.progress_of(connection, asleep.person_id)] == ["navigateur-et-adresse"]
        assert sessions.find(connection, before.token, late) is None


def test_a_guests_own_code_and_other_device_lead_to_where_their_work_went(engine: Engine, amina: Learner) -> None:
    guest = Learner(makers.learning(engine))
    guest.answer(stop("padlock", "navigateur-et-adresse"), {"choice": ["not-enough"]})
    owner = (amina.last.me.person_id, amina.last.me.organisation_id)
    me, phone = guest.last.me, sessions.new_token()
    with engine.execution_options(write=True).begin() as connection:
        kept = keepsakes.keep(connection, me, SECRET, NOW)
        carrying_over.open_for(connection, (me.person_id, me.organisation_id), None, False, phone, NOW)
        carrying_over.open_for(connection, owner, me, True, sessions.new_token(), NOW)
        assert keepsakes.opens(connection, kept.code, SECRET)[0] == owner[0]
        assert sessions.find(connection, phone, NOW).person_id == owner[0]


def test_two_works_become_one_the_best_of_both_and_the_later_place(engine: Engine, amina: Learner) -> None:
    guest = Learner(makers.learning(engine))
    guest.answer(stop("welcome"), {"help": ["do"]})
    guest.answer(stop("when"), {"help": ["do"]})
    amina.answer(stop("welcome"), {"seen": ["yes"]})
    # the order of the log decides what is later, not a clock that fell back by ten years
    guest.now = NOW - timedelta(days=3650)
    guest.answer(stop("unread"), {"help": ["hint"]})
    owner = (amina.last.me.person_id, amina.last.me.organisation_id)
    with engine.execution_options(write=True).begin() as connection:
        carrying_over.open_for(connection, owner, guest.last.me, True, sessions.new_token(), NOW)
        (row,) = store.progress_of(connection, owner[0])
        events = connection.execute(sa.select(store.event.c.person_id)).scalars().all()
        states = connection.execute(sa.select(store.step_state.c.person_id, store.step_state.c.step)).all()
        assert connection.execute(sa.text("SELECT count(*) FROM person")).scalar_one() == 1
    assert row.levels == {"when": "alone", "welcome": "alone"}
    assert row.place == "unread"
    assert set(events) == {owner[0]}
    assert len(events) == 5
    assert sorted(states) == sorted((owner[0], step) for step in ("when", "welcome", "unread"))
