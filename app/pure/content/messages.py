"""What there is to translate in the courses: every text that a learner reads, also inside the pretend apps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.pure.content.library import Library
from app.pure.content.module import Module

PLATFORM = "platform"
"""The catalogue of what all modules share: themes, people's help, the words to remember, the lines of the card."""

SAID = frozenset(
    {"title", "summary", "text", "question", "feedback", "say", "done", "aim", "ask", "left", "right", "wrong", "label"}
    | {"note", "result", "heading", "search", "subject", "body", "button", "who", "objectives", "help", "definition"}
    | {"word", "find"}
)
"""Keys whose value, or whose list of values, is read by people."""

SILENT = frozenset(
    {"with", "about", "try", "given", "start", "accept", "when", "then", "is", "words", "competences", "trainer"}
)
"""Keys whose content is never shown as it stands."""

MAPS = frozenset({"options", "ways"})
"""Keys that hold texts by name. A slot's `wrong` is one too, where it is a map."""


@dataclass(frozen=True, slots=True)
class Message:
    """A French text and the places in the module where it is said: translators see them as a comment."""

    text: str
    places: tuple[str, ...]


def messages_of(module: Module) -> list[Message]:
    """The texts of a module, in the order in which one meets them; each once."""
    plain = module.model_dump(by_alias=True, exclude_defaults=True)
    return _gathered(_walk(plain, ""))


def platform_messages(library: Library) -> list[Message]:
    """The texts that the modules share."""
    found: list[tuple[str, str]] = []
    for theme in library.catalogue.themes:
        found.append((theme.title, f"theme {theme.id}"))
        found += [(entry.title, f"theme {theme.id}") for entry in theme.modules if entry.slug not in library.modules]
    for helper in library.human_help.values():
        found += [(text, f"help {helper.id}") for text in (helper.name, helper.text, helper.find) if text]
    for term in library.glossary.values():
        found += [(term.word, f"glossary {term.id}"), (term.definition, f"glossary {term.id}")]
    for path in library.paths:
        found += [(text, f"path {path.id}") for text in (path.title, path.summary) if text]
    for character in library.people.values():
        found += [(line.label, "practice card") for line in character.card()]
    return _gathered(iter(found))


def _gathered(found: Iterator[tuple[str, str]]) -> list[Message]:
    places: dict[str, list[str]] = {}
    for text, place in found:
        if text.strip():
            places.setdefault(text, []).append(place)
    return [Message(text, tuple(dict.fromkeys(where))) for text, where in places.items()]


def _walk(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        here = f"{place} {value['id']}".strip() if isinstance(value.get("id"), str) else place
        for key, part in value.items():
            if key not in SILENT:
                yield from _said(key, part, here)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _walk(part, place)


def _said(key: str, part: Any, place: str) -> Iterator[tuple[str, str]]:
    where = f"{place} {key}".strip()
    if isinstance(part, str):
        if key in SAID:
            yield part, where
    elif key == "table":
        yield from ((cell, where) for row in part for cell in row)
    elif isinstance(part, Mapping) and (key in MAPS or (key == "wrong" and "say" not in part)):
        yield from ((text, where) for text in part.values() if isinstance(text, str))
    elif isinstance(part, tuple | list) and key in SAID - {"summary"} and all(isinstance(each, str) for each in part):
        yield from ((text, where) for text in part)
    else:
        yield from _walk(part, place if key in ("steps", "apps", "goals") else where)
