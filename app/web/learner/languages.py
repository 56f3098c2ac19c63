"""`/` and `/{lang}/language`: the choice of a language, each under its own name in its own script."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.kit.access import ANYONE
from app.web.kit.forms import local
from app.web.kit.language import negotiate
from app.web.kit.visit import visit

router = APIRouter()


@router.get("/", openapi_extra=ANYONE)
async def first(request: Request) -> Response:
    """The first visit: what the browser asks for is marked, the choice is offered; no redirect."""
    from app.web.kit.site import site_of

    site = site_of(request)
    guessed = negotiate(request.headers.get("accept-language", ""), list(site.languages.values()))
    request.scope["path_params"] = {"lang": guessed.tag}
    return visit(request).page("learner/language.html", back="")


@router.get("/{lang}/language", openapi_extra=ANYONE)
async def show(request: Request) -> Response:
    """Change the language, and come back to the same page in it."""
    here = visit(request)
    referer = request.headers.get("referer", "")
    path = "/" + "/".join(referer.split("/")[3:]) if referer.count("/") > 2 else ""
    rest = local(path, "").removeprefix(f"/{here.language.tag}")
    return here.page("learner/language.html", back=rest if rest.startswith("/learn") else "/")
