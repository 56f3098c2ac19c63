"""Where a form may send somebody on to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.kit.forms import local


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/fr/", True),
        ("/fr/learn/premier-mail/when", True),
        ("", False),
        ("fr/", False),
        ("//elsewhere.example", False),
        ("/\\elsewhere.example", False),
        ("/\t/elsewhere.example", False),
        ("/fr/\r\nset-cookie: a=b", False),
        ("https://elsewhere.example/", False),
        ("javascript:alert(1)", False),
        ("/" + "a" * 400, False),
    ],
)
def test_only_pages_of_ours(address: str, kept: bool) -> None:
    assert local(address, "/home") == (address if kept else "/home")


@given(st.text(max_size=100))
def test_never_another_host_nor_another_header(address: str) -> None:
    found = local(address, "/home")
    assert found.startswith("/") and found[1:2] not in ("/", "\\") and found.isprintable()
