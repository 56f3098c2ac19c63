"""`clic serve`: the site."""

import os
import socket
from typing import Annotated

import typer
import uvicorn

from app.cli import room
from app.cli.outcome import FAULTS, refuse
from app.settings import Settings, load_settings

GRACE = 5  # seconds that a request in flight has to finish after SIGTERM


def serve(
    reload: Annotated[bool, typer.Option("--reload", help="Start again when the code changes.")] = False,
    workers: Annotated[int, typer.Option(help="Processes; more than one wants PostgreSQL.", min=1)] = 1,
) -> None:
    """Serve the site on CLIC_HOST and PORT (http://127.0.0.1:8000)."""
    settings = load_settings()
    if workers > 1 and settings.sqlite_file:
        refuse("CLIC_DATABASE_URL: SQLite has one writer; set a PostgreSQL, or serve with one worker")
    _refuse_taken_port(settings)
    _announce(settings)
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        reload=reload,
        workers=workers,
        loop="uvloop",
        http="httptools",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=[str(network) for network in settings.trusted_proxies],
        timeout_graceful_shutdown=GRACE,
        log_level="warning",
    )


def _refuse_taken_port(settings: Settings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, UnicodeError) as error:
            refuse(f"cannot serve on {settings.host}, port {settings.port} ({error}); change PORT or CLIC_HOST", FAULTS)


def _announce(settings: Settings) -> None:
    url = room.address(settings)
    if not room.is_shared(settings):
        typer.echo(f"Clic à Clic: {url}  (Ctrl+C stops it)")
        return
    if not settings.production:
        # the codes that the site draws must lead phones to this machine, not to 0.0.0.0
        os.environ.setdefault("CLIC_PUBLIC_URL", url)
        typer.echo(room.poster(url))
    typer.echo(f"Clic à Clic, for the room: {url}  (Ctrl+C stops it)")
