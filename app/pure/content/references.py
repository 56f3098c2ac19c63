"""Names that must exist: people, words, pictures, worlds, steps, pages, documents, lines of the card, moments.

Everything is read from the plain values of the file: a module with a fault in one place has its other names checked
all the same.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.pure.content.tree import Found, get, list_of, map_of, maps, named, near, nodes, text_of, texts
from app.pure.content.written import Path
from app.pure.simulator import dates

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
SOME_DAY = date(2026, 1, 31)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@([\w-]{1,64}(?:\.[\w-]{1,64}){1,8})")


@dataclass(frozen=True)
class Known:
    """What the other files name; None for a file that cannot be read, and for pictures that nobody listed."""

    people: Mapping[str, Collection[str]] | None = field(default_factory=dict)
    """Each person with the lines of their card."""
    glossary: Collection[str] | None = ()
    human_help: Collection[str] | None = ()
    slugs: Collection[str] | None = ()
    pictures: Collection[str] | None = None


def check(module: Any, known: Known) -> Found:
    """Every name in one module that leads nowhere."""
    for rule in RULES:
        yield from ((path, said, True) for path, said in rule(module, known))


def unknown_pictures(value: Any, known: Known) -> Iterator[tuple[Path, str]]:
    """Pictures that are neither an icon nor an illustration."""
    for path, name in texts(value):
        if path and path[-1] == "picture" and known.pictures is not None and name not in known.pictures:
            yield path, f'no picture is called "{name}"{near(name, known.pictures)}'


def twice(value: Any, known: Known) -> Iterator[tuple[Path, str]]:
    """Two things of one list with the same id, and ids that no address can hold."""
    for path, part in nodes(value):
        seen: set[str] = set()
        for place, entry in maps(part, path) if isinstance(part, list) else ():
            name = entry.get("id")
            if not isinstance(name, str):
                continue
            if name in seen:
                yield (*place, "id"), f'two are called "{name}"; each has an id of its own'
            if not ID.fullmatch(name):
                yield (*place, "id"), f'"{name}" cannot be an id: small letters, digits and - only'
            seen.add(name)


def real_addresses(value: Any, known: Known) -> Iterator[tuple[Path, str]]:
    """Addresses that could belong to somebody."""
    for path, text in texts(value, skip=("try", "facts", "is", "accept", "with", "transfer", "trainer")):
        for found in _ADDRESS.finditer(text):
            if not found[1].endswith(".example"):
                yield path, f"{found[0]} may belong to somebody; addresses end in .example"


def _itself(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    who, slug = text_of(module, "as"), text_of(module, "slug")
    if who and known.people is not None and who not in known.people:
        yield ("as",), f'nobody in people.yaml is called "{who}"{near(who, known.people)}'
    if slug and known.slugs is not None and slug not in known.slugs:
        yield ("slug",), f'"{slug}" does not stand in catalogue.yaml{near(slug, known.slugs)}'
    lists = (
        ("glossary", known.glossary, "glossary.yaml"),
        ("human_help", known.human_help, "help.yaml"),
        ("advised_before", known.slugs, "catalogue.yaml"),
    )
    for key, names, file in lists:
        for rank, name in enumerate(list_of(module, key)):
            if isinstance(name, str) and names is not None and name not in names:
                yield (key, rank), f'"{name}" is not in {file}{near(name, names)}'


def _steps(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    steps = dict(_by_id(module))
    parts = [text_of(part, "id") for _, part in maps(list_of(module, "parts"))]
    worlds = map_of(module, "worlds")
    for rank, name in enumerate(list_of(module, "recall")):
        if isinstance(name, str) and name not in steps:
            yield ("recall", rank), f'no step is called "{name}"{near(name, steps)}'
    for path, step in maps(list_of(module, "steps"), ("steps",)):
        part = text_of(step, "part")
        if step.get("id") == "end":
            yield (*path, "id"), '"end" is the address of the module\'s last page; choose another id'
        if part and part not in parts:
            yield (*path, "part"), f'no part is called "{part}"{near(part, parts)}'
        for place, holder in _players(path, step):
            world = text_of(holder, "world")
            if world and world not in worlds:
                yield (*place, "world"), f'no world is called "{world}"{near(world, worlds)}'
            yield from _start(module, step, holder, place, steps)
        yield from _goals(step, path)


def _start(
    module: Any, step: Mapping[str, Any], holder: Any, place: Path, steps: Mapping[str, Any]
) -> Iterator[tuple[Path, str]]:
    start, worlds = map_of(holder, "start"), map_of(module, "worlds")
    known = text_of(holder, "world") in worlds
    world = worlds[text_of(holder, "world")] if known else holder
    apps = map_of(world, "apps")
    after, page, opened = text_of(start, "after"), text_of(start, "page"), text_of(start, "open")
    here = (*place, "start")
    if after and after not in steps:
        yield (*here, "after"), f'no step is called "{after}"{near(after, steps)}'
    elif after and steps[after].get("kind") != "scene":
        yield (*here, "after"), f'"{after}" is no scene: nothing happens in it that a step could begin after'
    elif after and known and steps[after].get("world") != get(holder, "world"):
        yield (*here, "after"), f'"{after}" plays in another world'
    elif after and holder is step and after in _chain(steps, after):
        yield (*here, "after"), f'"{after}" begins after itself, in a circle'
    pages = {text_of(part, "id") for path, part in nodes(world) if path[-2:-1] == ("pages",)}
    if page and page not in pages:
        yield (*here, "page"), f'no page is called "{page}"{near(page, pages)}'
    app, _, thing = opened.partition(".")
    if opened and app not in apps:
        yield (*here, "open"), f'no app of this world is called "{app}"{near(app, apps)}'
    elif thing and thing not in _ids(apps[app]):
        yield (*here, "open"), f'nothing in "{app}" is called "{thing}"{near(thing, _ids(apps[app]))}'
    for name in map_of(start, "given"):
        if name.partition(".")[0] not in pages:
            yield (*here, "given", name), f'no page is called "{name.partition(".")[0]}"; write page.field'
    mark = text_of(holder, "mark")
    if mark and not any(mark in text for _, text in texts(world)):
        yield (*place, "mark"), f"« {mark} » stands nowhere in this world"


def _goals(step: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    goals = [text_of(goal, "id") for _, goal in maps(list_of(step, "goals"))]
    if step.get("kind") == "scene" and not goals:
        yield (*path, "goals"), "a scene has a goal or more"
    for place, trap in maps(list_of(step, "traps"), (*path, "traps")):
        goal = text_of(trap, "while")
        if goal and goal not in goals:
            yield (*place, "while"), f'no goal here is called "{goal}"{near(goal, goals)}'


def _effects(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    for path, step in maps(list_of(module, "steps"), ("steps",)):
        world = map_of(module, "worlds", text_of(step, "world")) or step
        apps, documents = map_of(world, "apps"), _ids(list_of(world, "documents"))
        for place, rule in maps(list_of(step, "rules"), (*path, "rules")):
            for (*spot, key), name in texts(list_of(rule, "then"), (*place, "then")):
                app = str(key).partition(".")[0]
                there = _ids(apps.get(app)) | documents
                if app in apps and name not in there:
                    yield (*spot, key), f'nothing in "{app}" is called "{name}"{near(name, there)}'


def _card(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    who = text_of(module, "as")
    if known.people is None or who not in known.people:
        return
    lines = {*known.people[who], *map_of(module, "card")}
    for path, text in texts(module):
        asked = path[-1] == "from" or "given" in path
        line = text.removeprefix("card.")
        if asked and line != text and line not in lines:
            yield path, f'the practice card has no line "{line}"{near(line, lines)}'
    for path, written in named(get(module, "card"), ("card",)):
        if not text_of(written, "value") and not list_of(written, "values"):
            yield path, "a line of the card has a value, or values for a field that repeats"


def _senders(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    for path, world in _worlds(module):
        people = {*(known.people or ()), *_ids(get(world, "people"))}
        for place, part in texts(get(world, "apps"), (*path, "apps")):
            writes = place[-1] == "from" and "fields" not in place
            if writes and known.people is not None and part not in people:
                yield place, f'nobody is called "{part}"{near(part, people)}; write an id, or a name and an address'


def _documents(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    for path, world in _worlds(module):
        there = _ids(get(world, "documents"))
        for place, part in nodes(get(world, "apps"), (*path, "apps")):
            names = part if isinstance(part, list) else [part]
            if place[-1] in ("attachments", "download") or (place[-1] == "accept" and "slots" in place):
                for name in names:
                    if isinstance(name, str) and name not in there:
                        yield place, f'no document of this world is called "{name}"{near(name, there)}'


def _moments(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    for path, text in texts(module):
        in_world = path[0] == "worlds" or "apps" in path
        try:
            if in_world and path[-1] == "at":
                dates.moment(text, SOME_DAY)
            elif in_world or path[0] == "card" or "accept" in path:
                dates.fill(text, SOME_DAY)
        except ValueError as why:
            yield path, str(why)


def _sites(module: Any, known: Known) -> Iterator[tuple[Path, str]]:
    for path, world in _worlds(module):
        for place, site in maps(list_of(world, "apps", "browser", "sites"), (*path, "apps", "browser", "sites")):
            address = text_of(site, "address")
            if address and not address.partition("/")[0].endswith(".example"):
                yield (*place, "address"), f"{address} may exist; the addresses of pretend sites end in .example"


RULES: tuple[Callable[[Any, Known], Iterator[tuple[Path, str]]], ...] = (
    _itself,
    _steps,
    _effects,
    _card,
    _senders,
    _documents,
    _moments,
    _sites,
    twice,
    real_addresses,
    unknown_pictures,
)


def _by_id(module: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((text_of(step, "id"), step) for _, step in maps(list_of(module, "steps")))


def _players(path: Path, step: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """What plays or shows a world: the step itself where it is a scene, and its look."""
    if step.get("kind") == "scene":
        yield path, step
    if "look" in step:
        yield (*path, "look"), step["look"]


def _worlds(module: Any) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The module's worlds, and the scenes that bring apps of their own."""
    yield from named(get(module, "worlds"), ("worlds",))
    yield from ((path, step) for path, step in maps(list_of(module, "steps"), ("steps",)) if "apps" in step)


def _chain(steps: Mapping[str, Any], name: str) -> set[str]:
    """The steps that a step begins after, one behind the other."""
    found: set[str] = set()
    while (name := text_of(steps.get(name), "start", "after")) and name not in found:
        found.add(name)
    return found


def _ids(value: Any) -> set[str]:
    return {text_of(part, "id") for _, part in nodes(value) if isinstance(part, Mapping) and "id" in part}
