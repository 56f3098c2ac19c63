"""What the loader cannot know by shape alone: how we write, what a module must have, what looks like a slip.

Each rule is a small function that yields the place (a path in the module) and the sentence. Style is for readers; this
holds what can be counted (curriculum P1–P19).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from app.pure.content import marks, written
from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.steps.choose import Choose
from app.pure.steps.explain import Explain
from app.pure.steps.scene import SceneStep

Found = Iterator[tuple[written.Path, str, bool]]
"""Where, what, and whether it is an error (else a warning)."""

WARNS, REFUSED = 12, 15
AGES = timedelta(days=180)
BANNED = re.compile(
    r"\b(faciles?|facilement|simplement|évidemment|il suffit|comme un grand|dommage|bravo|faux)\b", re.I
)
PRAISE = re.compile(r"\b(bien joué|bravo|super|parfait|excellent|félicitations)\b", re.I)
_SENTENCE = re.compile(r"[^.!?…\n]+")
_OUTSIDE = re.compile(r"https?://(?![\w.-]*\.example)", re.I)
OURS = frozenset({"summary", "text", "question", "feedback", "say", "done", "aim", "help"})


def lint(library: Library, module: Module) -> Iterator[tuple[written.Path, str, bool]]:
    """Every finding in one module."""
    for rule in RULES:
        yield from rule(library, module)


def _sentences(library: Library, module: Module) -> Found:
    for path, text in _said(module.model_dump(by_alias=True, exclude_defaults=True), ()):
        for sentence in _SENTENCE.findall(marks.plain(text)):
            count = len(sentence.split())
            if count > WARNS:
                how = (
                    f"{count} words in a sentence; {WARNS} are enough, {REFUSED} the most: « {sentence.strip()[:60]}… »"
                )
                yield path, how, count > REFUSED
        if found := BANNED.search(text):
            yield path, f'"{found[0]}" is not how we speak to adults', True
        if _OUTSIDE.search(text):
            yield path, "no link to the outside world; write the address as text, or use .example", True


def _choices(library: Library, module: Module) -> Found:
    for rank, step in enumerate(module.steps):
        if not isinstance(step, Choose):
            continue
        seen: set[str] = set()
        for place, choice in enumerate(step.choices):
            path: written.Path = ("steps", rank, "choices", place)
            feedback = choice.feedback or ""
            if not choice.right and len(feedback.split()) < 4:
                yield path, "a wrong choice has its own feedback, of four words or more", True
            if feedback and feedback in seen:
                yield path, "this feedback stands in the step twice; each choice has its own", True
            if not choice.right and PRAISE.search(feedback):
                yield path, "no praise for a wrong answer", True
            seen.add(feedback)


def _course(library: Library, module: Module) -> Found:
    for rank, (one, two) in enumerate(zip(module.steps, module.steps[1:], strict=False)):
        if isinstance(one, Explain) and isinstance(two, Explain):
            yield ("steps", rank + 1), "two explain in a row; let the learner act between them", True
    if not any(step.alone for step in module.steps):
        yield ("steps",), "no step is done alone; mark one with alone: true", True
    if len(module.recall) < 2:
        yield ("recall",), "two steps or more come back later; name them", False
    for rank, step in enumerate(module.steps):
        if not step.help and isinstance(step, SceneStep):
            for place, goal in enumerate(step.goals):
                if len(goal.help) < 2:
                    yield ("steps", rank, "goals", place), "a goal has two hints: where to look, what to do", False


def _facts(library: Library, module: Module) -> Found:
    for rank, fact in enumerate(module.facts):
        path: written.Path = ("facts", rank)
        try:
            date.fromisoformat(fact.checked_on)
        except ValueError:
            yield (*path, "checked_on"), "write the day as 2026-11-22", True
    if module.rights and not module.facts:
        yield ("facts",), "a module about rights, dates or money gives its facts, each with source and checked_on", True


def _advice(library: Library, module: Module) -> Found:
    seen, todo = set[str](), list(module.advised_before)
    while todo:
        slug = todo.pop()
        if slug == module.slug:
            yield ("advised_before",), "this module is advised before itself, in a circle", True
            return
        if slug not in seen and slug in library.modules:
            seen.add(slug)
            todo += library.modules[slug].advised_before


def _labels(library: Library, module: Module) -> Found:
    """A `[label]` in a sentence stands on some screen of the module's worlds."""
    known: set[str] = set(OWN_LABELS)
    for step in module.steps:
        for scene in (library.scene(module.slug, step.id), library.look(module.slug, step.id)):
            if scene is None:
                continue
            known |= {person.name for person in scene.setting.people.values()}
            known |= {document.name for document in scene.setting.documents.values()}
            for app in scene.apps:
                known.add(app.label)
                known |= set(app.labels(scene.content[app.name]))
    for path, text in _said(module.model_dump(by_alias=True, exclude_defaults=True), ()):
        for part in marks.parse(text):
            if isinstance(part, marks.Label) and part.text not in known:
                yield path, f"[{part.text}] is a label of no screen in this module", False


OWN_LABELS = ("Écouter", "Continuer", "Recommencer", "Carte", "Traduire", "Aidez-moi")

RULES: tuple[Callable[[Library, Module], Found], ...] = (_sentences, _choices, _course, _facts, _advice, _labels)


def aged(module: Module, today: date) -> list[str]:
    """The facts that nobody looked at for 180 days."""
    return [fact.text for fact in module.facts if today - date.fromisoformat(fact.checked_on) > AGES]


def _said(value: object, path: written.Path) -> Iterator[tuple[written.Path, str]]:
    """What *we* say, with its place; a pretend letter or site speaks as letters and sites do."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in ("worlds", "apps", "facts", "trainer", "start"):
                continue
            if isinstance(part, str):
                if key in OURS:
                    yield (*path, key), part
            elif isinstance(part, list | tuple) and key in OURS and all(isinstance(each, str) for each in part):
                yield from (((*path, key, rank), text) for rank, text in enumerate(part))
            else:
                yield from _said(part, (*path, key))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for rank, part in enumerate(value):
            yield from _said(part, (*path, rank))
