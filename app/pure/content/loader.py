"""Reads the courses: every file, every fault at once, each with its place and the way to mend it."""

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from app.pure.content import linter, proofs, written
from app.pure.content.catalogue import Catalogue, Glossary, HumanHelps, LearningPath
from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.content.people import Character
from app.pure.content.problem import Problem, Severity
from app.pure.steps import KINDS

M = TypeVar("M", bound=BaseModel)


class People(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    people: tuple[Character, ...] = ()


def load(folder: Path, prove_on: date | None = None) -> tuple[Library, list[Problem]]:
    """The library of a folder and all its problems; modules that do not fit their schema are left out. Never raises.

    With a day, every scene is also played and every `else` tried: that takes seconds, not milliseconds.
    """
    reader = _Reader(folder)
    catalogue = reader.model("catalogue.yaml", Catalogue) or Catalogue(themes=())
    people = reader.model("people.yaml", People) or People()
    glossary = reader.model("glossary.yaml", Glossary) or Glossary()
    helps = reader.model("help.yaml", HumanHelps) or HumanHelps()
    paths = [reader.model(name, LearningPath) for name in reader.names("paths/*.yaml")]
    modules = {}
    for name in reader.names("*/*/module.yaml"):
        if module := reader.model(name, Module):
            modules[module.slug] = module
            reader.check_folder(name, module)
    library = Library(
        catalogue=catalogue,
        modules=_in_order(modules, catalogue),
        people={character.id: character for character in people.people},
        glossary={term.id: term for term in glossary.words},
        human_help={help_.id: help_ for help_ in helps.helps},
        paths=tuple(path for path in paths if path),
        version=reader.digest.hexdigest()[:12],
    )
    reader.check_references(library)
    reader.lint(library, prove_on)
    return library, sorted(reader.problems)


def stamps(folder: Path) -> dict[str, int]:
    """When each course file was last written: tells a hot reload that something changed."""
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*.yaml"))}


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.digest = hashlib.blake2b(digest_size=16)
        self.files: dict[str, written.Read] = {}

    def names(self, pattern: str) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob(pattern))

    def model(self, name: str, kind: type[M]) -> M | None:
        """The validated content of a file; None, with its problems kept, where it is wrong."""
        try:
            data = (self.folder / name).read_bytes()
        except OSError:
            self._add(name, (1, 1), "", "this file is missing or cannot be read")
            return None
        self.digest.update(name.encode() + b"\0" + data)
        read = written.read(data, self._shown(name))
        self.files[name] = read
        self.problems += read.problems
        if read.problems:
            return None
        try:
            return kind.model_validate(read.value if read.value is not None else {})
        except ValidationError as wrong:
            for error in wrong.errors(include_url=False, include_context=True):
                self._say(name, read, error, kind)
            return None

    def check_folder(self, name: str, module: Module) -> None:
        if Path(name).parent.name != module.slug:
            where = self.files[name].spot(("slug",))
            self._add(name, where, "slug", f'"{module.slug}" is not the name of its folder, "{Path(name).parent.name}"')

    def check_references(self, library: Library) -> None:
        """What one file says of another: people, themes, glossary, helpers, advice."""
        slugs = library.catalogue.slugs()
        for name in self.names("*/*/module.yaml"):
            module = next((m for m in library.modules.values() if m.slug == Path(name).parent.name), None)
            if module is None:
                continue
            for path, said in _references(module, library, slugs):
                self._add(name, self.files[name].spot(path), written.dotted(path), said)
        for theme in library.catalogue.themes:
            for entry in theme.modules:
                if entry.ready and entry.slug not in library.modules and "catalogue.yaml" in self.files:
                    spot = self.files["catalogue.yaml"].spot(("themes",))
                    said = f'"{entry.slug}" has no module that can be read; write it, or say ready: false'
                    self._add("catalogue.yaml", spot, "themes", said)

    def lint(self, library: Library, prove_on: date | None) -> None:
        """How it is written, and with a day whether it can be played."""
        for name in self.names("*/*/module.yaml"):
            module = library.modules.get(Path(name).parent.name)
            if module is None or any(problem.path == self._shown(name) for problem in self.problems):
                continue
            found = list(linter.lint(library, module))
            if prove_on:
                found += proofs.prove(library, module, prove_on)
            for path, said, wrong in found:
                spot = self.files[name].spot(path)
                self._add(name, spot, written.dotted(path), said, "error" if wrong else "warning")

    def _say(self, name: str, read: written.Read, error: ErrorDetails, kind: type[BaseModel]) -> None:
        path = _path(error["loc"], read)
        extra = error["type"] == "extra_forbidden"
        self._add(name, read.spot(path, key=extra), written.dotted(path), _words(error, path, kind))

    def _add(self, name: str, spot: tuple[int, int], where: str, message: str, severity: Severity = "error") -> None:
        self.problems.append(Problem(self._shown(name), *spot, where, message, severity))

    def _shown(self, name: str) -> str:
        return f"{self.folder.name}/{name}"


