"""When something is not there or goes wrong: a friendly page in the right language, never a raw error."""

import logging
from uuid import uuid4

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.storage.writer import NotSaved
from app.web.kit.language import SOURCE, negotiate
from app.web.kit.site import site_of
from app.web.kit.visit import NotFound, Visit, visit

log = logging.getLogger("clic")


def install(app: FastAPI) -> None:
    """Give the app its pages for everything that is not a page."""
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(NotSaved, _away)
    app.add_exception_handler(Exception, _ours)


async def _not_found(request: Request, why: Exception) -> Response:
    return _visit(request).page("learner/errors/not_found.html", status=404)


async def _http(request: Request, why: Exception) -> Response:
    status = why.status_code if isinstance(why, HTTPException) else 500
    if status == 405:
        return PlainTextResponse("This page cannot be used like that.", 405, getattr(why, "headers", None))
    return await _not_found(request, why)


async def _away(request: Request, why: Exception) -> Response:
    """The database is away: reading goes on where it can, and nobody is told that something was saved."""
    log.error("not saved: %s", why)
    return _visit(request).page(
        "learner/errors/not_saved.html",
        status=503,
        address=request.url.path,
        kept={},
        revision="",
        once=str(uuid4()),
    )


async def _ours(request: Request, why: Exception) -> Response:
    log.error("our fault at %s", getattr(request.scope.get("route"), "path", "?"), exc_info=why)
    return _visit(request).page("learner/errors/ours.html", status=500)


def _visit(request: Request) -> Visit:
    """A visit in the language of the address, else in one that the browser likes."""
    site = site_of(request)
    tag = request.url.path.split("/")[1] if "/" in request.url.path else SOURCE
    if tag not in site.languages:
        tag = negotiate(request.headers.get("accept-language", ""), list(site.languages.values())).tag
    request.scope["path_params"] = {"lang": tag}
    return visit(request)
