"""`clic schema`: completion and checks in an author's editor."""

import json

import typer

from app.pure.content.schema import json_schema


def schema() -> None:
    """Print the JSON Schema of a module.yaml."""
    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
