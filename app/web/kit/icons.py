"""The drawings that pages carry inside themselves: icons (a symbol each) and pictures."""

import re
from collections.abc import Mapping
from pathlib import Path

from app.settings import HOME

ICONS = HOME / "static" / "vendor" / "lucide"
PICTURES = HOME / "static" / "pictures"

_INSIDE = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_SPACE = re.compile(r"\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Icons:
    """The chosen icons, read once. Their names are what `icon()` takes in a template and `picture:` in a course."""

    def __init__(self, folder: Path = ICONS) -> None:
        self._symbols: Mapping[str, str] = {path.stem: _inside(path) for path in sorted(folder.glob("*.svg"))}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._symbols)

    def symbol(self, name: str) -> str:
        """What stands inside the `<symbol>` of an icon, on a grid of 24. Raises `KeyError` for a name not chosen."""
        return self._symbols[name]


class Pictures:
    """Our illustrations, read once, whole `<svg>` elements that follow the theme."""

    def __init__(self, folder: Path = PICTURES) -> None:
        self._drawings: Mapping[str, str] = {path.stem: _drawing(path) for path in sorted(folder.glob("*.svg"))}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._drawings)

    def drawing(self, name: str) -> str:
        """One picture as markup. Raises `KeyError` for a name that is not in `static/pictures/`."""
        return self._drawings[name]


def _drawing(path: Path) -> str:
    return _SPACE.sub(" ", _COMMENT.sub("", path.read_text(encoding="utf-8"))).replace("> <", "><").strip()


def _inside(path: Path) -> str:
    found = _INSIDE.search(_drawing(path))
    if found is None:
        raise ValueError(f"{path.name} holds no drawing")
    return found[1].replace(" />", "/>").strip()
