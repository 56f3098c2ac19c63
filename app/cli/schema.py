"""`clic schema`: completion and checks in an author's editor."""

import json

import typer

from app.pure.content.module import Module


def schema() -> None:
    """Print the JSON Schema of a module.yaml."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Module.model_json_schema()
    typer.echo(json.dumps(described, ensure_ascii=False, indent=2))
