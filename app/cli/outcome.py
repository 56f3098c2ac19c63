"""How a command ends: 0 when all is well, 1 when it found faults, 2 when it was asked wrongly."""

from typing import NoReturn

import typer

FAULTS = 1
WRONG = 2


def refuse(line: str, code: int = WRONG) -> NoReturn:
    """End with one line on stderr; never a traceback for a person's mistake."""
    typer.echo(f"clic: {line}", err=True)
    raise typer.Exit(code)
