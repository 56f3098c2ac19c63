"""`/{lang}/me`: what one did, what it weighed, what we know, and how to have it erased."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.domains.learning import store
from app.domains.learning.progress import module_level
from app.domains.people import privacy
from app.web.kit.access import ANYONE, KNOWN
from app.web.kit.forms import form_of
from app.web.kit.session import forget
from app.web.kit.visit import visit

router = APIRouter()


@router.get("/{lang}/me", openapi_extra=ANYONE)
async def show(request: Request) -> Response:
    here = visit(request)
    library = here.site.library
    me = await here.me()
    rows = await here.site.reader.read(lambda c: store.progress_of(c, me.person_id)) if me else []
    known = [(library.modules[row.module], row) for row in rows if row.module in library.modules]
    return here.page(
        "learner/me.html",
        me=me,
        modules=[
            (module, len(row.levels), module_level(row.levels, [s.id for s in module.steps if s.alone]))
            for module, row in known
        ],
        bytes_spent=sum(row.weight for row in rows),
        reading=here.reading,
    )


@router.get("/{lang}/me/data.json", openapi_extra=ANYONE)
async def data(request: Request) -> Response:
    """Everything we know of this person, in a file."""
    here = visit(request)
    me = await here.me()
    found = await here.site.reader.read(lambda c: privacy.own_data(c, me.person_id)) if me else {}
    return JSONResponse(found, headers={"Content-Disposition": 'attachment; filename="clic-a-clic.json"'})


@router.get("/{lang}/me/erasure", openapi_extra=ANYONE)
async def ask(request: Request) -> Response:
    here = visit(request)
    me = await here.me()
    return here.page("learner/erase.html", known=me is not None)


@router.post("/{lang}/me/erasure", openapi_extra=KNOWN)
async def erasure(request: Request) -> Response:
    here = visit(request)
    me = await here.me()
    if (await form_of(request)).get("sure") != "yes":
        return RedirectResponse(here.to("me", "erasure"), 303)
    if me:
        await here.site.writer.write(lambda c: privacy.erase(c, me.person_id))
    response = here.page("learner/left.html")
    forget(response, secure=here.secure)
    return response
