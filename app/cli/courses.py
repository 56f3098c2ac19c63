"""The courses as the commands find them: loaded whole, or refused with their faults."""

from pathlib import Path

import typer

from app.cli.outcome import FAULTS, refuse
from app.pure.content.library import Library
from app.pure.content.loader import load
from app.settings import load_settings


def folder_of(given: Path | None) -> Path:
    """The folder that was named, else the one of the settings."""
    folder = given or load_settings().courses
    if not folder.is_dir():
        refuse(f"{folder} is not a folder")
    return folder


def module(slug: str) -> Library:
    """The courses, where the module of that name has no error; other modules may have some."""
    folder = folder_of(None)
    library, problems = load(folder)
    if slug not in library.modules:
        faults = [str(each) for each in problems if each.severity == "error" and f"/{slug}/" in each.path]
        if faults:
            typer.echo("\n".join(faults), err=True)
            refuse(f"{slug} has errors: mend them first", FAULTS)
        refuse(f"no module is called {slug}; known: {', '.join(sorted(library.modules)) or 'none'}")
    return library
