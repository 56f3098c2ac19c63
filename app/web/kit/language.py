"""Languages: addresses say BCP 47 (`fa-AF`), folders say Babel's form (`fa_AF`); one place converts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

SOURCE = "fr"
# Babel does not know these names; people's browsers send them
ALIASES = {"prs": "fa-AF", "fa": "fa-AF", "fa-ir": "fa-AF", "fa-af": "fa-AF", "dr": "fa-AF"}
OWN_NAMES = {"fa_AF": "دری", "ti": "ትግርኛ", "so": "Soomaali", "ps": "پښتو"}
GREETINGS = {
    "fr": "Bonjour",
    "en": "Hello",
    "ar": "مرحبا",
    "fa_AF": "سلام",
    "ps": "سلام",
    "uk": "Вітаю",
    "ru": "Привет",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ur", "ckb", "he"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: its folder, its tag in addresses and `lang`, its own name, its direction."""

    folder: str
    tag: str
    name: str
    dir: str
    greeting: str


def language_of(folder: str) -> Language:
    """What a folder's name stands for; a language unknown to Babel breaks nothing."""
    main = folder.partition("_")[0]
    try:
        locale = Locale.parse(folder)
        name, direction = locale.get_display_name(folder) or folder, locale.text_direction
    except (UnknownLocaleError, ValueError):
        name, direction = folder, "rtl" if main in RIGHT_TO_LEFT else "ltr"
    name = OWN_NAMES.get(folder, name)
    greeting = GREETINGS.get(folder, name)
    return Language(folder, folder.replace("_", "-"), name[:1].upper() + name[1:], direction, greeting)


def negotiate(accepted: str, offered: Sequence[Language]) -> Language:
    """The offered language that a browser's Accept-Language likes best; French where it likes none."""
    tags = {language.tag.lower(): language for language in offered}
    for wanted in _wanted(accepted):
        for tag in (ALIASES.get(wanted, wanted).lower(), wanted.partition("-")[0]):
            if found := tags.get(ALIASES.get(tag, tag).lower()):
                return found
    return tags[SOURCE]


def _wanted(accepted: str) -> Iterable[str]:
    weighted: list[tuple[float, str]] = []
    for part in accepted[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        if tag:
            weighted.append((-weight, tag.lower()))
    return [tag for weight, tag in sorted(weighted, key=lambda pair: pair[0]) if weight]
