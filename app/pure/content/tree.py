"""A course file as plain values: maps, lists, texts. The checks walk it, so that one fault never hides another."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from app.pure.content.written import Path

Found = Iterator[tuple[Path, str, bool]]
"""What a check finds: where, what and how to mend it, and whether it is an error (else a warning)."""


def nodes(value: Any, path: Path = (), skip: Collection[str] = ()) -> Iterator[tuple[Path, Any]]:
    """Every value below a value, and itself; what stands under one of the keys `skip` is left out."""
    yield path, value
    if isinstance(value, Mapping):
        for key, part in value.items():
            if key not in skip:
                yield from nodes(part, (*path, str(key)), skip)
    elif isinstance(value, list):
        for rank, part in enumerate(value):
            yield from nodes(part, (*path, rank), skip)


def texts(value: Any, path: Path = (), skip: Collection[str] = ()) -> Iterator[tuple[Path, str]]:
    """Every text below a value; a file that is nothing but a text has none."""
    return ((place, part) for place, part in nodes(value, path, skip) if place and isinstance(part, str))


def maps(value: Any, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The maps of a list, with their places; whatever else stands in it is the schema's business."""
    if isinstance(value, list):
        for rank, part in enumerate(value):
            if isinstance(part, Mapping):
                yield (*path, rank), part


def named(value: Any, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The maps of a map, with their places."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            if isinstance(part, Mapping):
                yield (*path, str(key)), part


def get(value: Any, *keys: str) -> Any:
    """What stands under keys; None where something is missing on the way."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def text_of(value: Any, *keys: str) -> str:
    """The text under keys; empty where there is none."""
    found = get(value, *keys)
    return found if isinstance(found, str) else ""


def map_of(value: Any, *keys: str) -> Mapping[str, Any]:
    """The map under keys; empty where there is none."""
    found = get(value, *keys)
    return found if isinstance(found, Mapping) else {}


def list_of(value: Any, *keys: str) -> list[Any]:
    """The list under keys; empty where there is none."""
    found = get(value, *keys)
    return found if isinstance(found, list) else []


def near(name: str, known: Collection[str]) -> str:
    """`; did you mean "…"?`, where one of the known names is close."""
    found = difflib.get_close_matches(name, list(known), 1, 0.6) or sorted(
        other for other in known if len(name) > 2 and other.startswith(name)
    )
    return f'; did you mean "{found[0]}"?' if found else ""
