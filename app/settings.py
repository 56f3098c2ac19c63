"""What the machine decides and the code does not: read from the environment once, at start.

Every variable is listed in `Settings`. `load_settings()` is the only way in: it answers settings that are fit to serve
with, or refuses with one line that names the variable and says how to mend it.
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

HOME = Path(__file__).resolve().parents[1]
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET_LENGTH = 32
_DRIVER = "postgresql+psycopg"
_MAKE_SECRET = 'make one with python3 -c "import secrets; print(secrets.token_urlsafe(48))"'

Network = IPv4Network | IPv6Network


class WrongSetting(Exception):
    """A setting is wrong or missing. Its text is one line: the variable, what is wrong, how to mend it."""

    def __init__(self, variable: str, how: str) -> None:
        super().__init__(f"{variable}: {how}")
        self.variable = variable


class Settings(BaseSettings):
    """One running site: `CLIC_` variables and `PORT`.

    Relative paths are read from the project's folder, not from where the command was typed. `secret` is never empty
    once `load_settings()` has answered.
    """

    model_config = SettingsConfigDict(
        env_prefix="CLIC_", env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    env: Literal["development", "production"] = "development"
    database_url: str = "sqlite:///var/clic.sqlite3"
    courses: Path = Path("courses")
    locales: Path = Path("locales")
    media: Path = Path("var/media")
    secret: str = Field(default="", repr=False)
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="PORT")
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(lambda given: _networks(given))] = ()
    metrics_token: str = Field(default="", repr=False)

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def secure(self) -> bool:
        """Whether people reach the site by HTTPS: the cookies' `Secure` and `__Host-` hang on it."""
        return self.public_url.startswith("https://")

    @property
    def sqlite_file(self) -> Path | None:
        """The file of the database, or None when it is a PostgreSQL."""
        url = make_url(self.database_url)
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def load_settings(home: Path = HOME) -> Settings:
    """Read the environment and answer settings that are fit to serve with; raises `WrongSetting`.

    In development a missing secret is made once and kept in `var/secret`, so that a restart signs nobody out.
    """
    _refuse_misspelt(os.environ)
    try:
        read = Settings()
    except ValidationError as error:
        raise _wrong(error.errors()[0]) from None
    settings = read.model_copy(
        update={
            "database_url": _database_url(read.database_url, home),
            "courses": home / read.courses,
            "locales": home / read.locales,
            "media": home / read.media,
            "public_url": _public_url(read),
        }
    )
    for folder in ("courses", "locales"):
        if folder in read.model_fields_set and not getattr(settings, folder).is_dir():
            raise WrongSetting(f"CLIC_{folder.upper()}", f"{getattr(settings, folder)} is not a folder")
    if settings.production:
        refuse_for_production(settings)
    return settings.model_copy(update={"secret": settings.secret or _kept_secret(home / "var" / "secret")})


def refuse_for_production(settings: Settings) -> None:
    """Raise `WrongSetting` for the first thing that no public site may lack."""
    if not settings.public_url:
        raise WrongSetting("CLIC_PUBLIC_URL", "is missing; write the address people type, like https://clic.example")
    if not settings.secure:
        raise WrongSetting("CLIC_PUBLIC_URL", "must begin with https:// in production: cookies would travel in clear")
    if not settings.secret:
        raise WrongSetting("CLIC_SECRET", f"is missing; {_MAKE_SECRET}")
    if _weak(settings.secret):
        raise WrongSetting("CLIC_SECRET", f"is too easy to guess; {_MAKE_SECRET}")
    if settings.metrics_token and _weak(settings.metrics_token):
        raise WrongSetting("CLIC_METRICS_TOKEN", f"is too easy to guess; {_MAKE_SECRET}")


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    known = sorted(_variable(name) for name in Settings.model_fields)
    for name in sorted(environ):
        if name.startswith("CLIC_") and name not in known:
            for near in get_close_matches(name, known, n=1, cutoff=0.85):
                raise WrongSetting(name, f"is not a setting; did you mean {near}?")


def _wrong(error: ErrorDetails) -> WrongSetting:
    name = str(error["loc"][0])
    return WrongSetting(name if name.isupper() else _variable(name), _how(error))


def _how(error: ErrorDetails) -> str:
    given = error["input"]
    match error["type"]:
        case "literal_error":
            return f"is {given!r}; write {error['ctx']['expected']}"
        case "int_parsing" | "greater_than_equal" | "less_than_equal":
            return f"is {given!r}; write a number between 0 and 65535"
        case _:
            return f"is {given!r}; {error['msg'].removeprefix('Value error, ')}"


def _variable(field: str) -> str:
    return "PORT" if field == "port" else f"CLIC_{field.upper()}"


def _networks(given: object) -> object:
    return tuple(_each_network(given)) if isinstance(given, str) else given


def _each_network(given: str) -> Iterator[Network]:
    for part in given.replace(",", " ").split():
        try:
            yield ip_network(part, strict=False)
        except ValueError:
            raise ValueError("write addresses or networks with commas, like 127.0.0.1,10.0.0.0/8") from None


def _database_url(given: str, home: Path) -> str:
    name = "CLIC_DATABASE_URL"
    how = "write sqlite:///folder/file.sqlite3 or postgresql://user:password@host/database"
    try:
        url = make_url(given)
    except ArgumentError:
        raise WrongSetting(name, f"cannot be read; {how}") from None
    if url.drivername in {"postgres", "postgresql", _DRIVER}:
        return url.set(drivername=_DRIVER).render_as_string(hide_password=False)
    if url.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise WrongSetting(name, f"{url.drivername} is not a database we know; {how}")
    if not url.database or url.database == ":memory:":
        raise WrongSetting(name, "a database in memory would be lost at every restart; write sqlite:///folder/file")
    return url.set(database=str(home / url.database)).render_as_string(hide_password=False)


def _public_url(read: Settings) -> str:
    if not read.public_url:
        return "" if read.production else f"http://{read.host}:{read.port}"
    parts = urlsplit(read.public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise WrongSetting("CLIC_PUBLIC_URL", f"is {read.public_url!r}; write only the site's address, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _weak(secret: str) -> bool:
    return len(secret) < SECRET_LENGTH or len(set(secret)) < 12


def _kept_secret(path: Path) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
        if not path.exists():
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
            # a link, not a rename: of two servers that start together the first decides, and both read its secret
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting("CLIC_SECRET", f"cannot be kept in {path} ({error}); set it yourself") from None
    if len(kept) < SECRET_LENGTH:
        raise WrongSetting("CLIC_SECRET", f"{path} is damaged; delete it, a new one is made (people sign in again)")
    return kept
