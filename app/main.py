"""The site. `create_app` reads like its table of contents."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette_compress import CompressMiddleware

from app.settings import HOME, Settings, load_settings
from app.storage.engine import is_current, migrate
from app.web import learner
from app.web.kit import errors
from app.web.kit.security import BoundedBody, CountReplies, HeadAsGet, SameOrigin, SecurityHeaders
from app.web.kit.site import Site, open_site
from app.web.kit.upkeep import forget_daily
from app.web.kit.weights import CountBytes
from app.web.machine import health

TEMPLATES = HOME / "templates"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The whole site: its parts, its pages, and what stands before them."""
    settings = settings or load_settings()
    site = open_site(settings, TEMPLATES)
    _read_courses(site)
    app = FastAPI(title="Clic à Clic", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = site

    for router in learner.ROUTERS:
        app.include_router(router)
    app.include_router(health.router)
    app.mount("/static", site.assets, name="static")
    errors.install(app)

    # the last one added stands outermost
    app.add_middleware(errors.OurFault)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SameOrigin)
    app.add_middleware(BoundedBody)
    app.add_middleware(CompressMiddleware, minimum_size=400, zstd=False, brotli_quality=5, gzip_level=6)
    app.add_middleware(SecurityHeaders, secure=settings.secure)
    app.add_middleware(CountBytes, weights=site.weights, cookie="__Host-clic" if settings.secure else "clic")
    app.add_middleware(CountReplies, counts=site.counts)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    site: Site = app.state.site
    if not is_current(site.engine):
        if site.settings.production:
            sys.exit("A migration is pending: run `alembic upgrade head` first.")
        migrate(site.settings.database_url)
    upkeep = asyncio.create_task(forget_daily(site.writer))
    yield
    upkeep.cancel()
    site.close()


def _read_courses(site: Site) -> None:
    """Wrong courses are refused with all their problems; the server does not start on them."""
    site.courses.refresh()
    if site.courses.errors:
        for problem in site.courses.errors:
            print(problem, file=sys.stderr)
        sys.exit(f"{len(site.courses.errors)} problems in the courses; `clic check` lists them.")
