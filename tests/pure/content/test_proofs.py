"""Proofs by playing: what cannot be done or heard is told with its place."""

from datetime import date
from pathlib import Path

import pytest

from app.pure.content.loader import load
from app.settings import HOME
from tests.pure.content.shelf import PICTURES, lay

TODAY = date(2026, 11, 24)


def proved(courses: Path) -> list[str]:
    return [str(one).partition(": ")[2] for one in load(courses, prove_on=TODAY, pictures=PICTURES)[1]]


def test_a_module_that_can_be_played_has_nothing_to_tell(tmp_path: Path) -> None:
    assert proved(lay(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("at: mail.open shop", "at: mail.open shap", 'steps[3].places[1].at: nothing on this look is "mail.open shap"'),
        ("at: mail.open shop", "at: mail.reply", 'steps[3].places[1].at: nothing on this look is "mail.reply"'),
        (
            "{fact: mail.deleted, about: shop, while: opened,",
            "{fact: mail.deleted, about: lea, while: opened,",
            "warning: steps[1].traps[0]: not met in",
        ),
        (
            "    traps:\n",
            "    rules: [{when: {fact: mail.bounced}, then: [{mail.deliver: lea}]}]\n    traps:\n",
            "warning: steps[1].rules[0]: not met in",
        ),
        (
            "    traps:\n",
            '    remarks: [{fact: mail.sent, with: {words: {min: 900}}, say: "C\'est long."}]\n    traps:\n',
            "warning: steps[1].remarks[0]: not met in",
        ),
        (
            "else: [{undo: false, say:",
            "else: [{about: shop, try: {body: x}, undo: false, say:",
            "steps[1].goals[0].else[0]: its try does not make it speak",
        ),
    ],
)
def test_what_cannot_happen_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    found = proved(lay(tmp_path, (old, new)))
    assert [one[: len(says)] for one in found if one.startswith(says)] == [says], found


SMALL = """\
  - id: papers
    kind: scene
    open: files
    aim: Ouvrez le papier.
    apps: {files: {}}
    goals:
      - {id: opened, fact: files.opened, about: nothing, say: Ouvrez le papier., help: [Regardez., "{Touchez}."]}
  - id: after
    kind: scene
    start: {after: papers}
    open: files
    aim: Ouvrez le papier.
    apps: {files: {}}
    goals:
      - {id: opened, fact: files.opened, about: nothing, say: Ouvrez le papier., help: [Regardez., "{Touchez}."]}
  - id: town
"""


def test_a_goal_out_of_reach_is_told_and_so_is_what_begins_after_it(tmp_path: Path) -> None:
    goal, start = proved(lay(tmp_path, ("  - id: town\n", SMALL)))
    assert goal.startswith('steps[4].goals[0]: the goal "opened" is out of reach: no way to the next goal: ')
    assert start.startswith("steps[5].start: the step it begins after cannot be finished: ")


def test_a_part_of_the_screen_can_be_pointed_at(tmp_path: Path) -> None:
    assert proved(lay(tmp_path, ("at: mail.open shop", "at: mail.subject"))) == []


def test_every_goal_of_the_shipped_courses_is_reached() -> None:
    found = load(HOME / "courses", prove_on=TODAY)[1]
    assert [str(problem) for problem in found if problem.severity == "error"] == []


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 31)])
def test_the_shipped_courses_can_be_played_on_any_day(today: date) -> None:
    found = load(HOME / "courses", prove_on=today)[1]
    assert [str(problem) for problem in found if problem.severity == "error"] == []
