"""`clic messages`: the catalogues of the languages: made, renewed, counted and checked.

A language is a folder of `locales/` (`fa_AF`, Babel's form) with one catalogue for the interface and one per module.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from app.cli import interface
from app.cli.outcome import FAULTS, refuse
from app.domains.translating.catalogues import DRAFT, Damaged, read_catalogue
from app.pure.content.loader import load
from app.pure.content.marks import same_marks
from app.pure.content.messages import PLATFORM, messages_of, platform_messages
from app.pure.content.messages import Message as Text
from app.settings import HOME, Settings, load_settings

INTERFACE = "interface"
WIDTH = 100
# CLDR's plural of Dari is not the one that Babel writes for it
PLURALS = {"fa": (2, "(n > 1)")}

messages = typer.Typer(help="The catalogues of the languages.", no_args_is_help=True, rich_markup_mode=None)
Languages = Annotated[list[str] | None, typer.Argument(help="As `ar` or `fa_AF`; all of them without it.")]


@dataclass(frozen=True, slots=True)
class Count:
    """How far a catalogue is. `drafts` are translated, but no native reader has seen them."""

    language: str
    catalogue: str
    texts: int
    translated: int
    drafts: int

    @property
    def percent(self) -> int:
        return 100 * self.translated // self.texts if self.texts else 100


@messages.command()
def extract() -> None:
    """Write what there is to translate: locales/*.pot."""
    settings = load_settings()
    settings.locales.mkdir(exist_ok=True)
    for name, template in _templates():
        _write(settings.locales / f"{name}.pot", template)
        typer.echo(f"{len(template):5}  {name}")


@messages.command()
def update(languages: Languages = None) -> None:
    """Bring the catalogues up to what is written now; a language that is named and new is begun."""
    settings = load_settings()
    templates = list(_templates())
    for language in languages or _languages(settings):
        locale = _locale(language)
        for name, template in templates:
            path = _path(settings, language, name)
            catalog = _read(path, locale) if path.exists() else _begun(locale)
            catalog.update(template, update_header_comment=False, update_creation_date=False)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, catalog)


@messages.command()
def stats(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Say how much of each catalogue is translated."""
    settings = load_settings()
    templates = list(_templates())
    counts = [
        _count(settings, language, name, template) for language in _languages(settings) for name, template in templates
    ]
    if as_json:
        typer.echo(json.dumps([asdict(count) | {"percent": count.percent} for count in counts], ensure_ascii=False))
        return
    for count in counts:
        drafts = f", {count.drafts} drafts" if count.drafts else ""
        told = f"{count.translated} of {count.texts}{drafts}"
        typer.echo(f"{count.language:6} {count.catalogue:30} {count.percent:3} %  {told}")


@messages.command()
def check(languages: Languages = None) -> None:
    """Find what would break on a page: a mark that is lost, a wrong number of plurals, a file that cannot be read."""
    settings = load_settings()
    found = [fault for language in languages or _languages(settings) for fault in _faults(settings, language)]
    typer.echo("\n".join([*found, f"{len(found)} errors"]))
    if found:
        raise typer.Exit(FAULTS)


def _templates() -> Iterator[tuple[str, Catalog]]:
    library, _ = load(load_settings().courses)
    yield INTERFACE, interface.template(HOME)
    yield PLATFORM, _of_courses(platform_messages(library))
    for slug, module in library.modules.items():
        yield slug, _of_courses(messages_of(module))


def _of_courses(found: list[Text]) -> Catalog:
    catalog = Catalog(project="Clic à Clic", charset="utf-8")
    for message in found:
        catalog.add(message.text, None, auto_comments=list(message.places[:3]))
    return catalog


def _languages(settings: Settings) -> list[str]:
    return sorted(folder.parent.name for folder in settings.locales.glob("*/LC_MESSAGES"))


def _path(settings: Settings, language: str, name: str) -> Path:
    return settings.locales / language / "LC_MESSAGES" / f"{name}.po"


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        refuse(f"{language} is not a language; write it like ar or fa_AF")


def _begun(locale: Locale) -> Catalog:
    # read from its own header: Babel has no setter for the plurals
    number, rule = PLURALS.get(locale.language) or (get_plural(locale).num_plurals, get_plural(locale).plural_expr)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: nplurals={number}; plural={rule};\\n"\n'
    )
    catalog = read_po(io.BytesIO(header.encode()), locale=locale)
    catalog.project = "Clic à Clic"
    return catalog


def _read(path: Path, locale: Locale) -> Catalog:
    """The catalogue for writing it again; judged first as the site would, for it comes from people's hands."""
    try:
        data = path.read_bytes()
        read_catalogue(data, path.name)
        return read_po(io.BytesIO(data), locale=locale, abort_invalid=True)
    except (Damaged, OSError) as error:
        refuse(f"{path} cannot be read: {error}", FAULTS)


def _write(path: Path, catalog: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, sort_output=False, omit_header=False, include_lineno=False)


def _count(settings: Settings, language: str, name: str, template: Catalog) -> Count:
    path = _path(settings, language, name)
    catalog = _read(path, _locale(language)) if path.exists() else Catalog()
    wanted = [message for message in template if message.id]
    found = [catalog.get(message.id, message.context) for message in wanted]
    done = [message for message in found if message is not None and _is_translated(message)]
    return Count(language, name, len(wanted), len(done), sum(DRAFT in message.user_comments for message in done))


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings) and not message.fuzzy


def _faults(settings: Settings, language: str) -> Iterator[str]:
    locale = _locale(language)
    for path in sorted((settings.locales / language / "LC_MESSAGES").glob("*.po")):
        catalog = _read(path, locale)
        for message in catalog:
            if message.id and _is_translated(message):
                yield from (f"{path}:{message.lineno or 1}: {said}" for said in _broken(catalog, message))


def _broken(catalog: Catalog, message: Message) -> Iterator[str]:
    # a course text has our own marks; Babel would take « -50 % sur » for a placeholder of Python
    if "%(" in str(message.id) or not isinstance(message.id, str):
        yield from (str(error) for error in message.check(catalog))
    if isinstance(message.id, str) and isinstance(message.string, str):
        yield from same_marks(message.id, message.string)
