"""Typed answers: what is the same, and what only looks so."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pure.simulator import answers

NORMALS = ("text", "hour", "number", "amount", "phone", "date")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Érythrée ", "erythree"),
        ("L’école\u00a0d'Awa", "l'ecole d'awa"),
        ("٠٦ ۳۹", "06 39"),
        ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("cœur Œuvre", "coeur oeuvre"),
        ("\u200e06\u200f 39\u2066", "06 39"),
        ("rendez‑vous", "rendez-vous"),
        ("Straße", "strasse"),
        ("\u200b \u00a0", ""),
    ],
)
def test_plain_text_has_no_case_accent_or_invisible_mark(text: str, plain: str) -> None:
    assert answers.plain(text) == plain


@pytest.mark.parametrize(
    ("normal", "typed", "expected", "same"),
    [
        ("text", " guinée. ", "Guinée", True),
        ("text", "Absence d’ Awa !", "Absence d'Awa", True),
        ("text", "12 rue  des Lilas", "12 rue des lilas", True),
        ("text", "12ruedesLilas", "12 rue des Lilas", False),
        ("text", "Guinée-Bissau", "Guinée", False),
        ("text", "", "Guinée", False),
        *(("hour", typed, "10 h", True) for typed in ("10 h", "10h", "10:00", "10 heures", "à 10 h.", "10h00", "١٠ h")),
        ("hour", "10 h 30 min", "10:30", True),
        ("hour", "10 h 30", "10 h", False),
        ("hour", "22 h", "10 h", False),
        ("hour", "99 h", "10 h", False),
        ("hour", "mercredi", "10 h", False),
        ("number", "7000123", "7 000 123", True),
        ("number", "n° 7 000 123.", "7 000 123", True),
        ("number", "7.000.123", "7 000 123", True),
        ("number", "7\u202f000\u00a0123", "7 000 123", True),
        ("number", "03", "3", True),
        ("number", "3 e-mails", "3", True),
        ("number", "7000 et 123", "7 000 123", False),
        ("number", "12345", "0000012345", False),
        ("number", "3230", "7 000 123", False),
        ("number", "", "3", False),
        *(("amount", typed, "210", True) for typed in ("210", "210 €", "210,00", "210.00€", "210 euros", "€210")),
        ("amount", "environ 210 € par mois", "210 €", True),
        ("amount", "1.050,00", "1 050", True),
        ("amount", "12 € 50", "12,50", True),
        ("amount", "620", "210", False),
        ("amount", "210 ou 620", "210", False),
        ("amount", "1.050", "1 050", False),
        ("phone", "01.99.00.24.68", "01 99 00 24 68", True),
        ("phone", "+33 (0)1 99 00 24 68", "01 99 00 24 68", True),
        ("phone", "0033199002468", "01 99 00 24 68", True),
        ("phone", "tél : 0199002468", "01 99 00 24 68", True),
        ("phone", "01 99 00 24 6", "01 99 00 24 68", False),
        ("phone", "la mairie", "01 99 00 24 68", False),
        ("date", "6/9/1990", "06/09/1990", True),
        ("date", "6 septembre 1990", "06/09/1990", True),
        ("date", "1er Août 1990", "01/08/1990", True),
        ("date", "mardi 1er août", "01/08", True),
        ("date", "le jeudi 12/03/2026", "12/03", True),
        ("date", "12/03", "12/03/2026", False),
        ("date", "09/06/1990", "06/09/1990", False),
        ("date", "6 brumaire 1990", "06/09/1990", False),
    ],
)
def test_the_same_answer_may_be_written_in_several_ways(normal: str, typed: str, expected: str, same: bool) -> None:
    assert answers.same_answer(typed, expected, normal) is same


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 050,00 €", Decimal(1050)),
        ("1'050", Decimal(1050)),
        ("0", Decimal(0)),
        ("-5", Decimal(-5)),
        ("12,5", Decimal("12.5")),
        ("1,050", None),
        ("douze", None),
        ("12,5,0", None),
        ("9" * 5000, None),
        ("", None),
    ],
)
def test_an_amount_is_read_or_is_none(text: str, amount: Decimal | None) -> None:
    assert answers.amount(text) == amount


def test_an_unknown_normal_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        answers.same_answer("10", "10", "colour")


def test_a_text_too_long_is_no_answer() -> None:
    assert not answers.same_answer("a" * 3000, "a" * 3000, "text")


@given(st.text(), st.text(), st.sampled_from(NORMALS))
def test_no_text_ever_fails(typed: str, expected: str, normal: str) -> None:
    assert answers.same_answer(typed, expected, normal) in (True, False)
    assert answers.phone(typed) is None or answers.digits(typed)


@given(st.text())
def test_plain_is_stable_and_every_text_is_the_same_as_itself(text: str) -> None:
    assert answers.plain(answers.plain(text)) == answers.plain(text)
    assert answers.same_answer(text, text, "text")


@given(st.decimals(0, 999_999, places=2))
def test_an_amount_is_the_same_in_french_and_bare(value: Decimal) -> None:
    assert answers.same_answer(f"{value:,}".replace(",", "\u202f").replace(".", ",") + " €", str(value), "amount")
