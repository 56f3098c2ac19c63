"""Formats: the ways of being wrong, what the site says of them, and what means the same."""

import re
from datetime import date
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pure.simulator.formats import FORMATS

TODAY = date(2026, 11, 24)
NAMES = sorted(FORMATS)
RIGHT = [
    ("text", "12, rue des Lilas"),
    ("name", "DIALLO"),
    ("name", "N’Diaye Traoré-Koné"),
    ("name", "Nʼgo"),
    ("name", "Zoe\u0308"),
    ("email", "mariam.diallo@courriel.example"),
    ("email", " Senait.Tesfay@Courriel.Example "),
    ("phone-fr", "06 39 98 12 34"),
    ("phone-fr", "06.39.98.12.34"),
    ("phone-fr", "+33 6 39 98 12 34"),
    ("phone-fr", "٠٦٣٩٩٨١٢٣٤"),
    ("phone-fr", "۰۶ ۳۹ ۹۸ ۱۲ ۳۴"),
    ("postcode-fr", "99100"),
    ("postcode-fr", "99\u00a0100"),
    ("date-fr", "06/09/1990"),
    ("date-fr", "6-9-1990"),
    ("date-fr", "29.02.2028"),
    ("date-fr", "06091990"),
    ("amount", "1\u202f050,00 €"),
    ("amount", "0"),
    ("whole-number", "3"),
    ("whole-number", "12 600"),
    ("tick", "on"),
    ("code-6", "482 913"),
    ("password", "Soleil-Marche-48!"),
    ("password", "Ma fille aime lire le soir"),
    *(("iban", f"FR76 0000 0000 0000 0000 000{end}") for end in ("1 261", "4 559", "7 857")),
    ("iban", "fr7600000000000000000001261"),
    *(("nir", number) for number in ("2 90 06 99 000 000 91", "1 97 03 99 000 000 41", "2 85 08 99 000 000 77")),
    ("nir", "2 53 07 2B 073 004 70"),
    ("siret", "000 000 000 00000"),
    ("siret", "00000000000000"),
    ("foreigner-number", "0000012345"),
    ("country", "Côte d’Ivoire"),
    ("e-photo-code", "AB12 CD34 EF56 GH78 IJ90 KL"),
    ("web-address", "https://www.bibliotheque-valmont.example/"),
    ("web-address", "bibliotheque"),
    ("search-words", "bibliothèque valmont"),
]
WRONG = [
    ("name", "Mariam 2", "digit"),
    ("name", "مريم", "alphabet"),
    ("name", "M@riam", "sign"),
    ("name", "---", "sign"),
    ("email", "ecole ferry@courriel.example", "space"),
    ("email", "ecole.ferry.courriel.example", "no-at"),
    ("email", "ecole@ferry@courriel.example", "two-at"),
    ("email", "ecole.ferry@courriel", "no-dot"),
    ("email", "ecole.ferry@courriel.", "no-dot"),
    ("email", "ecole,ferry@courriel.example", "comma"),
    ("email", "école.ferry@courriel.example", "accent"),
    ("email", "@courriel.example", "shape"),
    ("email", "ecole.ferry@courriel..example", "shape"),
    ("phone-fr", "06 39 98 12 3", "short"),
    ("phone-fr", "06 39 98 12 345", "long"),
    ("phone-fr", "O6 39 98 12 34", "letter-o"),
    ("phone-fr", "demain", "letter"),
    ("phone-fr", "16 39 98 12 34", "start"),
    ("phone-fr", "+224 620 12 34 56", "start"),
    ("postcode-fr", "991000", "long"),
    ("postcode-fr", "9910", "short"),
    ("postcode-fr", "Valmont", "letter"),
    ("date-fr", "06/09/90", "short-year"),
    ("date-fr", "060990", "short-year"),
    ("date-fr", "09/16/1990", "order"),
    ("date-fr", "1990-09-06", "order"),
    ("date-fr", "31/02/1990", "unknown-day"),
    ("date-fr", "00/00/0000", "unknown-day"),
    ("date-fr", "6 septembre", "shape"),
    ("amount", "beaucoup", "not-a-number"),
    ("amount", "1.050", "not-a-number"),
    ("amount", "62O", "letter-o"),
    ("amount", "-5", "negative"),
    ("whole-number", "2,5", "not-a-number"),
    ("whole-number", "-3", "not-a-number"),
    ("whole-number", "trois", "not-a-number"),
    ("whole-number", "9" * 40, "not-a-number"),
    ("whole-number", "1O", "letter-o"),
    ("tick", "off", "empty"),
    ("code-6", "48291", "short"),
    ("code-6", "4829133", "long"),
    ("password", "mariam1990", "short"),
    ("password", "MARIAM-DIALLO-1990", "no-small"),
    ("password", "mariam-diallo-1990", "no-capital"),
    ("password", "Mariam-Diallo-ici", "no-digit"),
    ("password", "MariamDiallo1990", "no-sign"),
    ("iban", "7600 0000", "not-fr"),
    ("iban", "DE89 3704 0044 0532 0130 00", "not-fr"),
    ("iban", "4111 1111 1111 1111", "card-number"),
    ("iban", "FR76 0000 0000 0000 0000 0001 26", "short"),
    ("iban", "FR76 0000 0000 0000 0000 0001 2611", "long"),
    ("iban", "FR76 0000 0000 0000 0000 0001 262", "key"),
    ("iban", "FR76 0000 0000 0000 0000 0001 26é*", "sign"),
    ("nir", "2 90 06 99 000 000", "no-key"),
    ("nir", "2 90 06 99 000 00", "short"),
    ("nir", "2 90 06 99 000 000 911", "long"),
    ("nir", "2 90 06 99 000 000 92", "key"),
    ("nir", "5 90 06 99 000 000 91", "start"),
    ("nir", "2 90 06 99 000 AAA 91", "letter"),
    ("siret", "000 000 000 0000", "short"),
    ("siret", "000 000 000 000000", "long"),
    ("siret", "000 000 000 00001", "key"),
    ("foreigner-number", "000012345", "short"),
    ("country", "3", "digit"),
    ("e-photo-code", "AB12", "short"),
    ("e-photo-code", "AB12 CD34 EF56 GH78 IJ90 KLM", "long"),
    ("e-photo-code", "AB12 ???", "sign"),
    ("web-address", "bibliotheque valmont.example", "space"),
    ("web-address", "bibliothèque-valmont.example", "accent"),
    ("web-address", "bibliotheque-valmont,example", "comma"),
]


