"""When something is not there or goes wrong: a friendly page in the right language, never a raw error."""

import logging
from urllib.parse import quote
from uuid import uuid4

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.storage.writer import NotSaved
from app.web.kit import render
from app.web.kit.forms import fields_of
from app.web.kit.language import SOURCE, negotiate
from app.web.kit.security import App, Message, Receive, Scope, Send, TooLarge
from app.web.kit.site import site_of
from app.web.kit.visit import Asleep, NotFound, Visit, visit

log = logging.getLogger("clic")


def install(app: FastAPI) -> None:
    """Give the app its pages for everything that is not a page."""
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(TooLarge, _too_large)
    app.add_exception_handler(Asleep, _asleep)
    app.add_exception_handler(NotSaved, _away)


class OurFault:
    """Innermost middleware: a fault of the code becomes a page that carries the headers of every other page.

    (Starlette's own handler for 500 stands outside all middleware: its answer would lack the policy.)
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as why:
            if scope["type"] != "http" or begun:
                raise
            response = await _ours(Request(scope, receive), why)
            await response(scope, receive, send)


async def _not_found(request: Request, why: Exception) -> Response:
    return _visit(request).page("learner/errors/not_found.html", status=404)


async def _http(request: Request, why: Exception) -> Response:
    """A wrong address or a wrong method: nothing is there that a person could use."""
    status = why.status_code if isinstance(why, HTTPException) else 404
    response = _visit(request).page("learner/errors/not_found.html", status=status)
    response.headers.update(getattr(why, "headers", None) or {})
    return response


async def _too_large(request: Request, why: Exception) -> Response:
    if render.is_partial(request):
        # no page of ours: the script leaves the page as it is, with what was typed
        return PlainTextResponse("Too much at once.", 413)
    here = _visit(request)
    return here.page("learner/errors/too_large.html", status=413, address=_shown(here))


async def _asleep(request: Request, why: Exception) -> Response:
    here = _visit(request)
    address = f"{here.to('still-you')}?next={quote(_shown(here))}"
    if render.is_partial(request):
        return Response(status_code=200, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


async def _away(request: Request, why: Exception) -> Response:
    """The database is away: nobody is told that something was saved, and what was typed stays in the page."""
    log.error("not saved: %s", why)
    here = _visit(request)
    if request.method == "GET":
        return here.page("learner/errors/ours.html", status=503)
    form = await fields_of(request)
    revision, once = form.pop("revision", [""])[0], form.pop("once", [str(uuid4())])[0]
    answers = [(name, value) for name, values in form.items() for value in values]
    return here.page(
        "learner/errors/not_saved.html",
        status=503,
        address=request.url.path,
        back=_shown(here),
        answers=answers,
        revision=revision,
        once=once,
    )


async def _ours(request: Request, why: Exception) -> Response:
    log.error("our fault at %s", getattr(request.scope.get("route"), "path", "?"), exc_info=why)
    return _visit(request).page("learner/errors/ours.html", status=500)


def _shown(here: Visit) -> str:
    """The page to go back to: this address where it can be looked at, else home."""
    path = here.request.url.path
    return path if here.request.method == "GET" or path.startswith(here.to("learn", "")) else here.to("")


def _visit(request: Request) -> Visit:
    """A visit in the language of the address, else in one that the browser likes."""
    site = site_of(request)
    tag = request.url.path.split("/")[1] if "/" in request.url.path else SOURCE
    if tag not in site.languages:
        tag = negotiate(request.headers.get("accept-language", ""), list(site.languages.values())).tag
    request.scope["path_params"] = {"lang": tag}
    return visit(request)
