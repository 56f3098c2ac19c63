"""A schema's refusals in an author's words: what is wrong, where it stands in the file, how to mend it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.pure.content.tree import near
from app.pure.content.written import Path, Read
from app.pure.steps import KINDS

KIND_NAMES = tuple(sorted(get_args(kind.model_fields["kind"].annotation)[0] for kind in KINDS))
_ABOUT = re.compile(r"([a-z_]+): (.+)", re.DOTALL)
_SHAPES = {
    "model_type": "this must be a map: keys and values",
    "model_attributes_type": "this must be a map: keys and values",
    "dict_type": "this must be a map: keys and values",
    "mapping_type": "this must be a map: keys and values",
    "tuple_type": "this must be a list; each line begins with -",
    "bool_type": "this must be true or false",
    "bool_parsing": "this must be true or false",
    "int_type": "this must be a whole number",
    "int_parsing": "this must be a whole number",
    "int_from_float": "this must be a whole number",
    "float_type": "this must be a number",
    "float_parsing": "this must be a number",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`at_key`: it is the key that is wrong, not its value."""

    path: Path
    said: str
    at_key: bool = False


def of(wrong: ValidationError, read: Read, kind: type[BaseModel]) -> Iterator[Fault]:
    """Every refusal of a file, each at its place."""
    for error in wrong.errors(include_url=False):
        path = _path(error["loc"], read)
        for line in _words(error, kind).split("\n"):
            about = _ABOUT.fullmatch(line)
            if error["type"] == "value_error" and about and (*path, about[1]) in read.spots:
                yield Fault((*path, about[1]), about[2])
            else:
                yield Fault(path, line, error["type"] == "extra_forbidden")


def _path(location: tuple[int | str, ...], read: Read) -> Path:
    """Pydantic's location without the names of unions, which stand in no file."""
    path: Path = ()
    for rank, part in enumerate(location):
        missing = rank == len(location) - 1 and isinstance(part, str) and part not in KIND_NAMES
        if missing or (*path, part) in read.spots or (*path, part) in read.keys:
            path = (*path, part)
    return path


def _words(error: ErrorDetails, kind: type[BaseModel]) -> str:
    key = str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "extra_forbidden":
            return f'"{key}" is not known here{near(key, _known_keys(kind))}'
        case "missing":
            return f'"{key}" is missing'
        case "union_tag_invalid" | "union_tag_not_found":
            return f"kind must be one of: {', '.join(KIND_NAMES)}"
        case "literal_error":
            return f"this must be one of: {error['ctx']['expected']}".replace(" or ", ", ")
        case "string_type":
            return "this must be text; put quotes around it"
        case "too_short":
            return "this list is empty"
        case "value_error":
            return str(error["msg"]).removeprefix("Value error, ")
    return _SHAPES.get(error["type"]) or str(error["msg"])


@cache
def _known_keys(kind: type[BaseModel]) -> tuple[str, ...]:
    """Every key that may stand somewhere in a file of that kind."""
    keys: set[str] = set()
    todo: list[Any] = [kind]
    seen: set[Any] = set()
    while todo:
        found = todo.pop()
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            todo += getattr(found, "__args__", ())
        elif found not in seen:
            seen.add(found)
            for name, info in found.model_fields.items():
                keys.add(info.alias or name)
                todo.append(info.annotation)
    return tuple(sorted(keys))
