"""`clic check`: every fault of every file, with its line."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.cli.courses import folder_of
from app.cli.outcome import FAULTS
from app.pure.content.loader import load
from app.pure.content.problem import Problem
from app.web.kit.icons import Icons, Pictures


def check(
    folder: Annotated[Path | None, typer.Argument(help="Courses (CLIC_COURSES).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For editors.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are faults too.")] = False,
) -> None:
    """Read all the courses and say everything that is wrong, as file:line:column."""
    _, found = load(folder_of(folder), prove_on=date.today(), pictures=Icons().names | Pictures().names)
    typer.echo(json.dumps([asdict(problem) for problem in found], ensure_ascii=False) if as_json else _read(found))
    if found if strict else any(problem.severity == "error" for problem in found):
        raise typer.Exit(FAULTS)


def _read(found: list[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in found)
    lines = [str(problem) for problem in found]
    return "\n".join([*lines, f"{errors} errors, {len(found) - errors} warnings"])
