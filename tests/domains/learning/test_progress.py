"""Achievements are a merge: no order, no doubles, no clock changes them."""

import random
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domains.learning.progress import DONE, ORDER, gained_by, level_of, merge, module_level

levels = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(ORDER))


@given(st.lists(levels, max_size=8), st.randoms(use_true_random=False), st.integers(0, 8))
def test_any_order_any_repeat_any_cut_gives_the_same(history: list[dict[str, str]], chance, cut: int) -> None:
    def merged(parts: list[dict[str, str]]) -> dict[str, str]:
        whole: dict[str, str] = {}
        for part in parts:
            whole = merge(whole, part)
        return whole

    once = merged(history)
    mixed = [*history, *history[:cut]]
    chance.shuffle(mixed)
    assert merged(mixed) == once
    assert merge(merged(history[:cut]), merged(history[cut:])) == once
    assert merge(once, once) == once


@pytest.mark.parametrize(("helped", "level"), [(0, "alone"), (1, "helped"), (2, "guided"), (9, "guided")])
def test_help_taken_says_how_a_step_was_done(helped: int, level: str) -> None:
    assert level_of(helped) == level


@pytest.mark.parametrize(
    ("done", "level"),
    [
        ({}, None),
        ({"one": "alone"}, None),
        ({"one": "alone", "two": "guided"}, "guided"),
        ({"one": "alone", "two": "helped", "other": "guided"}, "helped"),
    ],
)
def test_a_module_has_the_least_of_its_alone_steps(done: dict[str, str], level: str | None) -> None:
    assert module_level(done, ["one", "two"]) == level


def test_ten_thousand_histories_in_any_order_repeated_cut_anywhere_differ_in_nothing() -> None:
    chance, differences = random.Random(2026), 0
    for _ in range(10_000):
        log = [(chance.choice("abcdef"), event(chance)) for _ in range(chance.randrange(12))]
        mixed = log + [chance.choice(log) for _ in log]
        chance.shuffle(mixed)
        cut = chance.randrange(len(mixed) + 1)
        differences += merge(told(mixed[:cut]), told(mixed[cut:])) != told(log)
    assert differences == 0


def event(chance: random.Random) -> dict[str, str]:
    return {DONE: chance.choice(ORDER)} if chance.random() < 0.6 else {"picked": "a"}


def told(log: list[tuple[str, dict[str, str]]]) -> dict[str, str]:
    return reduce(merge, (gained_by(step, data) for step, data in log), {})
