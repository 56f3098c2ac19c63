"""`/{lang}/learn/{module}/{step}`: a step, and the learner's answers to it."""

from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.domains.learning.player import Reply
from app.pure.steps.explain import Explain
from app.web.kit import render
from app.web.kit.access import ANYONE
from app.web.kit.forms import fields_of
from app.web.kit.session import keep_token
from app.web.kit.step import icons_of, lesson_of, step_context, stop_of
from app.web.kit.visit import Asleep, Visit, visit

router = APIRouter()
PATH = "/{lang}/learn/{module}/{step}"


@router.get(PATH, openapi_extra=ANYONE)
async def show(request: Request, module: str, step: str) -> Response:
    """A step as it stands for this learner."""
    here = visit(request)
    stop = stop_of(here, module, step)
    reply = await here.site.learning.show(here.token, stop, here.now)
    if reply.me and not reply.me.awake:
        raise Asleep
    return _page(here, reply, module, step, {})


@router.post(PATH, openapi_extra=ANYONE)
async def create(request: Request, module: str, step: str) -> Response:
    """An answer: judged, saved, and only then shown."""
    here = visit(request)
    stop = stop_of(here, module, step)
    form = await fields_of(request)
    posted = {name: values[0] for name, values in form.items()}
    once = _once(posted.get("once", ""))
    fields = {name: values for name, values in form.items() if name not in ("once", "revision")}
    reply = await here.site.learning.answer(
        here.token,
        stop,
        fields,
        posted.get("revision", "0"),
        once,
        here.now,
        here.language.folder,
        here.site.weights.take(here.token),
    )
    if reply.me and not reply.me.awake:
        raise Asleep
    response = await _after(here, reply, module, step, posted)
    if reply.token:
        keep_token(response, reply.token, secure=here.secure)
    return response


async def _step_after(here: Visit, reply: Reply, slug: str, name: str) -> Response:
    """The next step in the same exchange: one round trip less on a slow network."""
    shown = await here.site.learning.show(reply.token or here.token, stop_of(here, slug, name), here.now)
    response = _page(here, shown, slug, name, {})
    response.headers["HX-Push-Url"] = here.to("learn", slug, name)
    response.headers["HX-Reswap"] = "outerHTML show:top"
    return response


async def _after(here: Visit, reply: Reply, slug: str, name: str, posted: dict[str, str]) -> Response:
    module = lesson_of(here.site.library, slug)
    step = module.step(name)
    address = here.to("learn", slug, name)
    if isinstance(step, Explain) and "seen" in posted:
        following = module.after(name)
        if following and render.is_partial(here.request):
            return await _step_after(here, reply, slug, following.id)
        address = here.to("learn", slug, following.id if following else "end")
        return _go(here, address)
    if not render.is_partial(here.request):
        return RedirectResponse(address, 303)
    return _page(here, reply, slug, name, posted)


def _go(here: Visit, address: str) -> Response:
    """On to another page: htmx fetches it and writes the address; without it a browser does."""
    if not render.is_partial(here.request):
        return RedirectResponse(address, 303)
    headers = {"HX-Location": f'{{"path":"{address}","target":"#page","swap":"outerHTML show:top"}}'}
    return Response(status_code=200, headers=headers)


def _page(here: Visit, reply: Reply, slug: str, name: str, posted: dict[str, str]) -> Response:
    module = lesson_of(here.site.library, slug)
    context = step_context(here, module, stop_of(here, slug, name), reply, posted)
    words = here.words(slug, rights=module.rights)
    return here.page("learner/step.html", words=words, keeps=icons_of(here, module), **context)


def _once(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
