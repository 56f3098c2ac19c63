"""The command as a person types it: in a process of its own."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import app.cli
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
    shown = CliRunner().invoke(app.cli.clic, [command, "--help"])
    assert shown.exit_code == 0 and f"Usage: clic {command}" in shown.output


def test_what_can_be_noticed_and_done_is_listed_from_the_code() -> None:
    shown = CliRunner().invoke(app.cli.clic, ["vocabulary"]).output
    assert "| `mail.sent` |" in shown and "| `email` | `no-at` |" in shown


def test_the_schema_knows_the_keys_of_a_module() -> None:
    described = json.loads(CliRunner().invoke(app.cli.clic, ["schema"]).output)
    assert {"slug", "steps", "worlds"} <= described["properties"].keys()


def test_the_way_through_a_module_is_printed_with_what_it_cost() -> None:
    found = json.loads(CliRunner().invoke(app.cli.clic, ["solve", "premier-mail", "answer-lea", "--json"]).output)
    assert [act["act"] for act in found[0]["acts"]] == ["mail.reply", "mail.send"]
    assert found[0]["tried"] > 0


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
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    bare_environment: None,
    arguments: list[str],
    variables: dict[str, str],
    says: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["clic", *arguments])
    with pytest.raises(SystemExit) as ended:
        app.cli.main()
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


def test_in_a_terminal_a_wrong_setting_is_one_line() -> None:
    said = clic("serve", PORT="eighty")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "clic: PORT: is 'eighty'; write a number between 0 and 65535\n"
