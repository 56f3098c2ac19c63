"""`/healthz`, `/readyz`, `/metrics`, `/.well-known/security.txt`."""

import hmac
import ipaddress

import sqlalchemy as sa
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from app.storage.writer import NotSaved
from app.web.kit.access import MACHINES
from app.web.kit.site import site_of
from app.web.kit.visit import NotFound

router = APIRouter()


@router.get("/healthz", openapi_extra=MACHINES)
async def alive() -> Response:
    return PlainTextResponse("alive\n")


@router.get("/readyz", openapi_extra=MACHINES)
async def ready(request: Request) -> Response:
    """Whether the database answers and the courses are read."""
    site = site_of(request)
    try:
        await site.reader.read(lambda c: c.execute(sa.text("SELECT 1")))
    except NotSaved:
        return PlainTextResponse("the database is away\n", 503)
    if not site.library.modules:
        return PlainTextResponse("no module can be read\n", 503)
    return PlainTextResponse("ready\n")


@router.get("/metrics", openapi_extra=MACHINES)
async def metrics(request: Request) -> Response:
    """Counters for Prometheus; on loopback, or with CLIC_METRICS_TOKEN as a bearer. Otherwise it does not exist."""
    site = site_of(request)
    token = site.settings.metrics_token
    said = request.headers.get("authorization", "").removeprefix("Bearer ")
    known = bool(token) and hmac.compare_digest(said.encode(), token.encode())
    if not known and (token or not _is_loopback(request)):
        raise NotFound
    lines = [
        "# TYPE clic_modules gauge",
        f"clic_modules {len(site.library.modules)}",
        "# TYPE clic_languages gauge",
        f"clic_languages {len(site.languages)}",
        "# TYPE clic_replies_total counter",
        *(f'clic_replies_total{{status="{status}"}} {count}' for status, count in sorted(site.counts.items())),
    ]
    return PlainTextResponse("\n".join(lines) + "\n")


@router.get("/.well-known/security.txt", openapi_extra=MACHINES)
async def security(request: Request) -> Response:
    """RFC 9116."""
    site = site_of(request).settings.public_url or str(request.base_url).rstrip("/")
    return PlainTextResponse(f"Contact: {site}/fr/people\nPreferred-Languages: fr, en\nExpires: 2027-11-24T00:00:00Z\n")


def _is_loopback(request: Request) -> bool:
    """Whether the machine asks itself; a proxy on the same machine asks for somebody else."""
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False
