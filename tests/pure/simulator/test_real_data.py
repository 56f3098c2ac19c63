"""Real-looking data: what is refused, and the many things that are not."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pure.simulator import real_data
from app.pure.simulator.real_data import real_looking

CARD = (
    "Mariam",
    "12 rue des Lilas",
    "99100",
    "06 39 98 12 34",
    "mariam.diallo@courriel.example",
    "FR76 0000 0000 0000 0000 0001 261",
    "2 90 06 99 000 000 91",
    "000 000 000 00000",
    "0000012345",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("FR76 3000 6000 0112 3456 7890 189", "iban"),
        ("Mon compte : fr7630006000011234567890189, merci.", "iban"),
        ("Voici FR76 3000 6000 0112 3456 7890 189 merci", "iban"),
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("FR76 0000 0000 0000 0000 0004 559", "iban"),
        ("2 95 10 99 126 111 93", "nir"),
        ("295109912611193", "nir"),
        ("2 53 07 2B 073 004 70", "nir"),
        ("٢٩٥١٠٩٩١٢٦١١١٩٣", "nir"),
        ("1 97 03 99 000 000 41", "nir"),
        ("4111 1111 1111 1111", "card-number"),
        ("carte 4111111111111111 12/28 123", "card-number"),
        ("5555-5555-5555-4444", "card-number"),
        ("3782 822463 10005", "card-number"),
        ("2223 0031 2200 3222", "card-number"),
        ("06 12 34 56 78", "phone"),
        ("0612345678", "phone"),
        ("0612 345 678", "phone"),
        ("06/12/34/56/78", "phone"),
        ("06.12.34.56.78", "phone"),
        ("Appelez le 06 12 34 56 78 9 h", "phone"),
        ("tel0612345678", "phone"),
        ("+33 6 12 34 56 78", "phone"),
        ("+33 (0)6 12 34 56 78", "phone"),
        ("0033612345678", "phone"),
        ("+224 620 12 34 56", "phone"),
        ("\u206606\u2069 12 34 56 78", "phone"),
        ("bonjour\n06 12 34 56 78\nmerci", "phone"),
        ("moi@gmail.com", "domain"),
        ("Écrivez à moi@orange.fr, merci.", "domain"),
        ("https://www.caf.fr/mon-compte", "domain"),
        ("impots.gouv.fr", "domain"),
        ("https://impots.gouv.fr.dossier-urgent.biz", "domain"),
    ],
)
def test_real_looking_data_is_named(text: str, kind: str) -> None:
    assert real_looking(text, CARD) == kind


@pytest.mark.parametrize(
    "text",
    [
        *CARD,
        "FR7600000000000000000001261",
        "0639981234",
        "+33 6 39 98 12 34",
        "290069900000091",
        "Mon IBAN : FR76 0000 0000 0000 0000 0001 261. Mon numéro : 2 90 06 99 000 000 91.",
        # another number of the fiction, and slips in those of the card: the pretend site answers these
        "06 39 98 77 20",
        "01 99 00 31 20",
        "+33 (0)6 39 98 55 10",
        "06 39 98 12 3",
        "FR76 0000 0000 0000 0000 0001 262",
        "2 90 06 99 000 000 92",
        "000 000 000 0000",
        "ecole.ferry@courriel.exemple",
        "ecole ferry@courriel.example",
        "mariam@courriel",
        # sentences, numbers and names of files
        "",
        "Bonjour.Merci",
        "Bonjour Léa,je viens mardi.Merci",
        "Le vrai site est impots.gouv.fr, je crois.",
        "attestation-logement.pdf",
        "photo.jpg",
        "CV.docx",
        "7 000 123",
        "12 × 1 050 = 12 600",
        "03/12/1990 14 h",
        "du 01/02/2026 au 03/04/2026",
        "33700",
        "3949",
        "AB12 CD34 EF56 GH78 IJ90 KL",
        "https://www.bibliotheque-valmont.example",
        "caisse-familles.aide-rapide.example",
        "nom@example.com",
        "contact@mairie.example.fr",
    ],
)
def test_what_is_on_the_card_or_in_the_fiction_passes(text: str) -> None:
    assert real_looking(text, CARD) is None


def test_the_card_of_another_person_is_not_the_learners() -> None:
    assert real_looking("FR76 0000 0000 0000 0000 0001 261", ()) == "iban"
    assert real_looking("2 90 06 99 000 000 91", ()) == "nir"


def test_the_sentence_is_french_and_fits_a_slip() -> None:
    assert real_data.SENTENCE == ("Ce numéro n'est pas celui de la carte. N'écrivez jamais votre vrai numéro ici.")


@given(st.text() | st.text(st.sampled_from("0123456789 .-+()FR@aA\n"), max_size=80), st.lists(st.text(), max_size=3))
def test_no_text_ever_fails(text: str, allowed: list[str]) -> None:
    assert real_looking(text, allowed) in (None, "iban", "nir", "card-number", "phone", "domain")


@given(st.sampled_from(CARD), st.sampled_from(["", " ", "\u00a0"]))
def test_a_value_of_the_card_passes_however_it_is_spaced(value: str, space: str) -> None:
    assert real_looking(value.replace(" ", space), CARD) is None


@pytest.mark.parametrize(
    "part", ["1 ", "0", "FR12 ", "A1 ", "FR12A A A ", "a.", "@a", "a@b.", "06 39 98 ", "(.1", "+3"]
)
def test_the_time_grows_no_faster_than_a_hostile_text(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part))
        begun = process_time()
        real_looking(text, CARD)
        return process_time() - begun

    assert seconds(40_000) < 12 * seconds(10_000) + 0.2
