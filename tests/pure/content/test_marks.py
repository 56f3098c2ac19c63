"""The marks in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.pure.content import marks
from app.pure.content.marks import Break, Label, Part, Slot, Strong, Text, Verb, parse, plain, same_marks

SIGNS = st.lists(st.sampled_from([*"[]{}|* \n", "a", "é", "Touchez", "name"]), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("Ouvrez.", (Text("Ouvrez."),)),
        ("Le bouton [Répondre] ↩", (Text("Le bouton "), Label("Répondre"), Text(" ↩"))),
        ("{Touchez} ici", (Verb("Touchez", "Cliquez"), Text(" ici"))),
        ("puis {touchez}", (Text("puis "), Verb("touchez", "cliquez"))),
        ("Vous avez {touché}.", (Text("Vous avez "), Verb("touché", "cliqué"), Text("."))),
        ("à {toucher}", (Text("à "), Verb("toucher", "cliquer"))),
        ("{Tap|Click} here", (Verb("Tap", "Click"), Text(" here"))),
        ("De : {name}", (Text("De : "), Slot("name"))),
        ("Un **mot** ici", (Text("Un "), Strong("mot"), Text(" ici"))),
        ("Un\nDeux", (Text("Un"), Break(), Text("Deux"))),
        ("[]", (Text("[]"),)),
        ("{}", (Text("{}"),)),
        ("[a", (Text("[a"),)),
        ("a|b", (Text("a|b"),)),
        ("{+37d}", (Text("{+37d}"),)),
        ("**", (Text("**"),)),
        ("5 * 3 * 2", (Text("5 * 3 * 2"),)),
    ],
)
def test_a_text_is_parsed_into_its_parts(text: str, parts: tuple[Part, ...]) -> None:
    assert parse(text) == parts


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("{Touchez} [Envoyer], **puis** attendez.", "Touchez Envoyer, puis attendez."),
        ("Un e-mail de : {name}.", "Un e-mail de : Léa."),
        ("Rien ici : {other}.", "Rien ici : ."),
        ("Un\nDeux", "Un\nDeux"),
    ],
)
def test_a_text_is_heard_without_its_marks(text: str, heard: str) -> None:
    assert plain(text, {"name": "Léa"}) == heard


@pytest.mark.parametrize(
    ("french", "translation", "wrong"),
    [
        ("{Touchez} [Envoyer] ▷", "{Tap|Click} [Envoyer] ▷", []),
        ("[Envoyer], puis [Joindre]", "[Joindre] after [Envoyer]", []),
        ("[Envoyer]", "[Send]", ["[Envoyer] is missing", "[Send] is too much"]),
        ("[Envoyer]", "[envoyer]", ["[Envoyer] is missing", "[envoyer] is too much"]),
        ("{name} est joint.", "Attached: {name}", []),
        ("{name} est joint.", "Attached: {nom}", ["{name} is missing", "{nom} is too much"]),
        ("{Touchez} ici", "Tap here", ["{…|…} is missing"]),
        ("Ici", "{Tap|Click} here", ["{…|…} is too much"]),
        ("{Touchez} ici", "{Touchez} here", ["{Touchez} is French; write {…|…}"]),
        ("Un **mot**", "A word", ["** is missing"]),
        ("Deux\nlignes", "Two lines", []),
    ],
)
def test_a_translation_keeps_the_marks(french: str, translation: str, wrong: list[str]) -> None:
    assert same_marks(french, translation) == wrong


@given(SIGNS)
def test_no_letter_is_lost_whatever_is_written(text: str) -> None:
    again = ""
    for part in parse(text):
        match part:
            case Text(words):
                again += words
            case Label(words):
                again += f"[{words}]"
            case Strong(words):
                again += f"**{words}**"
            case Slot(name):
                again += f"{{{name}}}"
            case Verb(finger, mouse):
                again += f"{{{finger}}}" if f"{{{finger}}}" in text else f"{{{finger}|{mouse}}}"
            case Break():
                again += "\n"
    assert again == text
    assert same_marks(text, text) == [
        f"{{{name}}} is French; write {{…|…}}" for name in marks.VERBS if f"{{{name}}}" in text
    ]