def _path(location: tuple[int | str, ...], read: written.Read) -> written.Path:
    """Pydantic's location without the names of unions and of aliases that stand in no file."""
    path: written.Path = ()
    for rank, part in enumerate(location):
        last = rank == len(location) - 1
        if (*path, part) in read.spots or (*path, part) in read.keys or (last and isinstance(part, str)):
            if last and part in _KIND_NAMES and (*path, part) not in read.keys:
                break
            path = (*path, part)
    return path


_KIND_NAMES = frozenset(str(kind.model_fields["kind"].annotation.__args__[0]) for kind in KINDS)  # type: ignore[union-attr]


def _words(error: ErrorDetails, path: written.Path, kind: type[BaseModel]) -> str:
    """What is wrong, and how to mend it, in plain words."""
    match error["type"]:
        case "extra_forbidden":
            word = str(path[-1]) if path else ""
            near = difflib.get_close_matches(word, _known_keys(), 1, 0.6)
            return f'"{word}" is not known here' + (f'; did you mean "{near[0]}"?' if near else "")
        case "missing":
            return f'"{path[-1] if path else ""}" is missing'
        case "union_tag_invalid" | "union_tag_not_found":
            return f"kind must be one of: {', '.join(sorted(_KIND_NAMES))}"
        case "string_type":
            return (
                "this must be text; put quotes around it"
                if error["input"] is not None
                else "this is empty; write the text"
            )
        case "bool_type" | "bool_parsing":
            return "this must be true or false"
        case "int_type" | "int_parsing":
            return "this must be a whole number"
        case "value_error":
            return str(error["msg"]).removeprefix("Value error, ")
    return str(error["msg"])


def _known_keys() -> list[str]:
    keys: set[str] = set()
    todo: list[Any] = [Module, *KINDS]
    seen: set[type] = set()
    while todo:
        kind = todo.pop()
        if kind in seen or not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            todo += [part for part in getattr(kind, "__args__", ()) if part not in seen]
            continue
        seen.add(kind)
        for name, info in kind.model_fields.items():
            keys.add(info.alias or name)
            todo.append(info.annotation)
    return sorted(keys)


def _references(module: Module, library: Library, slugs: frozenset[str]) -> Iterator[tuple[written.Path, str]]:
    if module.as_ not in library.people:
        yield ("as",), f'nobody in people.yaml is called "{module.as_}"'
    if module.slug not in slugs:
        yield ("slug",), f'"{module.slug}" does not stand in catalogue.yaml'
    checks: tuple[tuple[str, tuple[str, ...], Mapping[str, Any] | frozenset[str], str], ...] = (
        ("glossary", module.glossary, library.glossary, "glossary.yaml"),
        ("human_help", module.human_help, library.human_help, "help.yaml"),
        ("advised_before", module.advised_before, slugs, "catalogue.yaml"),
    )
    for key, names, known, file in checks:
        for rank, name in enumerate(names):
            if name not in known:
                near = difflib.get_close_matches(name, list(known), 1, 0.6)
                yield (key, rank), f'"{name}" is not in {file}' + (f'; did you mean "{near[0]}"?' if near else "")


def _in_order(modules: dict[str, Module], catalogue: Catalogue) -> dict[str, Module]:
    order = [entry.slug for theme in catalogue.themes for entry in theme.modules]
    return dict(sorted(modules.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))
