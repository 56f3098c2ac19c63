from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from typer.testing import CliRunner

from app.cli import clic, interface


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare_environment: None) -> Path:
    monkeypatch.setenv("CLIC_LOCALES", str(tmp_path))
    monkeypatch.setenv("CLIC_SECRET", "only-for-tests-0123456789-abcdefghijklmnop")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(clic, ["messages", *arguments])
    return result.exit_code, result.output


def catalogue(locales: Path, language: str) -> Path:
    return locales / language / "LC_MESSAGES" / "interface.po"


def read(locales: Path, language: str) -> Catalog:
    with catalogue(locales, language).open("rb") as file:
        return read_po(file)


def translate(path: Path, french: str, translation: str) -> None:
    text = path.read_text(encoding="utf-8")
    asked = f'msgid "{french}"\nmsgstr ""'
    assert asked in text
    path.write_text(text.replace(asked, f'msgid "{french}"\nmsgstr "{translation}"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('RIGHT = "Oui, c\'est juste."', ["Oui, c'est juste."]),
        ('HINTS = ("Relisez.", "Regardez encore.")', ["Relisez.", "Regardez encore."]),
        ('FOLDERS: Mapping[str, tuple[str, str]] = {"inbox": ("Réception", "inbox")}', ["Réception"]),
        ('POINTED = "{Touchez} ici."', ["{Touchez} ici."]),
        ('OTHER = "« {left} » ne va pas."', ["« {left} » ne va pas."]),
        ('class Mail(App):\n    name = "mail"\n    label = "Courriel"', ["Courriel"]),
        ('PICTURES = ("jpg", "png")', []),
        ('KEYS = ("019900", "", "on")', []),
        ('_ADDRESS = re.compile("[A-Z][a-z]+ .*")', []),
        ('def say():\n    """Says it."""\n    return "Ceci"', []),
    ],
)
def test_a_text_of_the_platform_is_a_constant_in_capitals(source: str, found: list[str]) -> None:
    assert [text for _, text in interface.constants(source)] == found


def test_a_language_begins_with_every_text_and_its_own_plurals(locales: Path) -> None:
    assert run("update", "fa_AF", "ar")[0] == 0
    dari, arabic = (read(locales, name) for name in ("fa_AF", "ar"))
    assert (dari.num_plurals, dari.plural_expr) == (2, "(n > 1)")
    assert arabic.num_plurals == 6
    assert len(dari) == len(arabic) > 100
    assert "Envoyer" in dari and "Oui, c'est juste." in dari


def test_a_translation_stays_when_the_catalogue_is_renewed(locales: Path) -> None:
    run("update", "en")
    translate(catalogue(locales, "en"), "Envoyer", "Send")
    assert run("update")[0] == 0
    assert read(locales, "en")["Envoyer"].string == "Send"
    assert '"translated": 1,' in run("stats", "--json")[1]


def test_renewing_without_a_change_changes_no_byte(locales: Path) -> None:
    run("update", "en")
    before = catalogue(locales, "en").read_bytes()
    run("update")
    assert catalogue(locales, "en").read_bytes() == before


@pytest.mark.parametrize(
    ("french", "translation", "says"),
    [
        ("{Touchez} [Recommencer] pour revenir au début.", "Tap [Restart] to go back.", "[Recommencer] is missing"),
        ("Copiez ici : {example}", "Copy here:", "{example} is missing"),
    ],
)
def test_a_lost_mark_is_found_with_its_line(locales: Path, french: str, translation: str, says: str) -> None:
    run("update", "en")
    assert run("check")[0] == 0
    translate(catalogue(locales, "en"), french, translation)
    code, said = run("check")
    assert code == 1 and says in said and "interface.po:" in said


@pytest.mark.parametrize("damage", ['msgid "unfinished', '"Plural-Forms: nplurals=1000000000; plural=0;\\n"'])
def test_a_damaged_catalogue_is_said_at_once(locales: Path, damage: str) -> None:
    run("update", "en")
    path = catalogue(locales, "en")
    path.write_text(damage if damage.startswith("msgid") else f'msgid ""\nmsgstr ""\n{damage}\n', encoding="utf-8")
    code, said = run("check")
    assert code == 1 and "cannot be read" in said and "Traceback" not in said


def test_a_language_that_does_not_exist_is_refused(locales: Path) -> None:
    code, said = run("update", "klingon")
    assert code == 2 and "is not a language" in said
