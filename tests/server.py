"""The site as people meet it: `clic serve` in a process of its own, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from app.settings import HOME

READY_WITHIN = 20.0


class Server:
    """Runs while the `with` block does. `folder` gets what it prints.

    `kill()` is the machine that dies (SIGKILL), `stop()` the one that is shut down (SIGTERM); `start()` brings it back
    on the same port with the same database.
    """

    def __init__(self, database_url: str, secret: str, folder: Path, **variables: str) -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.printed = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        own = {
            "CLIC_DATABASE_URL": database_url,
            "CLIC_SECRET": secret,
            "CLIC_MEDIA": str(folder / "media"),
            "PORT": str(self.port),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CLIC_")}
        self._environment = kept | own | variables

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        assert self._process is not None, "the server is not running"
        return self._process.pid

    def start(self) -> float:
        """Answers the seconds from the start to ready."""
        begun = time.monotonic()
        with self.printed.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "serve"], cwd=HOME, env=self._environment, stdout=out, stderr=out
            )
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() - begun > READY_WITHIN:
                self.kill()
                raise AssertionError(f"the server did not get ready:\n{self.printed.read_text()[-4000:]}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """Answers the seconds it took to finish what was in flight."""
        begun = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - begun

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"the server did not end within 10 s of {how.name}") from None
        finally:
            self._process = None

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=2) as reply:
                return bool(reply.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
