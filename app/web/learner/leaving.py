"""`/{lang}/leaving`: « J'ai fini ». Keep the work first, then the device forgets."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.domains.people import sessions
from app.web.kit.access import ANYONE
from app.web.kit.session import forget
from app.web.kit.visit import visit

router = APIRouter()


@router.get("/{lang}/leaving", openapi_extra=ANYONE)
async def show(request: Request) -> Response:
    here = visit(request)
    me = await here.me()
    return here.page("learner/leaving.html", known=me is not None)


@router.post("/{lang}/leaving", openapi_extra=ANYONE)
async def create(request: Request) -> Response:
    here = visit(request)
    me = await here.holder()
    if me:
        await here.site.writer.write(lambda c: sessions.end(c, me, here.now))
    response = here.page("learner/left.html")
    forget(response, secure=here.secure)
    return response
