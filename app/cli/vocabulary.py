"""`clic vocabulary`: what authors may write in a scene, read from the code."""

from collections.abc import Iterator

import typer

from app.pure.simulator.apps import APPS
from app.pure.simulator.apps.base import App
from app.pure.simulator.formats import FORMATS


def vocabulary() -> None:
    """Print the facts, effects and parts of every app, and the formats of fields (in Markdown)."""
    for app in APPS:
        typer.echo("\n".join(_of_app(app)))
    typer.echo("\n".join(_of_formats()))


def _of_app(app: App) -> Iterator[str]:
    yield f"## {app.name} ({app.label})\n"
    yield "| fact | its data |\n| --- | --- |"
    for fact, data in app.facts.items():
        yield f"| `{app.name}.{fact}` | {', '.join(f'`{name}`' for name in data)} |"
    yield f"\nEffects: {_listed(f'{app.name}.{effect}' for effect in app.effects)}"
    yield f"\nParts that can be pointed at: {_listed(app.parts)}\n"


def _of_formats() -> Iterator[str]:
    yield "## Formats of fields\n"
    yield "| format | way it is wrong | what is said |\n| --- | --- | --- |"
    for name, form in FORMATS.items():
        for way, sentence in form.ways.items():
            yield f"| `{name}` | `{way}` | {sentence} |"


def _listed(names: Iterator[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"
