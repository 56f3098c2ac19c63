"""Languages: tags in addresses, folders on disk, what a browser asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.kit.language import language_of, negotiate

OFFERED = [language_of(folder) for folder in ("fr", "ar", "en", "fa_AF")]


@pytest.mark.parametrize(
    ("folder", "tag", "name", "dir_"),
    [
        ("fr", "fr", "Français", "ltr"),
        ("ar", "ar", "العربية", "rtl"),
        ("en", "en", "English", "ltr"),
        ("fa_AF", "fa-AF", "دری", "rtl"),
        ("ti", "ti", "ትግርኛ", "ltr"),
        ("zzz", "zzz", "Zzz", "ltr"),
        ("ckb", "ckb", None, "rtl"),
    ],
)
def test_each_language_has_its_own_name_and_direction(folder: str, tag: str, name: str | None, dir_: str) -> None:
    found = language_of(folder)
    assert (found.tag, found.dir) == (tag, dir_)
    assert found.name == name if name else found.name


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("fr", "fr"),
        ("ar-DZ,ar;q=0.9", "ar"),
        ("en-US,en;q=0.8,fr;q=0.9", "en"),
        ("de,fr;q=0.2,ar;q=0.5", "ar"),
        ("prs", "fa-AF"),
        ("fa-IR", "fa-AF"),
        ("fa", "fa-AF"),
        ("FA-af", "fa-AF"),
        ("ar;q=0,en;q=0.1", "en"),
        ("de", "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("en;q=x, ar", "ar"),
    ],
)
def test_the_browser_gets_what_it_likes_best(accepted: str, tag: str) -> None:
    assert negotiate(accepted, OFFERED).tag == tag


@given(st.text(max_size=200))
def test_no_header_makes_an_error(accepted: str) -> None:
    assert negotiate(accepted, OFFERED) in OFFERED
