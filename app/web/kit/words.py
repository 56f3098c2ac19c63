"""Words for one page: the interface's and the courses', in the learner's language, beneath the French where asked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from markupsafe import Markup, escape

from app.domains.translating.catalogues import Translations
from app.pure.content import marks
from app.pure.simulator import dates
from app.web.kit.language import SOURCE, Language

NO_BREAK = "\u00a0"
_BEFORE = re.compile(r" (?=[?!:;»%€])")
_AFTER = re.compile(r"(?<=«) ")
Data = Sequence[tuple[str, str]]
MOST_KEPT = 2_000
Kept = TypeVar("Kept", str, Markup)


@dataclass(frozen=True)
class Words:
    """`language`: the learner's; `both`: French first, theirs beneath; `finger`: « Touchez », else « Cliquez »."""

    language: Language
    interface: Translations
    course: Translations
    both: bool = False
    finger: bool = True
    today: date = date.min
    """The learner's day: what `{+37d}` in a pretend text counts from."""
    _said: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _drawn: dict[str, Markup] = field(default_factory=dict, compare=False, repr=False)
    _framed: dict[str, Markup] = field(default_factory=dict, compare=False, repr=False)
    # what was drawn once is kept: only texts of templates and courses, never one that somebody typed

    @property
    def page_language(self) -> str:
        """The language of the page itself: French where both are shown."""
        return SOURCE if self.both else self.language.tag

    def gettext(self, text: str, **values: object) -> str:
        """An interface text in the page's language; French where it is not translated."""
        if values:
            return self._get(text, values)
        return _kept(self._said, text, lambda: self._get(text, values))

    def _get(self, text: str, values: Mapping[str, object]) -> str:
        found = text if self.both else self.interface.texts.get(text, text)
        said = _filled(found, text, values)
        return typography(said) if found == text else said

    def ngettext(self, one: str, many: str, count: int, **values: object) -> str:
        values = {"n": count, "num": count, **values}
        forms = () if self.both else self.interface.plurals.get(one, ())
        if not forms:
            return typography(_filled(one if count < 2 else many, many, values))
        return _filled(forms[min(_plural(self.language.folder, count), len(forms) - 1)], many, values)

    def ui(self, text: str, **values: object) -> Markup:
        """An interface text that shows both languages where both are asked for."""
        french = typography(_filled(text, text, values))
        translated = self.interface.texts.get(text)
        if not self.both or translated is None or self.language.tag == SOURCE:
            return escape(self.gettext(text, **values))
        return self._two(escape(french), escape(_filled(translated, text, values)))

    def words(self, text: str, data: Data = ()) -> Markup:
        """A course text with its marks drawn: translated, or French marked as French, or both."""
        return self._say(text, data) if data else _kept(self._drawn, text, lambda: self._say(text, ()))

    def _say(self, text: str, data: Data) -> Markup:
        french = self._draw(text, data, SOURCE)
        if self.language.tag == SOURCE:
            return french
        translated = self._translated(text)
        if translated is None:
            return Markup('<span lang="fr" dir="ltr">{}</span>').format(french)
        theirs = self._draw(translated, data, self.language.tag)
        return self._two(french, theirs) if self.both else theirs

    def plain(self, text: str) -> str:
        """A course text without markup, for titles and attributes: one language only."""
        translated = None if self.both else self._translated(text)
        return marks.plain(translated) if translated else typography(marks.plain(text))

    @property
    def draft(self) -> bool:
        """Whether the page may show words that nobody who speaks the language has read."""
        return self.language.tag != SOURCE and bool(self.course.drafts or self.interface.drafts)

    def frame(self, text: str) -> Markup:
        """A text of the pretend device: French, with its translation beneath for the switch « Traduire »."""
        if text in self._framed:
            return self._framed[text]
        french = escape(typography(dates.fill(text, self.today)))
        translated = None if self.language.tag == SOURCE else self._translated(text)
        if translated is None or not translated.strip():
            return french
        return _kept(self._framed, text, lambda: self._beneath(french, translated))

    def _beneath(self, french: Markup, translated: str) -> Markup:
        return Markup('<span class="fr">{}<span class="bi__tr" lang="{}" dir="{}">{}</span></span>').format(
            french, self.language.tag, self.language.dir, dates.fill(translated, self.today)
        )

    def frame_text(self, text: str) -> Markup:
        """A letter of the pretend device, in its paragraphs, each with the whole translation beneath at the end."""
        french = paragraphs(typography(dates.fill(text, self.today)))
        translated = None if self.language.tag == SOURCE else self._translated(text)
        if translated is None:
            return french
        return french + Markup('<div class="bi__tr" lang="{}" dir="{}">{}</div>').format(
            self.language.tag, self.language.dir, paragraphs(dates.fill(translated, self.today))
        )

    def _translated(self, text: str) -> str | None:
        found = self.course.texts.get(text) or self.interface.texts.get(text)
        # a translation that lost a label or a slot would mislead: French is safer
        return found if found and not marks.same_marks(text, found) else None

    def _two(self, french: Markup, theirs: Markup) -> Markup:
        return Markup('<span class="bi"><span lang="fr" dir="ltr">{}</span>').format(french) + Markup(
            '<span class="bi__tr" lang="{}" dir="{}">{}</span></span>'
        ).format(self.language.tag, self.language.dir, theirs)

    def _draw(self, text: str, data: Data, lang: str) -> Markup:
        tidy: Callable[[str], str] = typography if lang == SOURCE else str
        slots: Mapping[str, str] = dict(data)
        drawn = Markup("")
        for part in marks.parse(tidy(text)):
            match part:
                case marks.Text(words):
                    drawn += escape(words)
                case marks.Label(label):
                    drawn += Markup('<bdi class="label" lang="fr" dir="ltr">«\u00a0{}\u00a0»</bdi>').format(label)
                case marks.Verb(finger, mouse):
                    drawn += escape(finger if self.finger else mouse)
                case marks.Slot(name):
                    drawn += self._slot(slots.get(name, ""), lang)
                case marks.Strong(words):
                    drawn += Markup("<strong>{}</strong>").format(words)
                case marks.Break():
                    drawn += Markup("<br>")
        return drawn

    def _slot(self, value: str, lang: str) -> Markup:
        translated = None if lang == SOURCE else self._translated(value)
        if translated:
            return escape(translated)
        return (
            Markup("<bdi>{}</bdi>").format(value) if lang == SOURCE else Markup('<bdi lang="fr">{}</bdi>').format(value)
        )


