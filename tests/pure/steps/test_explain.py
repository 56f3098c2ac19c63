"""Step kind `explain`."""

from tests.pure.steps.making import PLACE, judged, make, take


def test_going_on_is_the_answer() -> None:
    step = make("explain", text="Un e-mail est une lettre.")
    assert judged(take(step, seen="yes")) == ("right", "", True)
    assert judged(take(make("explain", text="Lisez.", done="C'est lu."), seen="yes")) == ("right", "C'est lu.", True)


def test_help_has_two_sentences_and_nothing_to_do_together() -> None:
    step = make("explain", text="Lisez.")
    first, second = (step.assist(PLACE, {}, "hint", given)[1] for given in (0, 1))
    assert first.next == "hint" and second.next is None and first.lines != second.lines
    assert step.assist(PLACE, {}, "do", 5)[1].done is False
    own = make("explain", text="Lisez.", help=["Écoutez."])
    assert own.assist(PLACE, {}, "hint", 0)[1].lines[0].text == "Écoutez."
