"""Names that must exist, read from a file that may be wrong in other places."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pure.content import linter, references, written
from app.pure.content.references import Known
from app.pure.content.tree import nodes
from tests.pure.content.shelf import MODULE

KNOWN = Known(people={"mariam": ["town"]}, glossary=["objet"], human_help=["france-services"], slugs=["ma-lecon"])
NOTHING_READ = Known(people=None, glossary=None, human_help=None, slugs=None)
RICH = MODULE.replace(
    "    traps:\n", "    rules: [{when: {fact: mail.opened}, then: [{mail.deliver: lea}]}]\n    traps:\n"
).replace("after: open-lea,", "after: open-lea, page: x, open: mail.lea, given: {x.y: card.town},")
KEYS = st.sampled_from(
    [
        *("id", "as", "slug", "card", "recall", "parts", "part", "worlds", "world", "steps", "kind", "look", "start"),
        *("after", "page", "open", "given", "mark", "goals", "traps", "while", "rules", "then", "apps", "mail", "from"),
        *("documents", "attachments", "slots", "accept", "at", "picture", "glossary", "value", "values", "box", "a"),
    ]
)
TEXTS = st.sampled_from(["a", "box", "scene", "card.x", "{+1}", "0d", "mail.a", "x@y.fr", "end", ""])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=40,
)


@given(VALUES)
@settings(max_examples=150)
def test_whatever_the_file_holds_nothing_is_raised(value: Any) -> None:
    for known in (KNOWN, NOTHING_READ):
        assert all(said and error for _, said, error in references.check(value, known))


RIGHT = written.read(RICH.encode(), "x.yaml").value
PLACES = [path for path, _ in nodes(RIGHT) if path]


@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=3))
@settings(max_examples=120, deadline=None)
def test_whatever_stands_in_one_place_nothing_is_raised(changes: list[tuple[written.Path, Any]]) -> None:
    module = deepcopy(RIGHT)
    for path, value in changes:
        holder: Any = module
        for part in path[:-1]:
            inside = holder if isinstance(holder, dict | list) else {}
            holder = (
                inside.get(part) if isinstance(inside, dict) else inside[part] if part in range(len(inside)) else None
            )
        if isinstance(holder, dict) or (isinstance(holder, list) and path[-1] in range(len(holder))):
            holder[path[-1]] = value
    assert all(said for _, said, _ in references.check(module, KNOWN))
    assert all(said for _, said, _ in linter.lint(module))


def test_a_file_that_cannot_be_read_accuses_no_module() -> None:
    module = {"as": "nobody", "slug": "none", "glossary": ["x"], "human_help": ["x"], "advised_before": ["x"]}
    assert len(list(references.check(module, KNOWN))) == 5
    assert list(references.check(module, NOTHING_READ)) == []


def test_a_circle_of_steps_is_told_in_each_of_them() -> None:
    steps = [
        {"id": name, "kind": "scene", "world": "w", "start": {"after": after}, "goals": [{"id": "g"}]}
        for name, after in (("a", "b"), ("b", "a"), ("c", "a"))
    ]
    found = list(references.check({"worlds": {"w": {}}, "steps": steps}, KNOWN))
    assert [(path, said) for path, said, _ in found] == [
        (("steps", 0, "start", "after"), '"b" begins after itself, in a circle'),
        (("steps", 1, "start", "after"), '"a" begins after itself, in a circle'),
        (("steps", 2, "start", "after"), '"a" begins after itself, in a circle'),
    ]


def test_a_step_begins_in_the_world_where_the_other_ended() -> None:
    first = {"id": "a", "kind": "scene", "world": "w", "goals": [{"id": "g"}]}
    second = {"id": "b", "kind": "scene", "world": "v", "start": {"after": "a"}, "goals": [{"id": "g"}]}
    found = list(references.check({"worlds": {"w": {}, "v": {}}, "steps": [first, second]}, KNOWN))
    assert [said for _, said, _ in found] == ['"a" plays in another world']


@pytest.mark.parametrize(
    ("name", "right"),
    [("lea", True), ("lea-2", True), ("a" * 63, True), ("Léa", False), ("a b", False), ("..", False), ("-a", False)],
)
def test_an_id_fits_in_an_address(name: str, right: bool) -> None:
    found = list(references.twice({"steps": [{"id": name}]}, KNOWN))
    assert (found == []) is right


@pytest.mark.parametrize(
    ("text", "real"),
    [
        ("Écrivez à lea.martin@maison-numerique.example.", False),
        ("Écrivez à lea@orange.fr", True),
        ("Écrivez à lea@example.com", True),
        ("Le signe @ (arobase)", False),
    ],
)
def test_addresses_belong_to_nobody(text: str, real: bool) -> None:
    assert bool(list(references.real_addresses({"worlds": {"body": text}}, KNOWN))) is real
    assert list(references.real_addresses({"try": {"to": text}}, KNOWN)) == []
