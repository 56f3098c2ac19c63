"""How we speak, as far as it can be counted."""

from typing import Any

import pytest

from app.pure.content import wording

LONG = "Un deux trois quatre cinq six sept huit neuf dix onze douze treize"


def found(*steps: dict[str, Any], **module: Any) -> list[tuple[str, bool]]:
    return [(said, error) for _, said, error in wording.check({"steps": list(steps), **module})]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ouvrez l'e-mail de Léa.", [4]),
        ("Qui écrit ? Regardez.", [2, 1]),
        ("Écrivez bibliotheque-valmont.example, puis Entrée.", [4]),
        ("Préparez bail + RIB + fiches de paie.", [6]),
        ("« Bonjour Madame » vient en premier. Le nom vient en dernier.", [5, 5]),
        ("{Touchez} 📎 [Joindre], puis [CV.pdf], puis [Envoyer].", [6]),
        ("Un e-mail de : {name}. Cherchez {name}.", [4, 2]),
        ("Une ligne\nUne autre ligne", [2, 3]),
        ("Le 5 du mois… ou le 6 !", [4, 3]),
        ("", []),
    ],
)
def test_the_words_of_a_sentence_are_those_one_hears(text: str, count: list[int]) -> None:
    assert [wording.words(sentence) for sentence in wording.sentences(text)] == count


@pytest.mark.parametrize(
    ("words", "says"),
    [(12, []), (13, [False]), (15, [False]), (16, [True])],
)
def test_more_than_twelve_words_warn_and_more_than_fifteen_are_refused(words: int, says: list[bool]) -> None:
    text = " ".join(["mot"] * words) + "."
    assert [error for _, error in found({"kind": "explain", "text": text})] == says


@pytest.mark.parametrize(
    "step",
    [
        {"kind": "scene", "goals": [{"say": LONG}]},
        {"kind": "scene", "goals": [{"help": ["Court.", LONG]}]},
        {"kind": "scene", "goals": [{"else": [{"say": LONG}]}]},
        {"kind": "scene", "traps": [{"say": LONG}]},
        {"kind": "scene", "goals": [{"ask": LONG}]},
        {"kind": "match", "wrong": LONG},
        {"kind": "explain", "items": [{"text": LONG}]},
        {"done": LONG},
    ],
)
def test_every_place_where_we_speak_is_read(step: dict[str, Any]) -> None:
    assert [said[:8] for said, _ in found(step)] == ["13 words"]


def test_a_pretend_letter_may_speak_as_letters_do_and_our_coach_in_a_form_may_not() -> None:
    letters = {"box": {"apps": {"mail": {"messages": [{"body": LONG + " facilement"}]}}}}
    fields = {"site": {"apps": {"portal": {"forms": [{"wrong": [{"say": LONG}], "note": LONG}]}}}}
    assert found(worlds=letters) == []
    assert [said[:8] for said, _ in found(worlds=fields)] == ["13 words"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("C'est facile.", "facile"),
        ("Il suffit de toucher.", "Il suffit"),
        ("Évidemment, on touche.", "Évidemment"),
        ("C'est simple.", "simple"),
        ("Dommage, essayez encore.", "Dommage"),
        ("Bravo, champion.", "Bravo"),
        ("Faux. Regardez la ligne.", "Faux"),
        ("Non. Faux !", "Faux"),
    ],
)
def test_words_that_talk_down_are_refused(text: str, word: str) -> None:
    assert found({"question": text}) == [(f'"{word}" is not how we speak to adults', True)]


@pytest.mark.parametrize(
    "text",
    ["Des voleurs envoient de faux messages.", "Difficile ? Écoutez.", "La simplicité.", "Un faux site."],
)
def test_words_that_only_look_like_them_are_welcome(text: str) -> None:
    assert found({"question": text}) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vous ne payez que 5 €.", True),
        ("On n'écrit qu'une fois.", True),
        ("Vous ne savez pas que faire.", False),
        ("Il ne dit jamais que c'est vrai.", False),
        ("Dites que vous venez.", False),
    ],
)
def test_ne_que_warns(text: str, told: bool) -> None:
    assert [error for _, error in found({"question": text})] == ([False] if told else [])


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ([{"id": "a", "right": True}, {"id": "b", "feedback": "Regardez encore la ligne."}], []),
        ([{"id": "a"}], ["a wrong answer has its own feedback, of four words or more"]),
        ([{"id": "a", "feedback": "Pas celle-ci."}], ["a wrong answer has its own feedback, of four words or more"]),
        (
            [
                {"id": "a", "feedback": "Regardez encore la ligne."},
                {"id": "b", "feedback": "Regardez encore la ligne."},
            ],
            ["this feedback stands in the step twice; each answer has its own"],
        ),
    ],
)
def test_a_wrong_answer_has_its_own_feedback(choices: list[dict[str, Any]], says: list[str]) -> None:
    assert [said for said, _ in found({"kind": "choose", "choices": choices})] == says
    assert [said for said, _ in found({"kind": "point", "places": choices})] == says


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"kind": "choose", "choices": [{"id": "a", "feedback": "Oui, mais regardez la date."}]}, True),
        ({"kind": "choose", "choices": [{"id": "a", "right": True, "feedback": "Oui. C'est mardi."}]}, False),
        ({"kind": "point", "places": [{"id": "a", "feedback": "Super, mais cherchez ailleurs."}]}, True),
        ({"kind": "match", "pairs": [{"id": "a", "feedback": "Parfait, mais cherchez encore."}]}, True),
        ({"kind": "order", "items": [{"id": "a", "feedback": "Oui, mais pas ici."}]}, True),
        ({"kind": "scene", "traps": [{"say": "Excellent ! Mais pas ici."}]}, True),
        ({"kind": "scene", "goals": [{"else": [{"say": "Oui. Encore un mot."}]}]}, True),
        ({"kind": "scene", "goals": [{"wrong": [{"say": "Exact, à peu près."}]}]}, True),
        ({"kind": "scene", "goals": [{"done": "Oui. Mercredi à 10 h."}]}, False),
        ({"kind": "scene", "remarks": [{"say": "Oui, c'est aussi juste."}]}, False),
    ],
)
def test_praise_belongs_to_what_is_right(step: dict[str, Any], told: bool) -> None:
    says = ["no praise for a wrong answer; say what it is, or what to try"] if told else []
    assert [said for said, _ in found(step) if "praise" in said] == says


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Voir https://www.caf.fr/aide", True),
        ("Voir HTTP://impots.example.fr", True),
        ("Voir https://caisse-familles.example/compte", False),
        ("Le vrai site : caf.fr", False),
    ],
)
def test_no_link_leads_outside(text: str, told: bool) -> None:
    said = "no link to the outside world; write the address as words, or end it in .example"
    assert [one for one, _ in found(summary=text)] == ([said] if told else [])
    assert [one for one, _ in found(worlds={"box": {"body": text}})] == ([said] if told else [])


def test_an_empty_text_is_a_slip_and_an_empty_try_is_none() -> None:
    assert found({"question": " "}) == [("this text is empty; write it, or take the line away", True)]
    assert found({"goals": [{"else": [{"try": {"body": ""}, "say": "Écrivez un mot."}]}]}) == []


@pytest.mark.parametrize("module", [None, 3, "x", [], {"steps": 4}, {"steps": [None, 3, {"choices": {"a": 1}}]}])
def test_whatever_the_file_holds_nothing_is_raised(module: Any) -> None:
    assert list(wording.check(module)) == []
