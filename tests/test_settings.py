import stat
from ipaddress import ip_network
from pathlib import Path

import pytest

from app.settings import Settings, WrongSetting, load_settings

STRONG = "x7Kq-0p2mVb9sLr4tYw8zAe3uDc6fGh1jNo5"
PRODUCTION = {"CLIC_ENV": "production", "CLIC_SECRET": STRONG, "CLIC_PUBLIC_URL": "https://clic.example"}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch, bare_environment: None):
    def give(variables: dict[str, str]) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return give


def test_without_any_variable_the_site_is_a_development_one_on_this_machine_alone(given, tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert (settings.env, settings.host, settings.port) == ("development", "127.0.0.1", 8000)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.sqlite_file == tmp_path / "var" / "clic.sqlite3"
    assert settings.courses == tmp_path / "courses"
    assert not settings.secure


def test_the_development_secret_is_made_once_and_only_its_owner_reads_it(given, tmp_path: Path) -> None:
    first, second = load_settings(tmp_path), load_settings(tmp_path)
    kept = tmp_path / "var" / "secret"
    assert first.secret == second.secret == kept.read_text()
    assert len(first.secret) >= 32
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret"]


def test_secrets_do_not_show_when_settings_are_printed(given, tmp_path: Path) -> None:
    given({"CLIC_SECRET": STRONG, "CLIC_METRICS_TOKEN": "another-secret"})
    shown = repr(load_settings(tmp_path))
    assert STRONG not in shown and "another-secret" not in shown


def test_a_production_site_with_all_it_needs_starts(given, tmp_path: Path) -> None:
    given(PRODUCTION | {"CLIC_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8", "PORT": "9000"})
    settings = load_settings(tmp_path)
    assert settings.secure and settings.production and settings.port == 9000
    assert settings.trusted_proxies == (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"))
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("variables", "variable", "says"),
    [
        ({"CLIC_ENV": "prod"}, "CLIC_ENV", "'development' or 'production'"),
        ({"PORT": "eighty"}, "PORT", "a number between 0 and 65535"),
        ({"PORT": "70000"}, "PORT", "a number between 0 and 65535"),
        ({"CLIC_DATABASE_URL": "nonsense"}, "CLIC_DATABASE_URL", "sqlite:///"),
        ({"CLIC_DATABASE_URL": "mysql://localhost/clic"}, "CLIC_DATABASE_URL", "mysql is not a database we know"),
        ({"CLIC_DATABASE_URL": "sqlite://"}, "CLIC_DATABASE_URL", "lost at every restart"),
        ({"CLIC_COURSES": "nowhere"}, "CLIC_COURSES", "is not a folder"),
        ({"CLIC_PUBLIC_URL": "clic.example"}, "CLIC_PUBLIC_URL", "without a path"),
        ({"CLIC_PUBLIC_URL": "https://clic.example/fr/"}, "CLIC_PUBLIC_URL", "without a path"),
        ({"CLIC_TRUSTED_PROXIES": "the proxy"}, "CLIC_TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8"),
        ({"CLIC_DATABSE_URL": "sqlite:///x"}, "CLIC_DATABSE_URL", "did you mean CLIC_DATABASE_URL?"),
        (PRODUCTION | {"CLIC_SECRET": ""}, "CLIC_SECRET", "is missing"),
        (PRODUCTION | {"CLIC_SECRET": STRONG[:31]}, "CLIC_SECRET", "too easy to guess"),
        (PRODUCTION | {"CLIC_SECRET": "a" * 64}, "CLIC_SECRET", "too easy to guess"),
        (PRODUCTION | {"CLIC_PUBLIC_URL": ""}, "CLIC_PUBLIC_URL", "is missing"),
        (PRODUCTION | {"CLIC_PUBLIC_URL": "http://clic.example"}, "CLIC_PUBLIC_URL", "https://"),
        (PRODUCTION | {"CLIC_METRICS_TOKEN": "guess"}, "CLIC_METRICS_TOKEN", "too easy to guess"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it_and_says_how_to_mend_it(
    given, tmp_path: Path, variables: dict[str, str], variable: str, says: str
) -> None:
    given(variables)
    with pytest.raises(WrongSetting) as refused:
        load_settings(tmp_path)
    line = str(refused.value)
    assert line.startswith(f"{variable}: ") and says in line and "\n" not in line
    assert STRONG not in line


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("postgres://clic:p%40ss@db/clic", "postgresql+psycopg://clic:p%40ss@db/clic"),
        ("postgresql://db/clic", "postgresql+psycopg://db/clic"),
        ("postgresql+psycopg://postgres@/clic?host=%2Ftmp", "postgresql+psycopg://postgres@/clic?host=%2Ftmp"),
        ("sqlite:////data/clic.sqlite3", "sqlite:////data/clic.sqlite3"),
    ],
)
def test_a_database_is_always_reached_through_the_same_driver(given, tmp_path: Path, written: str, read: str) -> None:
    given({"CLIC_DATABASE_URL": written})
    assert load_settings(tmp_path).database_url == read


@pytest.mark.parametrize("harm", ["", "short"])
def test_a_damaged_kept_secret_is_said_not_used(given, tmp_path: Path, harm: str) -> None:
    load_settings(tmp_path)
    (tmp_path / "var" / "secret").write_text(harm)
    with pytest.raises(WrongSetting, match=r"CLIC_SECRET: .* is damaged"):
        load_settings(tmp_path)


def test_every_setting_but_the_port_is_named_after_the_project() -> None:
    assert {name for name, field in Settings.model_fields.items() if field.validation_alias} == {"port"}
