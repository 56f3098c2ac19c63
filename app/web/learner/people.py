"""`/{lang}/people`: « Appeler ». Who helps, face to face or by telephone; also the pages about this site."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.kit.access import ANYONE
from app.web.kit.visit import visit

router = APIRouter()


@router.get("/{lang}/people", openapi_extra=ANYONE)
async def show(request: Request) -> Response:
    here = visit(request)
    return here.page("learner/people.html", helps=list(here.site.library.human_help.values()))


@router.get("/{lang}/accessibility", openapi_extra=ANYONE)
async def accessibility(request: Request) -> Response:
    return visit(request).page("learner/accessibility.html")


@router.get("/{lang}/credits", openapi_extra=ANYONE)
async def credits(request: Request) -> Response:
    return visit(request).page("learner/credits.html")