def test_every_format_of_the_simulator_is_there() -> None:
    listed = (
        "text name email phone-fr postcode-fr date-fr amount whole-number one-of tick code-6 password iban nir siret "
        "foreigner-number country e-photo-code web-address search-words"
    )
    assert sorted(listed.split()) == NAMES
    assert all(FORMATS[name].name == name for name in NAMES)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_a_well_written_text_is_accepted(name: str, text: str) -> None:
    assert FORMATS[name].check(text, TODAY) is None


@pytest.mark.parametrize(("name", "text", "way"), WRONG)
def test_a_text_is_wrong_in_a_named_way(name: str, text: str, way: str) -> None:
    assert FORMATS[name].check(text, TODAY) == way
    assert way in FORMATS[name].ways


@pytest.mark.parametrize("name", NAMES)
def test_nothing_and_too_much_are_ways_of_every_format(name: str) -> None:
    form = FORMATS[name]
    for nothing in ("", "  ", "\u00a0", "\u200b"):
        assert form.check(nothing, TODAY) == "empty"
        assert form.check(nothing, TODAY, optional=True) is None
    assert form.check("1" * 2001, TODAY) == "too-long"


def test_a_past_date_is_not_after_today() -> None:
    check = FORMATS["date-fr"].check
    assert check("25/11/2026", TODAY, past=True) == "future"
    assert check("24/11/2026", TODAY, past=True) is None
    assert check("25/11/2026", TODAY) is None


