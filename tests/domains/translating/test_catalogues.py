"""Catalogues come from people's hands: a hostile one is refused at once, the rest goes on."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domains.translating.catalogues import Catalogues, Damaged, read_catalogue

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)


def test_a_translation_is_read_with_its_draft_mark() -> None:
    text = (
        HEAD + '# draft\nmsgid "Bonjour"\nmsgstr "Hello"\n\nmsgid "Merci"\nmsgstr "Thanks"\n\nmsgid "Non"\nmsgstr ""\n'
    )
    found = read_catalogue(text.encode(), "en.po")
    assert dict(found.texts) == {"Bonjour": "Hello", "Merci": "Thanks"}
    assert found.drafts == {"Bonjour"}
    assert found.share == pytest.approx(2 / 3)


def test_a_fuzzy_entry_means_that_the_french_changed_and_is_not_used() -> None:
    found = read_catalogue((HEAD + '#, fuzzy\nmsgid "Bonjour"\nmsgstr "Hello"\n').encode(), "en.po")
    assert not found.texts


@pytest.mark.parametrize(
    "data",
    [
        HEAD.replace("nplurals=2", "nplurals=1000000000").encode(),
        HEAD.replace("utf-8", "no-such-charset").encode() + b'msgid "a"\nmsgstr "b"\n',
        (HEAD + 'msgid "a"\nmsgstr "b').encode(),
        b'msgid "a\nmsgstr',
        b"x" * 2_000_001,
    ],
)
def test_a_damaged_file_is_refused_at_once_and_named(data: bytes) -> None:
    begun = time.monotonic()
    with pytest.raises(Damaged, match=r"^ar\.po:"):
        read_catalogue(data, "ar.po")
    assert time.monotonic() - begun < 1


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        read_catalogue(data, "x.po")
    except Damaged as why:
        assert str(why).startswith("x.po:")


def test_a_damaged_catalogue_is_reported_and_the_others_are_served(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "interface.po").write_text(HEAD + 'msgid "Bonjour"\nmsgstr "Hello"\n', encoding="utf-8")
    (folder / "broken.po").write_bytes(b'msgid "a\nmsgstr')
    catalogues = Catalogues(tmp_path)
    assert catalogues.get("en", "interface").texts["Bonjour"] == "Hello"
    assert not catalogues.get("en", "broken").texts
    assert "broken.po" in catalogues.problems[0]
    assert catalogues.languages() == ["en"]


def test_a_changed_file_is_served_without_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "interface.po"
    path.write_text(HEAD + 'msgid "Bonjour"\nmsgstr "Hello"\n', encoding="utf-8")
    catalogues = Catalogues(tmp_path)
    assert catalogues.get("en", "interface").texts["Bonjour"] == "Hello"
    path.write_text(HEAD + 'msgid "Bonjour"\nmsgstr "Good morning"\n', encoding="utf-8")
    assert catalogues.get("en", "interface").texts["Bonjour"] == "Good morning"