def _kept(shelf: dict[str, Kept], text: str, make: Callable[[], Kept]) -> Kept:
    found = shelf.get(text)
    if found is None:
        if len(shelf) >= MOST_KEPT:
            shelf.clear()
        found = shelf[text] = make()
    return found


def typography(text: str) -> str:
    """French no-break spaces before ? ! : ; and inside « », and a no-break hyphen in e-mail."""
    spaced = _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))
    return spaced.replace("e-mail", "e\u2011mail").replace("E-mail", "E\u2011mail").replace("'", "’")


def paragraphs(text: str) -> Markup:
    """A text in paragraphs and lines, everything escaped."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n"))) for block in blocks
    )


def _filled(text: str, source: str, values: Mapping[str, object]) -> str:
    """The text with its values; a broken placeholder in a translation falls back to the French."""
    if not values:
        return text
    try:
        return text % values
    except (KeyError, ValueError, TypeError):
        return source % values


def _plural(folder: str, count: int) -> int:
    try:
        rule = Locale.parse(folder).plural_form
    except (UnknownLocaleError, ValueError):
        return 0 if count == 1 else 1
    order = ("zero", "one", "two", "few", "many", "other")
    present = [tag for tag in order if tag in rule.tags or tag == "other"]
    return present.index(rule(count)) if rule(count) in present else 0
