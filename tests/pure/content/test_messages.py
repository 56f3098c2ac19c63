"""What there is to translate: everything that a learner reads, and nothing that they type or never see."""

from pathlib import Path

import pytest

from app.pure.content import written
from app.pure.content.library import Library
from app.pure.content.loader import load
from app.pure.content.messages import messages_of, platform_messages
from app.pure.content.tree import texts
from app.settings import HOME
from tests.pure.content.shelf import lay

UNREAD = (
    *(
        "id",
        "slug",
        "at",
        "name",
        "address",
        "as",
        "picture",
        "kind",
        "world",
        "open",
        "fact",
        "about",
        "while",
        "format",
    ),
    *(
        "with",
        "try",
        "given",
        "accept",
        "is",
        "words",
        "competences",
        "trainer",
        "value",
        "values",
        "mark",
        "to",
        "from",
    ),
    *("source", "checked_on", "advised_before", "glossary", "recall", "human_help", "number", "then", "when", "also"),
    *(
        "path",
        "normal",
        "page",
        "after",
        "types",
        "traits",
        "attachments",
        "download",
        "summary_pages",
        "shown_if",
        "form",
    ),
    *("link", "home", "device", "part", "world", "folder"),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return load(lay(tmp_path))[0]


def test_every_text_that_is_read_is_there_with_its_place(library: Library) -> None:
    found = {message.text: message.places for message in messages_of(library.modules["ma-lecon"])}
    assert found["Lire un e-mail"] == ("title",)
    assert (
        found["L'atelier commence mardi à 14 h."] == ("box mail messages lea body",)
        or "lea body" in found["L'atelier commence mardi à 14 h."][0]
    )
    for text in (
        *("Je peux lire un e-mail.", "Lisez un vrai e-mail cette semaine.", "Votre formateur", "Salle", "Offres"),
        *("Une adresse e-mail a un signe @.", "Voici votre boîte. Chaque ligne est un e-mail.", "Qui écrit ?"),
        *("C'est un e-mail de : {name}. Cherchez [Léa Martin].", "Gardez cet e-mail. Lisez celui de Léa."),
        *("{Touchez} la ligne [Léa Martin].", "La boutique", "Cet e-mail vient de la boutique."),
    ):
        assert text in found, text


@pytest.mark.parametrize(
    "text", ["lea", "mail.opened", "0d 09:12", "offres@boutique-soleil.example", "card.town", "Valmont"]
)
def test_what_nobody_reads_is_not_there(library: Library, text: str) -> None:
    assert text not in {message.text for message in messages_of(library.modules["ma-lecon"])}


def test_a_text_that_is_said_twice_is_translated_once(library: Library) -> None:
    found = [
        message for message in messages_of(library.modules["ma-lecon"]) if message.text == "Ouvrez l'e-mail de Léa."
    ]
    assert len(found) == 1 and len(found[0].places) == 2


def test_what_all_modules_share_has_its_own_catalogue(library: Library) -> None:
    found = {message.text for message in platform_messages(library)}
    assert {"E-mail", "Plus tard", "France services", "expéditeur", "personne qui envoie", "Le début"} <= found
    assert "Lire un e-mail" not in found, "a written module has its title in its own catalogue"


@pytest.mark.parametrize("path", sorted((HOME / "courses").glob("*/*/module.yaml")), ids=lambda path: path.parent.name)
def test_no_french_of_the_shipped_modules_is_forgotten(path: Path) -> None:
    library, _ = load(HOME / "courses")
    found = {message.text for message in messages_of(library.modules[path.parent.name])}
    said = texts(written.read(path.read_bytes(), path.name).value)
    sentences = [
        (place, text) for place, text in said if " " in text and not any(str(part) in UNREAD for part in place[-3:])
    ]
    assert [written.dotted(place) for place, text in sentences if text not in found] == []
    assert len(sentences) > 80
