"""Who speaks about a page that was filled in: first the pretend site (formats, slots), then our coach (the card)."""

from collections.abc import Mapping
from datetime import date

from app.pure.simulator import dates
from app.pure.simulator.act import Data, Said
from app.pure.simulator.apps.portal_account import WAYS as ACCOUNT_WAYS
from app.pure.simulator.apps.portal_form import Box, FieldContent, Page, Slot
from app.pure.simulator.desk import Desk, Document
from app.pure.simulator.formats import FORMATS

LOOK_AT_CARD = "Regardez la carte, ligne « {label} »."
CHECK_AGAIN = "Vérifiez : « {label} »."
DIFFERENT = "Ce n'est pas pareil. Écrivez deux fois la même chose."
MISSING = "Il manque ce document."
SLOT_WAYS: Mapping[str, str] = {
    "type": "Ce type de fichier n'est pas accepté.",
    "heavy": "Ce fichier est trop lourd.",
    "other": "Ce n'est pas le bon document.",
}
TICKED = "on"

Texts = Mapping[str, str]
Errors = tuple[tuple[str, str], ...]
"""What the site refuses: a field with its way, or a slot with the refused document (empty: none was given)."""


def applies(box: Box, texts: Texts) -> bool:
    """Whether the page asks this field, given its other answers.

    Every field is drawn at once: without JavaScript one that appears later would need an act of its own. So a field
    that does not apply is neither checked nor counted, and its label says when it does.
    """
    for name, wanted in box.field.shown_if.items():
        text = texts.get(box.prefix + name, texts.get(f"{box.page}.{name}", "")).strip()
        if (bool(text) is not wanted) if isinstance(wanted, bool) else (text != wanted):
            return False
    return True


# The site -------------------------------------------------------------------------------------


def site_errors(page: Page, texts: Texts, today: date) -> Errors:
    """The fields that the site refuses, each with its way of being wrong, in the order of the page."""
    ways = ((box.name, _way(box, texts, today)) for box in page.boxes if applies(box, texts))
    return tuple((name, way) for name, way in ways if way)


def site_sentence(box: Box, way: str) -> str:
    """What the site says about a field."""
    field = box.field
    if way in field.ways:
        return field.ways[way]
    if way == "different":
        return DIFFERENT
    return FORMATS[field.format].ways.get(way) or ACCOUNT_WAYS[way]


def slot_way(slot: Slot, document: Document) -> str:
    """Why the site refuses a document: `type`, `heavy`, one of its traits, `other`; empty where it does not."""
    if document.type not in slot.types:
        return "type"
    if document.size_kb > slot.max_mb * 1000:
        return "heavy"
    trait = next((trait for trait in document.traits if trait in slot.wrong), "")
    if trait or document.id in slot.accept:
        return trait
    return "other"


def slot_sentence(slot: Slot, document: Document | None) -> str:
    """What the site says about a refused or missing document."""
    if document is None:
        return MISSING
    way = slot_way(slot, document)
    return slot.wrong.get(way) or SLOT_WAYS[way]


# Our coach ------------------------------------------------------------------------------------


def objection(page: Page, texts: Texts, desk: Desk) -> Said | None:
    """What our coach says of the first well-written answer that is not the one of the card."""
    for box in page.boxes:
        if applies(box, texts) and (said := _coach(box, texts.get(box.name, ""), desk)):
            return said
    return None


def known_slip(box: Box, text: str, desk: Desk) -> Said | None:
    """What the author says of exactly this wrong value."""
    for wrong in box.field.wrong:
        if wrong.is_ is not None and _same(box, text, dates.fill(wrong.is_, desk.today)):
            return Said("wrong", wrong.say, _slots(box, desk))
    return None


def wanted(page: Page, texts: Texts, desk: Desk) -> dict[str, str]:
    """What to type so that the page is accepted; a field that is good as it stands is left alone."""
    found: dict[str, str] = {}
    for box in sorted(page.boxes, key=lambda box: bool(box.field.shown_if)):
        now = {**texts, **found}
        if not applies(box, now) or _is_good(box, now, desk):
            continue
        if box.field.source is not None:
            found[box.name] = desk.value(box.field.source, box.rank)
        elif box.field.optional:
            found[box.name] = ""
        elif box.field.format == "tick":
            found[box.name] = TICKED
    return found


def plain_values(page: Page, texts: Texts, desk: Desk) -> dict[str, str]:
    """The page's answers for facts: as the card writes them (`620`), however they were typed (`620,00`)."""
    asked = (box for box in page.boxes if not box.secret and texts.get(box.name, "").strip() and applies(box, texts))
    return {box.name: _plain(box, texts[box.name], desk) for box in asked}


def _way(box: Box, texts: Texts, today: date) -> str | None:
    field, text = box.field, texts.get(box.name, "")
    if not text.strip():
        return None if field.optional else "empty"
    if way := FORMATS[field.format].check(text, today, **_choices(field)):
        return way
    if field.same_as:
        other = texts.get(box.prefix + field.same_as, texts.get(f"{box.page}.{field.same_as}", ""))
        return None if other == text else "different"
    return None


def _choices(field: FieldContent) -> dict[str, object]:
    """The format's options that this field sets."""
    choices: dict[str, object] = {"past": True} if field.past else {}
    return {**choices, "options": tuple(field.options)} if field.options else choices


def _coach(box: Box, text: str, desk: Desk) -> Said | None:
    field = box.field
    if not text.strip():
        return None
    expected = None if field.source is None else desk.value(field.source, box.rank)
    if expected is not None and _same(box, text, expected):
        return None
    if said := known_slip(box, text, desk):
        return said
    if expected is None or field.free:
        return None
    other = next((wrong.say for wrong in field.wrong if wrong.is_ is None), None)
    return Said("wrong", other or _default(field), _slots(box, desk))


def _is_good(box: Box, texts: Texts, desk: Desk) -> bool:
    return _way(box, texts, desk.today) is None and _coach(box, texts.get(box.name, ""), desk) is None


def _same(box: Box, text: str, other: str) -> bool:
    return text == other if box.secret else FORMATS[box.field.format].same(text, other)


def _plain(box: Box, text: str, desk: Desk) -> str:
    field = box.field
    known = [desk.value(field.source, box.rank)] if field.source is not None else []
    known += [dates.fill(wrong.is_, desk.today) for wrong in field.wrong if wrong.is_ is not None]
    return next((value for value in known if _same(box, text, value)), text.strip())


def _default(field: FieldContent) -> str:
    return LOOK_AT_CARD if (field.source or "").startswith("card.") else CHECK_AGAIN


def _slots(box: Box, desk: Desk) -> Data:
    """`{label}` is the line of the card where there is one: that is where the learner looks."""
    line = desk.setting.lines.get((box.field.source or "").removeprefix("card."))
    on_card = line is not None and (box.field.source or "").startswith("card.")
    return (("label", line.label if line and on_card else box.label), ("name", box.label))
