"""Reading one YAML file: what is typed, what is refused, where everything stands."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.pure.content import written

PIECES = st.sampled_from(
    [
        *("a", "b:", "- ", ": ", "\n", "  ", "{", "}", "[", "]", ",", "&x ", "*x", "!!str ", "!", "|\n", ">\n", "? "),
        *(
            '"',
            "'",
            "#",
            "<<: ",
            "---\n",
            "...\n",
            "%YAML 1.9\n",
            "~",
            "null",
            "no",
            "07",
            "\t",
            "\x00",
            "\u2028",
            "é",
            "\ufeff",
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("0", 0),
        ("-3", -3),
        ("12", 12),
        ("07", "07"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("10:05", "10:05"),
        ("1:30", "1:30"),
        ("2026-11-22", "2026-11-22"),
        ("99100", 99100),
        ('"99100"', "99100"),
        ('""', ""),
        ("=", "="),
    ],
)
def test_only_true_false_and_whole_numbers_are_typed(text: str, value: object) -> None:
    read = written.read(f"a: {text}".encode(), "x.yaml")
    assert (read.value, read.problems) == ({"a": value}, [])
    assert type(read.value["a"]) is type(value)


def test_a_block_of_text_loses_the_line_break_that_nobody_meant() -> None:
    assert written.read(b"a: |\n  one\n\n  two\n\nb: >-\n  x\n", "x.yaml").value == {"a": "one\n\ntwo", "b": "x"}


def test_keys_are_text_and_keep_their_order() -> None:
    assert list(written.read(b"true: x\n10: y\nnull: z\na: w\n", "x.yaml").value) == ["true", "10", "null", "a"]


def test_a_mark_at_the_beginning_of_the_file_is_no_fault() -> None:
    assert written.read("\ufeffa: 1".encode(), "x.yaml").value == {"a": 1}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2\na: 3", 'x.yaml:3:1: "a" stands here twice; it is already on line 1'),
        ("a:\n  b: 1\n  c: {d: 1, d: 2}", 'x.yaml:3:13: a.c: "d" stands here twice; it is already on line 3'),
        ("a: &x 1", "x.yaml:1:4: anchors and aliases (& and *) are not allowed; write the text again"),
        ("a: *x", "x.yaml:1:4: anchors and aliases (& and *) are not allowed; write the text again"),
        ("a: !!python/object:os.system x", "x.yaml:1:4: tags (!) are not allowed; quote the text"),
        ("a: !x {}", "x.yaml:1:4: tags (!) are not allowed; quote the text"),
        ("<<: {a: 1}", "x.yaml:1:1: merge keys (<<) are not allowed; write the lines again"),
        ("? [a]\n: 1", "x.yaml:1:3: a key is one word"),
        ("a:\nb: 1", 'x.yaml:1:1: "a" is empty; write its value, or take the line away'),
        ("a: ~", 'x.yaml:1:1: "a" is empty; write its value, or take the line away'),
        ("a:\n  - 1\n  -\n", "x.yaml:3:4: a: an empty line of a list"),
        (
            "a:\n  - {text: Bonjour, venez vite}",
            'x.yaml:2:21: a[0]: "venez vite" stands alone: a comma has cut the text before it; '
            "put quotes around the whole text",
        ),
        ("a: b: c", "x.yaml:1:5: mapping values are not allowed in this context; a text with"),
        ("a: [1, 2", "x.yaml:2:1: did not find expected ',' or ']'; a text with"),
        ("a: 1\n---\na: 2", "x.yaml:2:1: but found another document"),
        ("a: x\nb: \x07", "x.yaml:2:1: an invisible sign that YAML does not allow"),
        ("[" * 41, "x.yaml:1:41: more than 40 levels deep"),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, says: str) -> None:
    assert [str(problem)[: len(says)] for problem in written.read(text.encode(), "x.yaml").problems] == [says]


def test_every_fault_of_the_writing_is_told_at_once() -> None:
    read = written.read(b"a: 1\na: 2\nb:\nc: {d, e: 1}\n", "x.yaml")
    assert [problem.line for problem in read.problems] == [2, 3, 4]
    assert read.value == {"a": 1, "b": None, "c": {"d": None, "e": 1}}


def test_what_is_not_utf8_is_told_with_its_line() -> None:
    assert [str(p) for p in written.read(b"a: 1\nb: \xe9", "x.yaml").problems] == [
        "x.yaml:2:1: this is not UTF-8; save the file as UTF-8"
    ]


def test_a_large_file_is_refused_before_it_is_parsed() -> None:
    started = time.perf_counter()
    read = written.read(b"a: &a [x]\n" + b"b: [*a, *a]\n" * 300_000, "x.yaml")
    assert [str(problem) for problem in read.problems] == ["x.yaml:1:1: the file is larger than 256 kB; split it"]
    assert time.perf_counter() - started < 0.1


def test_everything_has_its_line_and_column() -> None:
    read = written.read(b"steps:\n  - id: a\n    choices: [{id: b}, {id: c}]\n", "x.yaml")
    assert read.spot(("steps", 0, "id")) == (2, 9)
    assert read.spot(("steps", 0, "choices", 1, "id")) == (3, 29)
    assert read.spot(("steps", 0, "choices"), key=True) == (3, 5)
    assert read.spot(("steps", 0, "choices", 1, "text")) == (3, 24), "what is missing stands where it should be"
    assert read.spot(("nowhere",)) == (1, 1)


@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=60).map(lambda parts: "".join(parts).encode())))
@settings(max_examples=400, deadline=1000)
def test_no_bytes_raise_anything(data: bytes) -> None:
    read = written.read(data, "x.yaml")
    assert read.readable or read.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in read.problems)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 262_000,
        b"{a: " * 60_000,
        b"a: 1\n" * 52_000,
        b"- a\n" * 65_000,
        b"- - - - - - - - - -\n" * 13_000,
        b"&a " * 80_000,
        b"? " * 100_000,
        b'a: "' + b"\\u00e9" * 40_000 + b'"',
        b"a: " + b"x" * 260_000,
        b"[a: b, " * 30_000,
    ],
    ids=lambda data: data[:8].decode(),
)
def test_a_bomb_is_judged_within_a_second(data: bytes) -> None:
    started = time.perf_counter()
    written.read(data, "x.yaml")
    assert time.perf_counter() - started < 1
