"""The order of the rooms, held by reading the imports; and what no room may hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import HOME

# Lowest first. A room imports from itself and from lower lines; rooms of one line never meet.
ORDER: tuple[tuple[str, ...], ...] = (
    ("app.pure.simulator",),
    ("app.pure.steps",),
    ("app.pure.content",),
    ("app.storage",),
    ("app.domains.people",),
    ("app.domains.learning",),
    ("app.domains.training", "app.domains.translating"),
    ("app.settings",),
    ("app.web.kit",),
    ("app.web.learner", "app.web.trainer", "app.web.translator", "app.web.author", "app.web.admin", "app.web.machine"),
    ("app.main",),
    ("app.cli",),
)
FLOOR = {room: floor for floor, rooms in enumerate(ORDER) for room in rooms}
# What `pure` is pure of: storage, the web, the clock of the machine, chance.
IMPURE = ("sqlmodel", "sqlalchemy", "psycopg", "fastapi", "starlette", "jinja2", "app.storage", "time")
CHANCE = re.compile(r"\brandom\.(?!Random\()|\bsecrets\.|\buuid4\(|\.(?:now|today|utcnow)\(")
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}

PHYSICAL = re.compile(r"(?:[\w-]*-)?\b(?:left|right)\b[\w-]*\s*:|:\s*(?:left|right)\s*(?:[;}!]|$)", re.MULTILINE)
INLINE = re.compile(
    r"""<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|\shx-(?:on|live)\b|["']\s*(?:js|javascript):""",
    re.IGNORECASE,
)
COMMENT = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", re.DOTALL)


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((HOME / "app").rglob("*.py")):
        yield ".".join(path.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module and not node.level)


def room_of(name: str) -> str | None:
    return next((room for room in FLOOR if name == room or name.startswith(f"{room}.")), None)


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def may_import(mine: str, theirs: str) -> bool:
    return mine == theirs or FLOOR[theirs] < FLOOR[mine]


def test_every_room_imports_only_from_itself_and_from_lower_rooms() -> None:
    wrong = [
        f"{name} imports {imported}"
        for name, path in modules()
        for imported in imports(path)
        if (mine := room_of(name)) and (theirs := room_of(imported)) and not may_import(mine, theirs)
    ]
    assert wrong == []


def test_every_module_is_in_a_room_of_the_order() -> None:
    corridors = {"app", "app.pure", "app.domains", "app.web"}
    assert [name for name, _ in modules() if room_of(name) is None and name not in corridors] == []


def test_the_corridors_between_the_rooms_import_nothing() -> None:
    assert [(name, found) for name, path in modules() if room_of(name) is None for found in imports(path)] == []


def test_imports_say_the_whole_name() -> None:
    assert [(name, found) for name, path in modules() for found in imports(path) if found.startswith(".")] == []


def test_pure_knows_no_storage_no_web_no_clock_and_no_chance() -> None:
    assert [
        f"{name} imports {found}"
        for name, path in modules()
        if is_within(name, "app.pure")
        for found in imports(path)
        if any(is_within(found, package) for package in IMPURE)
    ] == []


def test_pure_asks_no_clock_for_the_day_and_draws_nothing_without_a_seed() -> None:
    """`random.Random(seed)` mixes the same way for everybody; the day is handed in."""
    assert [
        f"{name}: {found.group()}"
        for name, path in modules()
        if is_within(name, "app.pure")
        for found in CHANCE.finditer(path.read_text(encoding="utf-8"))
    ] == []


def test_every_module_has_a_noun_for_a_name() -> None:
    assert [name for name, _ in modules() if NAMELESS & set(name.split("."))] == []


def faults(folder: str, ending: str, forbidden: re.Pattern[str]) -> list[str]:
    """Where `forbidden` stands, comments aside, in the files that are ours."""
    return [
        f"{path.relative_to(HOME)}: {found.group().strip()}"
        for path in sorted((HOME / folder).rglob(f"*{ending}"))
        if "vendor" not in path.parts
        for found in forbidden.finditer(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]


def test_styles_know_start_and_end_never_left_and_right() -> None:
    assert faults("static/css", ".css", PHYSICAL) == []


def test_templates_hold_no_inline_style_script_or_handler() -> None:
    assert faults("templates", ".html", INLINE) == []


@pytest.mark.parametrize(
    ("css", "wrong"),
    [
        (".a { margin-left: 1px }", True),
        (".a{border-top-right-radius:2px}", True),
        (".a { left: 0 }", True),
        (".a { text-align: right; }", True),
        (".a { margin-inline-start: 1px; text-align: start }", False),
        (".arrow-left { color: red }", False),
        (".bright { color: red }", False),
    ],
)
def test_what_counts_as_left_and_right(css: str, wrong: bool) -> None:
    assert bool(PHYSICAL.search(css)) is wrong


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ('<p style="color: red">', True),
        ("<style>p {}</style>", True),
        ("<script>alert()</script>", True),
        ('<button onclick="go()">', True),
        ('<a href="javascript:go()">', True),
        ('<div hx-on:click="go()">', True),
        ('<script defer src="/static/learner.js"></script>', False),
        ('<p class="style" data-once="1">', False),
    ],
)
def test_what_counts_as_inline(html: str, wrong: bool) -> None:
    assert bool(INLINE.search(html)) is wrong


@pytest.mark.parametrize(
    ("mine", "theirs", "allowed"),
    [
        ("app.pure.steps", "app.pure.simulator", True),
        ("app.pure.simulator", "app.pure.steps", False),
        ("app.web.learner", "app.web.trainer", False),
        ("app.domains.training", "app.domains.translating", False),
        ("app.domains.learning", "app.settings", False),
        ("app.cli", "app.main", True),
    ],
)
def test_the_order_of_the_rooms(mine: str, theirs: str, allowed: bool) -> None:
    assert may_import(mine, theirs) is allowed
