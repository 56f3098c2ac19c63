"""What a module must have, beyond the shape of its file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.pure.content import linter
from app.pure.content.loader import load
from tests.pure.content.shelf import PICTURES, lay, told

RECALL = {"recall": ["a", "b"]}
ALONE = {"id": "x", "kind": "choose", "alone": True}


def found(module: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(said, error) for _, said, error in linter.lint({**RECALL, **module})]


@pytest.mark.parametrize(
    ("module", "says"),
    [
        ({"steps": [ALONE]}, []),
        ({"steps": [{"id": "x", "kind": "choose"}]}, [("no step is done alone; mark one with alone: true", True)]),
        ({"steps": [ALONE], "recall": ["x"]}, [("two steps or more come back later; name them", False)]),
        (
            {"steps": [{"kind": "explain"}, {"kind": "explain"}, ALONE]},
            [("two explain in a row; let the learner act between them", True)],
        ),
        ({"steps": [{"kind": "explain"}, ALONE, {"kind": "explain"}]}, []),
        (
            {"steps": [{**ALONE, "choices": [{"right": True}] * 5}]},
            [("more than four choices are hard to keep in mind", False)],
        ),
        (
            {"steps": [{**ALONE, "goals": [{"help": ["Regardez."]}]}]},
            [("a goal has two hints: where to look, what to do", False)],
        ),
        ({"steps": [{**ALONE, "help": ["Regardez."], "goals": [{"id": "g"}]}]}, []),
        ({"minutes": 24}, [("more than 15 minutes at once; split the module in parts", False)]),
        ({"minutes": 24, "parts": [{"minutes": 12}, {"minutes": 12}]}, []),
        ({"minutes": 24, "parts": [{"minutes": 12}, {"minutes": 10}]}, [("the parts take 22 minutes together", True)]),
        (
            {"rights": True},
            [
                ("a module about rights, dates or money gives its facts, with source and checked_on", True),
                ("nobody is alone before a screen with their rights: name human_help", True),
            ],
        ),
        ({"rights": True, "facts": [{"checked_on": "2026-11-22"}], "human_help": ["x"]}, []),
        ({"facts": [{"checked_on": "2026-02-30"}]}, [("write the day as 2026-11-22", True)]),
        ({"facts": [{"checked_on": "20261122"}]}, [("write the day as 2026-11-22", True)]),
    ],
)
def test_what_a_module_must_have(module: dict[str, Any], says: list[tuple[str, bool]]) -> None:
    assert found(module) == says


@pytest.mark.parametrize(
    "module", [None, "x", 3, [], {"steps": [1, None]}, {"minutes": "x", "parts": 3, "facts": [[]]}]
)
def test_whatever_the_file_holds_nothing_is_raised(module: Any) -> None:
    assert [said for _, said, error in linter.lint(module) if error] == []


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("Léa Martin", True),
        ("Boutique Soleil", True),
        ("Répondre", True),
        ("attestation.pdf", True),
        ("Écouter", True),
        ("Repondre", False),
        ("Léa", False),
    ],
)
def test_a_label_stands_on_a_screen(tmp_path: Path, label: str, known: bool) -> None:
    text = told(lay(tmp_path, ("la ligne [Léa Martin].", f"la ligne [{label}].")))
    says = f"steps[1].goals[0].help[1]: [{label}] is a label of no screen in this module"
    assert [one.partition(": ")[2] for one in text] == ([] if known else [says])


@pytest.mark.parametrize(
    ("advice", "circles"),
    [
        ({"a": ["b"], "b": []}, {}),
        ({"a": ["b"], "b": ["a"]}, {"a": ["a", "b", "a"], "b": ["b", "a", "b"]}),
        ({"a": ["a"]}, {"a": ["a", "a"]}),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, {"b": ["b", "c", "b"], "c": ["c", "b", "c"]}),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, {}),
        ({"a": ["not-written"]}, {}),
    ],
)
def test_advice_that_turns_in_a_circle_is_found(advice: dict[str, list[str]], circles: dict[str, list[str]]) -> None:
    assert linter.circles(advice) == circles


def test_a_fact_ages_after_180_days(tmp_path: Path) -> None:
    module = load(lay(tmp_path), pictures=PICTURES)[0].modules["ma-lecon"]
    assert linter.aged(module, date(2027, 5, 21)) == []
    assert linter.aged(module, date(2027, 5, 22)) == ["Une adresse e-mail a un signe @."]
