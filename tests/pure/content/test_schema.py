"""The JSON Schema that authors' editors read."""

from typing import Any

import pytest

from app.pure.content import written
from app.pure.content.schema import json_schema
from app.settings import HOME

SCHEMA = json_schema()


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """The part of JSON Schema that pydantic writes: references, unions, types, constants, objects and lists."""
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return any(fits(value, one) for one in schema[key])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    match schema.get("type"):
        case "object":
            return isinstance(value, dict) and _is_object(value, schema)
        case "array":
            return isinstance(value, list) and all(fits(one, schema.get("items", {})) for one in value)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "null":
            return value is None
    return True


def _is_object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    named, other = schema.get("properties", {}), schema.get("additionalProperties", True)
    if not set(schema.get("required", ())) <= value.keys():
        return False
    for key, part in value.items():
        if key not in named and other is False:
            return False
        inside = named.get(key, other if isinstance(other, dict) else {})
        if not fits(part, inside):
            return False
    return True


@pytest.mark.parametrize("path", sorted((HOME / "courses").glob("*/*/module.yaml")), ids=lambda path: path.parent.name)
def test_the_shipped_modules_fit_the_schema(path: Any) -> None:
    assert fits(written.read(path.read_bytes(), path.name).value, SCHEMA)


def step(kind: str, **written: Any) -> dict[str, Any]:
    return {"steps": [{"id": "a", "kind": kind, **written}]}


def rule(effect: str) -> dict[str, Any]:
    return step("scene", rules=[{"when": {"fact": "mail.sent"}, "then": [{effect: "lea", "again": True}]}])


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({}, True),
        ({"minutes": "ten"}, False),
        ({"recal": []}, False),
        (step("explane", text="Lisez."), False),
        (step("explain", text="Lisez.", look={"world": "w", "start": {"day": "+7"}}), True),
        (rule("mail.deliver"), True),
        (rule("mail.delivr"), False),
    ],
)
def test_what_does_not_fit_is_seen_while_typing(change: dict[str, Any], right: bool) -> None:
    module = {
        **{"slug": "x", "title": "T", "summary": "S", "level": 1, "minutes": 10, "picture": "mail", "as": "mariam"},
        **{"objectives": ["Je peux lire."], "transfer": {"text": "Lisez.", "who": "Votre formateur"}},
        "steps": [{"id": "a", "kind": "explain", "text": "Lisez."}],
    }
    assert fits(module | change, SCHEMA) is right
