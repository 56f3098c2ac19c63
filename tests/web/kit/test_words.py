"""Words in the learner's language: marks drawn, French marked as French, everything escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domains.translating.catalogues import Translations
from app.web.kit.language import language_of
from app.web.kit.words import Words, typography

NB = "\u00a0"
FRENCH, ARABIC, DARI = language_of("fr"), language_of("ar"), language_of("fa_AF")


def words_in(folder: str, texts: dict[str, str] | None = None, *, both: bool = False, finger: bool = True) -> Words:
    return Words(language_of(folder), Translations(texts or {}), Translations(texts or {}), both, finger)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("C'est quand ?", f"C’est quand{NB}?"),
        ("Oui : « Envoyer » !", f"Oui{NB}: «{NB}Envoyer{NB}»{NB}!"),
        ("Un e-mail", "Un e\u2011mail"),
        ("14 h 30", "14 h 30"),
    ],
)
def test_french_typography(text: str, tidy: str) -> None:
    assert typography(text) == tidy


@pytest.mark.parametrize(("finger", "verb"), [(True, "Touchez"), (False, "Cliquez")])
def test_the_verb_follows_the_hand(finger: bool, verb: str) -> None:
    assert words_in("fr", finger=finger).words("{Touchez} ici.") == f"{verb} ici."
    assert words_in("fr", finger=finger).words("{Touchez|Cliquez} ici.") == f"{verb} ici."


def test_a_label_is_drawn_as_it_stands_on_the_screen_in_every_language() -> None:
    said = words_in("ar", {"[Envoyer]": "[Envoyer] الآن"}).words("[Envoyer]")
    assert said == f'<bdi class="label" lang="fr" dir="ltr">«{NB}Envoyer{NB}»</bdi> الآن'


def test_what_is_not_translated_is_shown_in_french_and_marked() -> None:
    assert words_in("ar").words("Bonjour") == '<span lang="fr" dir="ltr">Bonjour</span>'


def test_a_translation_that_lost_a_label_is_not_used() -> None:
    lost = words_in("ar", {"{Touchez} [Envoyer].": "اضغط."})
    assert "Envoyer" in lost.words("{Touchez} [Envoyer].")


def test_both_languages_stand_together_french_first() -> None:
    said = words_in("ar", {"Bonjour": "مرحبا"}, both=True).words("Bonjour")
    french, arabic = '<span lang="fr" dir="ltr">Bonjour</span>', '<span class="bi__tr" lang="ar" dir="rtl">مرحبا</span>'
    assert said == f'<span class="bi">{french}{arabic}</span>'


def test_a_slot_is_isolated_and_escaped() -> None:
    said = words_in("fr").words("Un e-mail de : {name}", (("name", "<b>Léa</b>"),))
    assert said == f"Un e\u2011mail de{NB}: <bdi>&lt;b&gt;Léa&lt;/b&gt;</bdi>"


def test_a_broken_placeholder_in_a_translation_falls_back_to_french() -> None:
    words = words_in("ar", {"Bonjour %(name)s": "مرحبا %(nam)s"})
    assert words.gettext("Bonjour %(name)s", name="Léa") == "Bonjour Léa"


def test_drafts_are_told_in_another_language_only() -> None:
    drafts = Translations({"Bonjour": "مرحبا"}, {}, frozenset({"Bonjour"}))
    assert Words(ARABIC, Translations(), drafts).draft
    assert Words(ARABIC, drafts, Translations(), both=True).draft
    assert not Words(FRENCH, drafts, drafts).draft
    assert not words_in("ar", {"Bonjour": "مرحبا"}).draft


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_nothing_that_anybody_writes_becomes_markup(french: str, translated: str, typed: str) -> None:
    for folder, both in (("fr", False), ("ar", False), ("ar", True)):
        words = words_in(folder, {french: translated}, both=both)
        for said in (
            words.words(french + "{name}", (("name", typed),)),
            words.words(french),
            words.frame(french),
            words.frame_text(french),
            words.ui(french),
        ):
            for allowed in ("span", "bdi", "strong", "br", "p", "div"):
                said = said.replace(f"<{allowed}", "").replace(f"</{allowed}>", "")
            assert "<" not in said
