"""`POST /{lang}/reading`: how one likes to read. Kept in a cookie; no GET changes anything."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.web.kit.access import ANYONE
from app.web.kit.forms import form_of, local
from app.web.kit.session import POINTERS, THEMES
from app.web.kit.visit import visit

router = APIRouter()


@router.post("/{lang}/reading", openapi_extra=ANYONE)
async def update(request: Request) -> Response:
    here = visit(request)
    form = await form_of(request)
    reading = here.reading
    if form.get("both") in ("yes", "no"):
        reading = replace(reading, both=form["both"] == "yes")
    if form.get("pointer") in POINTERS:
        reading = replace(reading, pointer=form["pointer"])
    if form.get("theme") in THEMES:
        reading = replace(reading, theme=form["theme"])
    referer = request.headers.get("referer", "")
    path = "/" + "/".join(referer.split("/")[3:]) if referer.count("/") > 2 else ""
    response = RedirectResponse(local(form.get("next", path), here.to("")), 303)
    reading.keep(response, secure=here.secure)
    return response
