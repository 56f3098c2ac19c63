"""`/{lang}/keepsake…`: « Garder mon travail » and opening it elsewhere."""

import io

import segno
from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from app.domains.learning import carrying_over
from app.domains.people import keepsakes, sessions
from app.domains.people.sessions import Visitor
from app.web.kit.access import ANYONE, KNOWN
from app.web.kit.forms import form_of
from app.web.kit.session import keep_token
from app.web.kit.visit import NotFound, Visit, visit

router = APIRouter()


@router.post("/{lang}/keepsake", openapi_extra=KNOWN)
async def create(request: Request) -> Response:
    """A code to write down and a QR to photograph, shown once."""
    here = visit(request)
    me = await here.me()
    if me is None:
        return RedirectResponse(here.to("leaving"), 303)
    kept = await here.site.writer.write(lambda c: keepsakes.keep(c, me, here.site.settings.secret, here.now))
    address = f"{_site(here)}{here.to('keepsake', kept.token)}"
    return here.page("learner/kept.html", code=kept.code, qr=qr(address))


@router.get("/{lang}/keepsake", openapi_extra=ANYONE)
async def show(request: Request) -> Response:
    """The form for a code."""
    here = visit(request)
    return here.page("learner/keepsake.html", error="", typed="", token="", guest=_is_here(await here.holder()))


@router.get("/{lang}/keepsake/{token}", openapi_extra=ANYONE)
async def ask(request: Request, token: str) -> Response:
    """After a QR: asks before it opens; a GET changes nothing."""
    here = visit(request)
    secret = here.site.settings.secret
    if await here.site.reader.read(lambda c: keepsakes.opens(c, token, secret)) is None:
        raise NotFound
    return here.page("learner/keepsake.html", error="", typed="", token=token, guest=_is_here(await here.holder()))


@router.post("/{lang}/keepsake/opening", openapi_extra=ANYONE)
async def opening(request: Request) -> Response:
    here = visit(request)
    form = await form_of(request)
    token, typed = form.get("token", "")[:100], form.get("code", "")[:100]
    place = request.client.host if request.client else ""
    secret, throttle = here.site.settings.secret, here.site.throttle
    holder = await here.holder()
    error = ""
    owner = None
    if not token and throttle.refuses(place):
        error = "Trop d'essais. Attendez un peu, ou demandez à une personne."
    else:
        owner = await here.site.reader.read(lambda c: keepsakes.opens(c, token or typed, secret))
        if owner is None:
            throttle.count(place)
            error = "Ce code n'ouvre rien. Vérifiez les deux mots et les trois chiffres."
    if owner is None:
        guest = _is_here(holder)
        return here.page("learner/keepsake.html", status=422, error=error, typed=typed, token="", guest=guest)
    fresh = sessions.new_token()
    take = form.get("take") == "yes" and _is_here(holder)
    await here.site.writer.write(lambda c: carrying_over.open_for(c, owner, holder, take, fresh, here.now))
    response = RedirectResponse(here.to(""), 303)
    keep_token(response, fresh, secure=here.secure)
    return response


def qr(address: str) -> Markup:
    """A QR code as SVG without any style of its own."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    return Markup(out.getvalue().decode())


def _is_here(holder: Visitor | None) -> bool:
    """Whether somebody may say that the work on this device is theirs: not after it slept."""
    return holder is not None and holder.awake


def _site(here: Visit) -> str:
    return here.site.settings.public_url or str(here.request.base_url).rstrip("/")
