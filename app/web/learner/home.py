"""`/{lang}/`: go on where one was, one's path, the themes."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.domains.learning import store
from app.pure.content.catalogue import LearningPath
from app.web.kit.access import ANYONE
from app.web.kit.visit import NotFound, Visit, visit

router = APIRouter()


@router.get("/{lang}/", openapi_extra=ANYONE)
async def show(request: Request) -> Response:
    here = visit(request)
    library = here.site.library
    me = await here.me()
    rows = await here.site.reader.read(lambda c: store.progress_of(c, me.person_id)) if me else []
    done = {row.module: row.levels for row in rows if row.module in library.modules}
    begun = next((row for row in rows if row.module in library.modules and not _finished(here, row)), None)
    path = library.paths[-1] if library.paths else LearningPath(id="", title="", modules=())
    return here.page(
        "learner/home.html",
        me=me,
        resume=library.modules[begun.module] if begun else None,
        resume_at=_place(here, begun) if begun else "",
        resume_ranks=_ranks(here, begun) if begun else frozenset(),
        path=path,
        stops=[_stop(here, slug, done) for slug in path.modules if slug in library.modules],
        themes=[theme for theme in library.catalogue.themes if any(e.slug in library.modules for e in theme.modules)],
        later=[
            theme for theme in library.catalogue.themes if not any(e.slug in library.modules for e in theme.modules)
        ],
    )


@router.get("/{lang}/themes/{theme}", openapi_extra=ANYONE)
async def theme(request: Request, theme: str) -> Response:
    """The modules of a theme."""
    here = visit(request)
    library = here.site.library
    found = next((each for each in library.catalogue.themes if each.id == theme), None)
    if found is None:
        raise NotFound
    me = await here.me()
    rows = await here.site.reader.read(lambda c: store.progress_of(c, me.person_id)) if me else []
    return here.page(
        "learner/theme.html",
        theme_of=found,
        entries=[(entry, library.modules.get(entry.slug)) for entry in found.modules],
        levels={row.module: row.levels for row in rows},
    )


def _finished(here: Visit, row: store.ProgressRow) -> bool:
    return all(step.id in row.levels for step in here.site.library.modules[row.module].steps)


def _place(here: Visit, row: store.ProgressRow) -> str:
    """The step of the last act; the first one where that step is no longer there."""
    steps = [step.id for step in here.site.library.modules[row.module].steps]
    return row.place if row.place in steps else steps[0]


def _ranks(here: Visit, row: store.ProgressRow) -> frozenset[int]:
    """The steps that are done, by rank from 1."""
    steps = here.site.library.modules[row.module].steps
    return frozenset(rank for rank, step in enumerate(steps, start=1) if step.id in row.levels)


def _stop(here: Visit, slug: str, done: dict[str, dict[str, str]]) -> dict[str, object]:
    module = here.site.library.modules[slug]
    levels = done.get(slug, {})
    finished = all(step.id in levels for step in module.steps)
    state = "done" if finished else "here" if slug in done else ""
    theme = here.site.library.catalogue.theme_of(slug)
    return {"module": module, "state": state, "picture": theme.picture if theme else "route"}
