"""The words of the interface, found in the code: what `interface.po` must hold.

Templates mark theirs with `_()`, `ui()`, `words()`, `frame()` and `{% trans %}`. In `app/pure` the sentences of the
platform are constants: every text in a module's constant in capitals, and the label of every pretend app.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from app.pure.simulator.formats import FORMATS

KEYWORDS = {name: None for name in ("_", "gettext", "ui", "words", "frame")} | {"ngettext": (1, 2)}
_METHODS = [("templates/**.html", "jinja2"), ("app/web/**.py", "python")]
_OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false", "encoding": "utf-8"}}
_SHOWN = re.compile(r"(?=.*[a-zà-ÿ])[A-ZÀ-Ý«{\[].*[^\W\d_]", re.DOTALL)
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")


def template(home: Path) -> Catalog:
    """The catalogue to translate, each text with the places where it is said."""
    catalog = Catalog(project="Clic à Clic", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        str(home), _METHODS, _OPTIONS, keywords=KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
    ):
        catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    for path in sorted((home / "app" / "pure").rglob("*.py")):
        for line, text in constants(path.read_text(encoding="utf-8")):
            catalog.add(text, None, [(str(path.relative_to(home)), line)])
    for name, form in FORMATS.items():
        for way, sentence in form.ways.items():
            catalog.add(sentence, None, auto_comments=[f"{name}: {way}"])
    return catalog


def constants(source: str) -> Iterator[tuple[int, str]]:
    """The texts that a module of `app/pure` may show, with their lines."""
    module = ast.parse(source)
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            yield from (found for each in node.body for found in _texts(each, re.compile("label")))
        else:
            yield from _texts(node, _CONSTANT)


def _texts(node: ast.stmt, names: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Assign(targets=[ast.Name(name)], value=value) if names.fullmatch(name):
            yield from _shown(value)
        case ast.AnnAssign(target=ast.Name(name), value=ast.expr() as value) if names.fullmatch(name):
            yield from _shown(value)


def _shown(value: ast.expr) -> Iterator[tuple[int, str]]:
    match value:
        case ast.Call(func=ast.Attribute(attr="compile")):
            return  # a pattern is no text
        case ast.Constant(str(text)) if _SHOWN.match(text):
            yield value.lineno, text
        case _:
            for part in ast.iter_child_nodes(value):
                if isinstance(part, ast.expr | ast.keyword):
                    yield from _shown(part if isinstance(part, ast.expr) else part.value)
