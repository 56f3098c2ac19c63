"""Reads the courses: every file, every fault at once, each with its place and the way to mend it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from app.pure.content import faults, linter, proofs, references, wording, written
from app.pure.content.catalogue import Catalogue, Glossary, HumanHelps, LearningPath
from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.content.people import Character
from app.pure.content.problem import Problem, Severity
from app.pure.content.references import Known
from app.pure.content.tree import Found, list_of, text_of

M = TypeVar("M", bound=BaseModel)
CATALOGUE, PEOPLE, GLOSSARY, HELP = "catalogue.yaml", "people.yaml", "glossary.yaml", "help.yaml"


class People(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    people: tuple[Character, ...] = ()


def load(
    folder: Path, prove_on: date | None = None, pictures: Collection[str] | None = None
) -> tuple[Library, list[Problem]]:
    """The library of a folder and all its problems. Never raises.

    A module whose shape or names are wrong is left out. With a day, every scene is also played: that takes seconds, not
    milliseconds. With `pictures` (the names of the icons and illustrations), a picture that is none of them is a fault.
    """
    reader = _Reader(folder)
    catalogue = reader.model(CATALOGUE, Catalogue)
    people = reader.model(PEOPLE, People)
    glossary = reader.model(GLOSSARY, Glossary)
    helps = reader.model(HELP, HumanHelps)
    paths = [reader.model(name, LearningPath) for name in reader.names("paths/*.yaml")]
    characters = {character.id: character for character in people.people} if people else {}
    known = Known(
        people={c.id: [line.key for line in c.card()] for c in characters.values()} if people else None,
        glossary=frozenset(term.id for term in glossary.words) if glossary else None,
        human_help=frozenset(help_.id for help_ in helps.helps) if helps else None,
        slugs=catalogue.slugs() if catalogue else None,
        pictures=pictures,
    )
    modules = {}
    for name in reader.names("*/*/module.yaml"):
        module = reader.module(name, known)
        if module and module.as_ in characters:
            modules[module.slug] = module.with_card(characters[module.as_].card())
    library = Library(
        catalogue=catalogue or Catalogue(themes=()),
        modules=_in_order(modules, catalogue),
        people=characters,
        glossary={term.id: term for term in glossary.words} if glossary else {},
        human_help={help_.id: help_ for help_ in helps.helps} if helps else {},
        paths=tuple(path for path in paths if path),
        version=reader.digest.hexdigest()[:12],
    )
    reader.shared(known)
    reader.together(library)
    for slug in modules:
        reader.play(library, slug, prove_on)
    return library, reader.told()


def stamps(folder: Path) -> dict[str, int]:
    """When each course file was last written: tells a hot reload that something changed."""
    found = {}
    for path in sorted(folder.rglob("*.yaml")):
        try:
            found[str(path)] = path.stat().st_mtime_ns
        except OSError:  # gone since it was listed: an editor that writes beside and renames
            continue
    return found


@dataclass
class _Reader:
    folder: Path
    problems: list[Problem] = field(default_factory=list)
    digest: Any = field(default_factory=lambda: hashlib.blake2b(digest_size=16))
    files: dict[str, written.Read] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """The file of each module."""

    def names(self, pattern: str) -> list[str]:
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))

    def model(self, name: str, kind: type[M]) -> M | None:
        """The validated content of a file; None, with its problems kept, where it is wrong."""
        read = self._read(name)
        if not read.readable:
            return None
        told = {(problem.line, problem.column) for problem in read.problems}
        try:
            made = kind.model_validate({} if read.value is None else read.value)
        except ValidationError as wrong:
            for fault in islice(faults.of(wrong, read, kind), written.LONGEST_LIST):
                spot = read.spot(fault.path, key=fault.at_key)
                if spot not in told:
                    self._add(name, spot, written.dotted(fault.path), fault.said)
            return None
        return made if not read.problems else None

    def module(self, name: str, known: Known) -> Module | None:
        """A module whose shape and names are right; None, with everything that is wrong kept, otherwise."""
        module = self.model(name, Module)
        read, folder = self.files[name], Path(name).parent.name
        slug = text_of(read.value, "slug")
        self.sources[slug or folder] = name
        if slug and slug != folder:
            self._add(name, read.spot(("slug",)), "slug", f'"{slug}" is not the name of its folder, "{folder}"')
        wrong = self._find(name, references.check(read.value, known))
        self._find(name, linter.lint(read.value))
        return module if not wrong and slug == folder else None

    def shared(self, known: Known) -> None:
        """What the files that all modules share must keep to."""
        for name, read in self.files.items():
            if name in self.sources.values():
                continue
            for rule in (references.twice, references.real_addresses, references.unknown_pictures):
                self._find(name, ((path, said, True) for path, said in rule(read.value, known)))
        for rank, word in enumerate(list_of(self.files[GLOSSARY].value, "words")):
            count = wording.words(text_of(word, "definition"))
            if count > wording.WARNS:
                said = f"{count} words; a definition has {wording.WARNS} at most"
                self._find(GLOSSARY, iter([(("words", rank, "definition"), said, True)]))

    def together(self, library: Library) -> None:
        """What the files say of each other."""
        catalogue = self.files[CATALOGUE]
        for rank, theme in enumerate(library.catalogue.themes):
            for place, entry in enumerate(theme.modules):
                spot = catalogue.spot(("themes", rank, "modules", place))
                where = f"themes[{rank}].modules[{place}]"
                module = library.modules.get(entry.slug)
                if entry.ready and entry.slug not in self.sources:
                    self._add(CATALOGUE, spot, where, f'"{entry.slug}" is not written; write it, or say ready: false')
                elif module and (entry.level, entry.minutes) != (module.level, module.minutes):
                    said = f"{entry.slug} says level {module.level} and {module.minutes} minutes itself"
                    self._add(CATALOGUE, spot, where, said, "warning")
        for name in self.names("paths/*.yaml"):
            for rank, slug in enumerate(list_of(self.files[name].value, "modules")):
                if library.catalogue.themes and slug not in library.catalogue.slugs():
                    said = f'"{slug}" does not stand in {CATALOGUE}'
                    self._add(name, self.files[name].spot(("modules", rank)), f"modules[{rank}]", said)
        advice = {slug: module.advised_before for slug, module in library.modules.items()}
        for slug, way in linter.circles(advice).items():
            said = f"advised before itself, in a circle: {' → '.join(way)}"
            self._add(self.sources[slug], self.files[self.sources[slug]].spot(("advised_before",)), "", said)

    def play(self, library: Library, slug: str, prove_on: date | None) -> None:
        """What only the module's scenes can tell: its labels and, with a day, whether everything can be done."""
        name, module = self.sources[slug], library.modules[slug]
        self._find(name, linter.labels(library, module, self.files[name].value))
        if prove_on and not any(p.path == self._shown(name) and p.severity == "error" for p in self.problems):
            self._find(name, proofs.prove(library, module, prove_on))

    def told(self) -> list[Problem]:
        """All problems, in the order of the files; of a hopeless file the first ones, and how many more there are."""
        return list(_first_of_each_file(sorted(set(self.problems))))

    def _read(self, name: str) -> written.Read:
        try:
            path = self.folder / name
            # more than is ever parsed need not be read
            data = path.read_bytes() if path.stat().st_size <= 2 * written.LARGEST else b" " * (written.LARGEST + 1)
            read = written.read(data, self._shown(name))
            self.digest.update(name.encode(errors="replace") + b"\0" + data)
        except OSError:
            read = written.Read(problems=[Problem(self._shown(name), 1, 1, "", "this file cannot be read")])
        self.files[name] = read
        self.problems += read.problems
        return read

    def _find(self, name: str, found: Found) -> bool:
        """Keep what a check found; whether some of it is an error."""
        wrong = False
        for path, said, error in islice(found, written.LONGEST_LIST):
            self._add(name, self.files[name].spot(path), written.dotted(path), said, "error" if error else "warning")
            wrong |= error
        return wrong

    def _add(self, name: str, spot: tuple[int, int], where: str, message: str, severity: Severity = "error") -> None:
        self.problems.append(Problem(self._shown(name), *spot, where, message, severity))

    def _shown(self, name: str) -> str:
        return f"{self.folder.name}/{name}"


def _first_of_each_file(problems: Iterable[Problem]) -> Iterator[Problem]:
    counts: dict[str, int] = {}
    last: dict[str, Problem] = {}
    for problem in problems:
        counts[problem.path] = counts.get(problem.path, 0) + 1
        if counts[problem.path] <= written.LONGEST_LIST:
            last[problem.path] = problem
            yield problem
    for path, count in counts.items():
        if (more := count - written.LONGEST_LIST) > 0:
            yield Problem(path, last[path].line, last[path].column, "", f"and {more} more problems in this file")


def _in_order(modules: dict[str, Module], catalogue: Catalogue | None) -> dict[str, Module]:
    order = [entry.slug for theme in (catalogue.themes if catalogue else ()) for entry in theme.modules]
    return dict(sorted(modules.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))