def test_one_of_takes_the_ids_of_its_options_alone() -> None:
    check = FORMATS["one-of"].check
    assert check("person", TODAY, options=("person", "company")) is None
    assert check("other", TODAY, options=("person", "company")) == "empty"


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("amount", "620", "620,00 €", True),
        ("amount", "620", "260", False),
        ("date-fr", "6/9/1990", "06/09/1990", True),
        ("date-fr", "06091990", "06/09/1990", True),
        ("date-fr", "06/09/90", "06/09/1990", False),
        ("phone-fr", "+33639981234", "06 39 98 12 34", True),
        ("phone-fr", "٠٦ ٣٩ ٩٨ ١٢ ٣٤", "0639981234", True),
        ("iban", "fr76 00000000 0000 0000 0001261", "FR76 0000 0000 0000 0000 0001 261", True),
        ("nir", "290069900000091", "2 90 06 99 000 000 91", True),
        ("siret", "00000000000000", "000 000 000 00000", True),
        ("foreigner-number", "12345", "0000012345", False),
        ("whole-number", "03", "3", True),
        ("whole-number", "30", "3", False),
        ("name", "diallo", "DIALLO", True),
        ("name", "N'diaye", "N’Diaye", True),
        ("name", "Jean Pierre", "Jean-Pierre", True),
        ("country", "la Guinee", "Guinée", True),
        ("country", "Cote d Ivoire", "Côte d’Ivoire", True),
        ("country", "Guinée-Bissau", "Guinée", False),
        ("text", "12, rue des Lilas", "12 rue des lilas", True),
        ("tick", "on", "true", True),
        ("tick", "on", "", False),
        ("one-of", "person", "company", False),
        ("password", "Soleil-Marche-48!", "soleil-marche-48!", False),
        ("email", "Lea@Courriel.example", "lea@courriel.example", True),
        ("web-address", "https://www.caisse-familles.example/", "caisse-familles.example", True),
        ("web-address", "caisse-familles.aide.example", "caisse-familles.example", False),
        ("e-photo-code", "ab12cd34", "AB12 CD34", True),
        ("e-photo-code", "AB12 CDO4", "AB12 CD04", False),
    ],
)
def test_two_texts_mean_the_same_or_not(name: str, one: str, other: str, same: bool) -> None:
    assert FORMATS[name].same(one, other) is same
    assert FORMATS[name].same(other, one) is same


@pytest.mark.parametrize("name", NAMES)
def test_what_the_site_says_is_short_affirmative_and_polite(name: str) -> None:
    for sentence in FORMATS[name].ways.values():
        assert len(re.findall(r"[\w'’-]+", sentence)) <= 12, sentence
        assert not re.search(r"\b(?:ne|pas|jamais|rien)\b|\bn['’]|\b(?:tu|ton|ta|tes)\b", sentence.lower()), sentence
        assert sentence[0].isupper()
        assert sentence[-1] in ".?"


def test_the_keyboard_fits_the_answer() -> None:
    modes = {"email": "email", "phone-fr": "tel", "amount": "decimal", "postcode-fr": "numeric", "web-address": "url"}
    assert {name: FORMATS[name].inputmode for name in modes} == modes
    # the IBAN has letters, and some keyboards of digits lack the slash of a date
    assert {FORMATS[name].inputmode for name in ("iban", "date-fr", "name", "e-photo-code")} == {"text"}


OPTIONS = st.fixed_dictionaries(
    {}, optional={"past": st.booleans(), "optional": st.booleans(), "options": st.lists(st.text(), max_size=2)}
)
TYPED = st.text() | st.text(st.sampled_from("0123456789O/.,- +@€FRab٠١é'’"), max_size=40)


@given(st.sampled_from(NAMES), TYPED, st.dates(), OPTIONS)
def test_every_text_is_right_or_wrong_in_a_known_way(
    name: str, text: str, today: date, options: dict[str, Any]
) -> None:
    form = FORMATS[name]
    way = form.check(text, today, **options)
    assert way is None or way in form.ways


@given(st.sampled_from(NAMES), TYPED, TYPED)
def test_sameness_is_reflexive_and_symmetric(name: str, one: str, other: str) -> None:
    form = FORMATS[name]
    assert form.same(one, one)
    assert form.same(one, other) is form.same(other, one)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_text_is_read_at_once(name: str) -> None:
    begun = process_time()
    for part in ("a", "1", "é", " 1", "a@", "a.", "@a.", "0/", "1 ", "-", "A1", "'"):
        longest = (part * 2000)[:2000]
        FORMATS[name].check(longest, TODAY)
        FORMATS[name].check(part * 200_000, TODAY)
        FORMATS[name].same(longest, longest + " ")
        FORMATS[name].same(longest, longest[:-1] + "z")
    assert process_time() - begun < 1.0
