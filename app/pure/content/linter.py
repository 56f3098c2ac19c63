"""What a module must have, beyond the shape of its file: its course, its facts, its advice, the labels it speaks of.

How we speak is `wording`, names that must exist are `references`, playing every scene is `proofs`. Each rule is a small
function that yields a place, a sentence that says how to mend it, and whether it is an error.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from app.pure.content import marks, wording
from app.pure.content.library import Library
from app.pure.content.module import Module
from app.pure.content.tree import Found, get, list_of, maps, text_of, texts
from app.pure.simulator.scene import Scene

AGES = timedelta(days=180)
LONGEST = 15
"""Minutes of a module, or of one of its parts."""

OWN_LABELS = ("Écouter", "Continuer", "Recommencer", "Carte", "Traduire", "Aidez-moi")
"""Labels of our own page around the pretend device."""


def lint(module: Any) -> Found:
    """Every finding in one module, read from the plain values of its file."""
    yield from wording.check(module)
    for rule in RULES:
        yield from rule(module)


def labels(library: Library, module: Module, plain: Any) -> Found:
    """A `[label]` in a sentence stands on some screen of the module's worlds."""
    known = {*OWN_LABELS}
    for step in module.steps:
        for scene in (library.scene(module.slug, step.id), library.look(module.slug, step.id)):
            known |= _on_screens(scene) if scene else set()
    for path, text in texts(plain, skip=("worlds", "apps", "facts", "trainer", "card", "try")):
        for part in marks.parse(text):
            if isinstance(part, marks.Label) and part.text not in known:
                yield path, f"[{part.text}] is a label of no screen in this module", True


def circles(advice: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """The modules that are advised before themselves, each with the way round."""
    found = {}
    for slug in advice:
        way = _way_round(slug, slug, advice, frozenset())
        if way:
            found[slug] = [slug, *way]
    return found


def aged(module: Module, today: date) -> list[str]:
    """The facts that nobody looked at for 180 days."""
    return [fact.text for fact in module.facts if today - date.fromisoformat(fact.checked_on) > AGES]


def _learner_acts(module: Any) -> Found:
    steps = list(maps(list_of(module, "steps"), ("steps",)))
    for (_, one), (path, two) in pairwise(steps):
        if one.get("kind") == two.get("kind") == "explain":
            yield path, "two explain in a row; let the learner act between them", True
    if steps and not any(step.get("alone") is True for _, step in steps):
        yield ("steps",), "no step is done alone; mark one with alone: true", True
    for path, step in steps:
        if len(list_of(step, "choices")) > 4:
            yield (*path, "choices"), "more than four choices are hard to keep in mind", False
        for place, goal in maps(list_of(step, "goals"), (*path, "goals")):
            if len(list_of(goal, "help")) < 2 and not list_of(step, "help"):
                yield place, "a goal has two hints: where to look, what to do", False


def _comes_back(module: Any) -> Found:
    if len(list_of(module, "recall")) < 2:
        yield ("recall",), "two steps or more come back later; name them", False


def _takes_minutes(module: Any) -> Found:
    minutes = get(module, "minutes")
    parts = [get(part, "minutes") for _, part in maps(list_of(module, "parts"))]
    if not isinstance(minutes, int) or not all(isinstance(part, int) for part in parts):
        return
    if parts and sum(parts) != minutes:
        yield ("minutes",), f"the parts take {sum(parts)} minutes together", True
    if max(parts or [minutes]) > LONGEST:
        yield ("minutes",), f"more than {LONGEST} minutes at once; split the module in parts", False


def _is_checked(module: Any) -> Found:
    for path, fact in maps(list_of(module, "facts"), ("facts",)):
        day = text_of(fact, "checked_on")
        if day and not _is_day(day):
            yield (*path, "checked_on"), "write the day as 2026-11-22", True
    if get(module, "rights") is True:
        if not list_of(module, "facts"):
            yield ("rights",), "a module about rights, dates or money gives its facts, with source and checked_on", True
        if not list_of(module, "human_help"):
            yield ("rights",), "nobody is alone before a screen with their rights: name human_help", True


RULES: tuple[Callable[[Any], Found], ...] = (_learner_acts, _comes_back, _takes_minutes, _is_checked)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _on_screens(scene: Scene) -> set[str]:
    known = {person.name for person in scene.setting.people.values()}
    known |= {document.name for document in scene.setting.documents.values()}
    for app in scene.apps:
        known |= {app.label, *app.labels(scene.content[app.name])}
    # who writes, and what things are called, stands on the screen too
    named = texts(scene.world.model_dump(mode="json", by_alias=True))
    return known | {text for path, text in named if path[-1] in ("name", "title", "subject", "label")}


def _way_round(here: str, goal: str, advice: Mapping[str, Collection[str]], seen: frozenset[str]) -> list[str]:
    for slug in advice.get(here, ()):
        if slug == goal:
            return [goal]
        if slug not in seen and (rest := _way_round(slug, goal, advice, seen | {here, slug})):
            return [slug, *rest]
    return []
