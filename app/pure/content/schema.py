"""The JSON Schema of a module, for completion and checks in an author's editor.

It is made from the models. Where a model reads a friendlier writing than its own fields (`{mail.deliver: lea}`,
`day: +7`), the schema says how it is written.
"""

from typing import Any

from app.pure.content.module import Module
from app.pure.simulator.apps import APPS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """What `clic schema` prints."""
    described = Module.model_json_schema()
    kinds = described["$defs"]
    kinds["Effect"] = _effect()
    kinds["Start"]["properties"]["day"] = {
        "anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[+-]?[0-9]+$"}]
    }
    return {"$schema": DIALECT, "title": "A module of Clic à Clic", **described}


def _effect() -> dict[str, Any]:
    """One key, the effect, whose value is what it brings; `again` beside it at most."""
    names = [f"{app.name}.{deed}" for app in APPS for deed in app.effects]
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names} | {"again": {"type": "boolean"}},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 2,
    }
