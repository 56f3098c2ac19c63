"""`/{lang}/learn/{module}`: where a module begins, and its last page."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.domains.learning import recall, store
from app.domains.learning.progress import module_level
from app.pure.content.module import Module
from app.web.kit.access import ANYONE
from app.web.kit.step import icons_of, lesson_of, styles_of
from app.web.kit.visit import Visit, visit
from app.web.kit.weights import weight_of

router = APIRouter()
PHOTO = 300_000
"""Bytes of a photograph as a messenger sends it: what people know of their data."""


@router.get("/{lang}/learn/{module}", openapi_extra=ANYONE)
async def show(request: Request, module: str) -> Response:
    """What one learns here, how long it takes, what it weighs; what comes back today from earlier modules."""
    here = visit(request)
    library = here.site.library
    lesson = lesson_of(library, module)
    me = await here.me()
    levels: dict[str, str] = {}
    due: list[tuple[str, str]] = []
    place = ""
    if me:
        rows = await here.site.reader.read(lambda c: store.progress_of(c, me.person_id))
        mine = next((row for row in rows if row.module == module), None)
        levels, place = (mine.levels, mine.place) if mine else ({}, "")
        history = await here.site.reader.read(lambda c: store.recalls_of(c, me.person_id))
        due = [pair for pair in recall.due(history, here.now, recall.wanted(library)) if pair[0] != module]
    first = next((step for step in lesson.steps if step.id not in levels), lesson.steps[0])
    start = place if place and place in {s.id for s in lesson.steps} and place not in levels else first.id
    theme = library.catalogue.theme_of(module)
    return here.page(
        "learner/module.html",
        words=here.words(module, rights=lesson.rights),
        module=lesson,
        theme_of=theme,
        start=here.to("learn", module, start),
        begun=bool(levels),
        advised=[(slug, library.title(slug), slug in library.modules) for slug in lesson.advised_before],
        recalls=[(slug, name, library.modules[slug].step(name)) for slug, name in due],
        levels=levels,
        styles=styles_of(lesson),
        keeps=icons_of(here, lesson),
        photos=max(1, round(weight_of(lesson) / PHOTO)),
    )


@router.get("/{lang}/learn/{module}/end", openapi_extra=ANYONE)
async def end(request: Request, module: str) -> Response:
    """What one can do now, how it was done, what to do for real this week."""
    here = visit(request)
    library = here.site.library
    lesson = lesson_of(library, module)
    me = await here.me()
    rows = await here.site.reader.read(lambda c: store.progress_of(c, me.person_id)) if me else []
    levels = next((row.levels for row in rows if row.module == module), {})
    alone = [step.id for step in lesson.steps if step.alone]
    return here.page(
        "learner/end.html",
        words=here.words(module, rights=lesson.rights),
        module=lesson,
        theme_of=library.catalogue.theme_of(module),
        level=module_level(levels, alone),
        left=[step for step in lesson.steps if step.id not in levels],
        helps=[library.human_help[name] for name in lesson.human_help if name in library.human_help],
        following=_following(here, lesson),
        known=me is not None,
    )


def _following(here: Visit, lesson: Module) -> Module | None:
    """The next module of the path that holds this one."""
    library = here.site.library
    for path in library.paths:
        if lesson.slug in path.modules:
            rest = path.modules[path.modules.index(lesson.slug) + 1 :]
            return next((library.modules[slug] for slug in rest if slug in library.modules), None)
    return None
