"""The `clic` command: one module per subcommand, assembled here.

Every command exits 0 when all is well, 1 when it found faults, 2 when it was asked wrongly or a setting is wrong.
"""

import sys

import typer

from app.cli import backup, check, doctor, messages, schema, serve, solve, vocabulary
from app.cli.outcome import WRONG
from app.settings import WrongSetting

clic = typer.Typer(
    name="clic",
    help="Clic à Clic: serve the site, check its courses and its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    serve.serve,
    check.check,
    schema.schema,
    solve.solve,
    vocabulary.vocabulary,
    doctor.doctor,
    backup.backup,
    backup.restore,
):
    clic.command()(command)
clic.add_typer(messages.messages, name="messages")


def main() -> None:
    """Run one command; a wrong setting is one line."""
    try:
        clic()
    except WrongSetting as wrong:
        print(f"clic: {wrong}", file=sys.stderr)
        sys.exit(WRONG)
