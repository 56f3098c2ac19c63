"""Serves the translations of `locales/`: read once, kept in memory, read again when a file changes.

A `.po` comes from people's hands: it is judged before it is parsed (a 153-byte file that claims 10⁹ plural forms costs
Babel 79 s), and a damaged one is reported while the rest goes on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

LARGEST = 2_000_000
OFFERED = 0.95
"""The share of a catalogue that is translated before it is offered; below it, French stands."""
DRAFT = "draft"
_LINE = re.compile(rb'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"\s*)?')
_PLURALS = re.compile(rb"nplurals\s*=\s*(\d+)")


@dataclass(frozen=True)
class Translations:
    """One catalogue: French -> translation; `drafts` are those that no native reader has seen."""

    texts: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()
    total: int = 0

    @property
    def share(self) -> float:
        """How much of it is translated, 0 to 1."""
        return (len(self.texts) + len(self.plurals)) / self.total if self.total else 0.0


NOTHING = Translations()


class Damaged(Exception):
    """A catalogue that cannot be read: says the file and what is wrong."""


class Catalogues:
    """All catalogues of a folder, by Babel's name of the language and by domain (`interface`, or a module's slug)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self._kept: dict[tuple[str, str], tuple[int, Translations]] = {}

    def languages(self) -> list[str]:
        """The languages whose interface is translated (all but a twentieth), as their folders are called."""
        found = [path.parts[-3] for path in self.folder.glob("*/LC_MESSAGES/interface.po")]
        return sorted(folder for folder in found if self.get(folder, "interface").share >= OFFERED)

    def get(self, language: str, domain: str) -> Translations:
        """A catalogue; empty where there is none or where it is damaged (which is reported)."""
        path = self.folder / language / "LC_MESSAGES" / f"{domain}.po"
        try:
            stamp = path.stat().st_mtime_ns
        except OSError:
            return NOTHING
        kept = self._kept.get((language, domain))
        if kept and kept[0] == stamp:
            return kept[1]
        try:
            read = read_catalogue(path.read_bytes(), str(path.relative_to(self.folder)))
        except Damaged as why:
            self.problems.append(str(why))
            read = kept[1] if kept else NOTHING
        self._kept[language, domain] = (stamp, read)
        return read


def read_catalogue(data: bytes, name: str) -> Translations:
    """The translations of a `.po`. Raises Damaged with the file and what is wrong."""
    if len(data) > LARGEST:
        raise Damaged(f"{name}: the file is too large")
    counts = _PLURALS.findall(data)
    if any(not 1 <= int(count[:4]) <= 6 or len(count) > 2 for count in counts):
        raise Damaged(f"{name}: nplurals must be between 1 and 6")
    for number, line in enumerate(data.split(b"\n"), start=1):
        # Babel reads on over a line that is cut short; half a translation would be served
        if not _LINE.fullmatch(line.rstrip(b"\r")):
            raise Damaged(f"{name}:{number}: this line is not closed or not known")
    try:
        catalogue = read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, UnicodeError, AttributeError, TypeError, KeyError) as why:
        raise Damaged(f"{name}: {str(why) or type(why).__name__}") from why
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    drafts: set[str] = set()
    total = 0
    for message in catalogue:
        if not message.id:
            continue
        total += 1
        source = message.id if isinstance(message.id, str) else message.id[0]
        if message.fuzzy or not message.string:
            continue
        if isinstance(message.string, str):
            texts[source] = message.string
        elif all(message.string):
            plurals[source] = tuple(message.string)
        if DRAFT in message.user_comments:
            drafts.add(source)
    return Translations(texts, plurals, frozenset(drafts), total)
