"""The marks in a sentence: `[Répondre]` a label, `{Touchez|Cliquez}` a verb, `{name}` a slot, `**bold**`, a break."""

import re
from collections import Counter
from dataclasses import dataclass

VERBS = {
    "Touchez": ("Touchez", "Cliquez"),
    "touchez": ("touchez", "cliquez"),
    "toucher": ("toucher", "cliquer"),
    "touché": ("touché", "cliqué"),
}
"""The short forms: with a finger, with a mouse."""

_MARK = re.compile(
    r"\[([^\[\]\n]{1,80})\]|\{([^{}\n|]{1,40})\|([^{}\n]{1,40})\}|\{([\w-]{1,30})\}|\*\*([^*\n]{1,200})\*\*|(\n)"
)


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the screen: never translated."""

    text: str


@dataclass(frozen=True, slots=True)
class Verb:
    """What one does, with a finger or with a mouse."""

    finger: str
    mouse: str


@dataclass(frozen=True, slots=True)
class Slot:
    name: str


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Break:
    pass


Part = Text | Label | Verb | Slot | Strong | Break


def parse(text: str) -> tuple[Part, ...]:
    """The parts of a sentence; what is no mark is text, whatever it looks like."""
    parts: list[Part] = []
    end = 0
    for found in _MARK.finditer(text):
        if found.start() > end:
            parts.append(Text(text[end : found.start()]))
        parts.append(_part(found))
        end = found.end()
    if end < len(text):
        parts.append(Text(text[end:]))
    return tuple(parts)


def plain(text: str, slots: dict[str, str] | None = None) -> str:
    """A sentence as one hears it, with a finger."""
    said = ""
    for part in parse(text):
        match part:
            case Text(words) | Label(words) | Strong(words):
                said += words
            case Verb(finger, _):
                said += finger
            case Slot(name):
                said += (slots or {}).get(name, "")
            case Break():
                said += "\n"
    return said


def same_marks(french: str, translation: str) -> list[str]:
    """What a translation does wrong with the marks: labels letter for letter, as many verbs, the same slots, bold.

    The short forms of the verbs are French: a translation writes both of its own, `{Tap|Click}`.
    """
    wanted, have = _counted(french), _counted(translation)
    missing, extra = wanted - have, have - wanted
    return [
        *(f"{mark} is missing" for mark in sorted(missing)),
        *(f"{mark} is too much" for mark in sorted(extra)),
        *(f"{{{name}}} is French; write {{…|…}}" for name in VERBS if f"{{{name}}}" in translation),
    ]


def _part(found: re.Match[str]) -> Part:
    label, finger, mouse, name, strong, _ = found.groups()
    if label is not None:
        return Label(label)
    if finger is not None:
        return Verb(finger, mouse)
    if name is not None:
        return Verb(*VERBS[name]) if name in VERBS else Slot(name)
    return Strong(strong) if strong is not None else Break()


def _counted(text: str) -> Counter[str]:
    marks: Counter[str] = Counter()
    for part in parse(text):
        match part:
            case Label(words):
                marks[f"[{words}]"] += 1
            case Verb():
                marks["{…|…}"] += 1
            case Slot(name):
                marks[f"{{{name}}}"] += 1
            case Strong():
                marks["**"] += 1
    return marks
