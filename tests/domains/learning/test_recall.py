"""What was learnt comes back after 1, 3, 7, 21 and 60 days."""

from datetime import UTC, datetime, timedelta

from app.domains.learning import store
from app.domains.learning.recall import DAYS, due
from tests import makers
from tests.makers import Learner, stop

DAY0 = datetime(2026, 11, 1, 12, tzinfo=UTC)
KEY = ("premier-mail", "answer-lea")
AMONG = frozenset({KEY, ("m", "a"), ("m", "b"), ("m", "c")})


def event(days: float, tone: str = "done", key: tuple[str, str] = KEY) -> tuple[str, str, str, datetime]:
    return (*key, tone, DAY0 + timedelta(days=days))


def is_due(history: list[tuple[str, str, str, datetime]], days: float) -> bool:
    return KEY in due(history, DAY0 + timedelta(days=days), AMONG)


def test_a_step_comes_back_the_next_day_and_not_before() -> None:
    assert not is_due([event(0)], 0.9)
    assert is_due([event(0)], 1)


def test_each_right_answer_makes_the_wait_longer() -> None:
    history, day = [event(0)], 0.0
    for wait in DAYS:
        assert not is_due(history, day + wait - 0.1)
        assert is_due(history, day + wait)
        day += wait
        history.append(event(day))
    assert is_due(history, day + DAYS[-1])


def test_an_error_steps_one_back() -> None:
    history = [event(0), event(1), event(4, "wrong")]
    assert not is_due(history, 4.9)
    assert is_due(history, 5)


def test_practising_early_does_not_count_as_recalled() -> None:
    assert is_due([event(0), event(0.5)], 1)


def test_two_at_most_the_longest_waiting_first() -> None:
    history = [event(0, key=("m", "b")), event(0.1, key=("m", "a")), event(0.2, key=("m", "c"))]
    assert due(history, DAY0 + timedelta(days=9), AMONG) == [("m", "b"), ("m", "a")]


def test_only_what_its_author_wants_back_comes_back() -> None:
    assert due([event(0, key=("m", "other"))], DAY0 + timedelta(days=9), AMONG) == []


def test_what_only_went_wrong_so_far_was_not_learnt_and_does_not_come_back() -> None:
    assert not is_due([event(0, "wrong")], 9)
    assert not is_due([event(0, "wrong"), event(5)], 5.9)
    assert is_due([event(0, "wrong"), event(5)], 6)


def test_done_together_comes_back_the_next_day() -> None:
    assert is_due([event(0), event(1, "do")], 2)


def test_nothing_falls_below_the_first_wait() -> None:
    assert is_due([event(0), event(1, "wrong"), event(1.1, "wrong")], 2.1)


def test_an_act_on_the_way_is_not_yet_remembering(database_url: str) -> None:
    engine = makers.engine(database_url)
    amina, at = Learner(makers.learning(engine)), stop("answer-lea")
    amina.answer(at, {"act": ["mail.reply"]})
    amina.answer(stop("when"), {"choice": ["thursday"]})
    amina.answer(stop("when"), {"choice": ["tuesday"]})
    with engine.connect() as connection:
        history = store.recalls_of(connection, amina.last.me.person_id)
    assert [(step, tone) for _, step, tone, _ in history] == [("when", "wrong"), ("when", "right")]
    engine.dispose()
