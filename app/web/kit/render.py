"""Renders a page, or the one block of it that htmx exchanges; both from the same template."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.web.kit.assets import Assets
from app.web.kit.icons import Icons, Pictures
from app.web.kit.words import Words, paragraphs

VARY = "HX-Request, HX-Request-Type"
SPRITE, BASE = "<!--sprite-->", "<!--base-sprite-->"
"""Where a block's own icons stand, and where those of the whole page do."""
_BEFORE_BLOCK = re.compile(
    r">\s*\n\s*(?=</?(?:aside|button|dl|dt|dd|div|fieldset|figure|figcaption|footer|form|h1|h2|header|li|main|nav|ol|p"
    r"|read-aloud|section|table|tr|ul)\b)"
)
MOST_LOOKS = 400
"""Pictures of scenes that are kept: a few kilobytes each."""
OUTSIDE = "wifi-off"
"""The icon that stands outside the exchanged block, in the offline banner."""


class Pages:
    """The templates, with what every one of them may use."""

    def __init__(self, folder: Path, assets: Assets, *, fresh: bool) -> None:
        self._icons, self._pictures, self._assets = Icons(), Pictures(), assets
        self._names = self._icons.names
        self._looks: dict[tuple[str, ...], tuple[Markup, frozenset[str]]] = {}
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=fresh,
        )

    def whole(self, template: str, words: Words, *, keeps: frozenset[str] = frozenset(), **context: Any) -> str:
        """The whole page as HTML. `keeps`: icons that blocks exchanged into it later will use: it brings them too."""
        used = {OUTSIDE, *keeps}
        text = self._environment.get_template(template).render(self._context(words, used, context))
        return _tidy(text).replace(SPRITE, "", 1).replace(BASE, self._sprite(used), 1)

    def block(
        self, template: str, block: str, words: Words, *, keeps: frozenset[str] = frozenset(), **context: Any
    ) -> str:
        """The exchanged block, with the page's title before it (htmx takes it out and sets it).

        It brings only the icons that its page does not keep already.
        """
        title, text, used = self._block(template, block, words, context)
        return f"<title>{title}</title>" + _tidy(text).replace(SPRITE, self._sprite(used - keeps), 1)

    def icons_of(self, template: str, block: str, words: Words, **context: Any) -> frozenset[str]:
        """The icons that a block draws."""
        return frozenset(self._block(template, block, words, context)[2])

    def _block(self, template: str, block: str, words: Words, context: Mapping[str, Any]) -> tuple[str, str, set[str]]:
        used: set[str] = set()
        loaded = self._environment.get_template(template)
        frame = loaded.new_context(self._context(words, used, context))
        return "".join(loaded.blocks["title"](frame)), "".join(loaded.blocks[block](frame)), used

    def _drawn(self, words: Words, used: set[str], drawing: Any) -> Markup:
        """A look, drawn once for a version, a language, a day: most of a step's page never changes."""
        key = (*drawing.key, words.language.tag, str(words.both), str(words.finger), str(words.today))
        if key not in self._looks:
            if len(self._looks) >= MOST_LOOKS:
                self._looks.clear()
            icons: set[str] = set()
            drawn = self._environment.get_template("apps/sim.html").render(self._context(words, icons, {"d": drawing}))
            self._looks[key] = (Markup(drawn), frozenset(icons))
        look, icons_used = self._looks[key]
        used |= icons_used
        return look

    def _context(self, words: Words, used: set[str], context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "_": words.gettext,
            "ngettext": words.ngettext,
            "ui": words.ui,
            "words": words.words,
            "plain": words.plain,
            "frame": words.frame,
            "frame_text": words.frame_text,
            "typed_text": paragraphs,
            "icon": lambda name, cls="", label="": self._icon(used, name, cls, label),
            "ill": lambda name: Markup(self._pictures.drawing(name)),
            "has_picture": lambda name: name in self._pictures.names,
            "drawn": lambda drawing: self._drawn(words, used, drawing),
            "asset": self._assets.url,
            "lang": words.language.tag,
            "page_lang": words.page_language,
            "dir": "ltr" if words.both else words.language.dir,
            "both": words.both,
            "draft": words.draft,
            "finger": words.finger,
            "sprite": Markup(SPRITE),
            "base_sprite": Markup(BASE),
            **context,
        }

    def _icon(self, used: set[str], name: str, cls: str, label: str) -> Markup:
        if name not in self._names:
            name = "circle-help"
        used.add(name)
        return _icon(name, cls, label)

    def _sprite(self, names: Iterable[str]) -> str:
        symbols = "".join(
            f'<symbol id="i-{name}" viewBox="0 0 24 24">{self._icons.symbol(name)}</symbol>' for name in sorted(names)
        )
        return f'<svg class="vh" width="0" height="0" aria-hidden="true">{symbols}</svg>' if symbols else ""


@lru_cache(2_000)
def _icon(name: str, cls: str, label: str) -> Markup:
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon{}" viewBox="0 0 24 24" {}><use href="#i-{}"/></svg>').format(
        f" {cls}" if cls else "", said, name
    )


def _tidy(html: str) -> str:
    """Without the lines that templates leave before a block of their own; words keep their spaces."""
    return _BEFORE_BLOCK.sub(">", html)


def is_partial(request: Request) -> bool:
    """Whether htmx wants a block: `full` is a page that it restores from history."""
    return request.headers.get("hx-request-type") == "partial"


def page(
    request: Request,
    pages: Pages,
    template: str,
    words: Words,
    *,
    block: str = "page",
    status: int = 200,
    **context: Any,
) -> Response:
    """Answer a GET: the whole page, or the block for htmx."""
    if is_partial(request):
        html = pages.block(template, block, words, **context)
    else:
        html = pages.whole(template, words, **context)
    return HTMLResponse(html, status, {"Vary": VARY})


def see(request: Request, address: str) -> Response:
    """After a POST without htmx: go and look there."""
    return RedirectResponse(address, 303)
