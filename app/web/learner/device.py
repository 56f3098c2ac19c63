"""`POST /{lang}/device`: « Cet appareil est à vous ? »; and « C'est encore vous ? » on a shared one that slept."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.domains.people import sessions
from app.web.kit.access import ANYONE, KNOWN
from app.web.kit.forms import form_of, local
from app.web.kit.session import forget
from app.web.kit.visit import visit

router = APIRouter()


@router.post("/{lang}/device", openapi_extra=KNOWN)
async def create(request: Request) -> Response:
    here = visit(request)
    form = await form_of(request)
    me = await here.me()
    if me:
        mine = form.get("mine") == "yes"
        await here.site.writer.write(lambda c: sessions.say_whose(c, me, mine, here.now))
    return RedirectResponse(local(form.get("next", ""), here.to("")), 303)


@router.get("/{lang}/still-you", openapi_extra=ANYONE)
async def show(request: Request) -> Response:
    here = visit(request)
    going = local(request.query_params.get("next", ""), here.to(""))
    return here.page("learner/still_you.html", going=going)


@router.post("/{lang}/still-you", openapi_extra=KNOWN)
async def update(request: Request) -> Response:
    """« Oui, je continue », or a new start: the work of before stays kept, this device forgets it."""
    here = visit(request)
    form = await form_of(request)
    me = await here.holder()
    if form.get("me") == "yes":
        if me:
            await here.site.writer.write(lambda c: sessions.wake(c, me, here.now))
        return RedirectResponse(local(form.get("next", ""), here.to("")), 303)
    if me:
        await here.site.writer.write(lambda c: sessions.end(c, me, here.now))
    response = RedirectResponse(here.to(""), 303)
    forget(response, secure=here.secure)
    return response
