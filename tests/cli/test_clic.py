"""The command as a person types it: in a process of its own."""

import os
import subprocess
import sys

import pytest

from app.settings import HOME

COMMANDS = ["serve", "check", "schema", "vocabulary", "solve", "messages", "doctor", "backup", "restore"]


def clic(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLIC_")}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=HOME,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_command_lists_all_it_can_do() -> None:
    shown = clic("--help")
    assert shown.returncode == 0
    assert [command for command in COMMANDS if f"\n  {command} " not in shown.stdout] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    shown = clic(command, "--help")
    assert shown.returncode == 0 and "Usage: clic" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        (["serve"], {"CLIC_ENV": "prod"}, "CLIC_ENV: is 'prod'"),
        (["serve"], {"PORT": "eighty"}, "PORT: is 'eighty'"),
        (["serve"], {"CLIC_ENV": "production"}, "CLIC_PUBLIC_URL: is missing"),
        (["serve", "--workers", "2"], {}, "CLIC_DATABASE_URL: SQLite has one writer"),
        (["backup", "/nowhere/at/all"], {}, "/nowhere/at is not a folder"),
        (["restore", "/nowhere/at/all"], {}, "/nowhere/at/all is not a file"),
        (["check", "/nowhere"], {}, "/nowhere is not a folder"),
        (["solve", "no-such-module"], {}, "no-such-module"),
        (["dance"], {}, "No such command 'dance'"),
    ],
)
def test_a_persons_mistake_is_said_without_a_traceback(
    arguments: list[str], variables: dict[str, str], says: str
) -> None:
    said = clic(*arguments, **variables)
    assert said.returncode == 2
    assert says in said.stderr
    assert "Traceback" not in said.stderr + said.stdout
