"""Achievements are a merge: no order, no doubles, no clock changes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domains.learning.progress import ORDER, level_of, merge, module_level

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
