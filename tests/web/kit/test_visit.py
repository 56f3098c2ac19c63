"""Which words a page speaks: a module's language is offered when nearly all of it is translated."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.web.conftest import ORIGIN

WHEN = "/en/learn/premier-mail/when"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
QUESTION = "C'est quand ?"

Write = Callable[..., None]


@pytest.fixture
def translate(tmp_path: Path) -> Write:
    """Writes a catalogue of English, whole."""

    def write(domain: str, texts: dict[str, str], draft: bool = False) -> None:
        mark = "# draft\n" if draft else ""
        entries = [f'{mark}msgid "{french}"\nmsgstr "{english}"\n' for french, english in texts.items()]
        path = tmp_path / "locales" / "en" / "LC_MESSAGES" / f"{domain}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + "\n".join(entries), encoding="utf-8")

    write("interface", {"Valider": "Check"})
    return write


@pytest.fixture
def client(site_settings: Settings, translate: Write, tmp_path: Path) -> Iterator[TestClient]:
    there = site_settings.model_copy(update={"locales": tmp_path / "locales"})
    with TestClient(create_app(there), follow_redirects=False, headers=ORIGIN) as client:
        yield client


def other(count: int, translated: bool) -> dict[str, str]:
    return {f"Texte {n}": f"Text {n}" if translated else "" for n in range(count)}


@pytest.mark.parametrize(("missing", "offered"), [(0, True), (1, True), (2, False), (19, False)])
def test_a_module_speaks_a_language_when_95_percent_of_it_is_translated(
    client: TestClient, translate: Write, missing: int, offered: bool
) -> None:
    rest = {**other(20 - missing - 1, True), **{f"Absent {n}": "" for n in range(missing)}}
    translate("premier-mail", {QUESTION: "When is it?", **rest})
    page = client.get(WHEN).text
    assert ("When is it?" in page) is offered
    assert ('<span lang="fr" dir="ltr">C’est quand\u00a0?</span>' in page) is not offered


def test_a_better_translation_is_served_without_a_restart(client: TestClient, translate: Write) -> None:
    for english in ("When is it?", "At what time?"):
        translate("premier-mail", {QUESTION: english})
        assert english in client.get(WHEN).text


def test_a_draft_says_so_and_a_read_translation_does_not(client: TestClient, translate: Write) -> None:
    for draft in (True, False):
        translate("premier-mail", {QUESTION: "When is it?"}, draft)
        for path in (WHEN, "/en/learn/premier-mail"):
            assert ('class="draft"' in client.get(path).text) is draft, path
    assert 'class="draft"' not in client.get("/fr/learn/premier-mail").text


def test_rights_never_stand_in_a_draft_alone(client: TestClient, translate: Write) -> None:
    lesson = "Demander une aide pour payer le loyer"
    for draft in (True, False):
        translate("aide-au-logement", {lesson: "Ask for help with the rent"}, draft)
        page = client.get("/en/learn/aide-au-logement").text
        assert "Ask for help with the rent" in page
        assert (f'<span lang="fr" dir="ltr">{lesson}</span>' in page) is draft
