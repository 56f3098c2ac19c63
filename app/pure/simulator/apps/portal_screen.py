"""What a portal shows, ready for its template."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from app.pure.simulator import dates
from app.pure.simulator.act import Act
from app.pure.simulator.apps import portal_calculator as calculator
from app.pure.simulator.apps import portal_voices as voices
from app.pure.simulator.apps.portal_form import Box, Page, Slot
from app.pure.simulator.apps.portal_site import (
    HOME,
    INBOX,
    Letter,
    PortalContent,
    PortalState,
    entrances,
    present,
    signed_in,
    texts,
    unread,
)
from app.pure.simulator.desk import Desk, Document
from app.pure.simulator.formats import FORMATS

BUTTONS = {
    "portal.next": "Continuer",
    "portal.previous": "Précédent",
    "portal.save": "Enregistrer et quitter",
    "portal.home": "Mon espace",
    "portal.quit": "Quitter",
    "portal.sign-up": "Créer mon compte",
    "portal.sign-in": "Se connecter",
    "portal.enter-code": "Écrire le code reçu",
    "portal.sign-out": "Se déconnecter",
    "portal.resume": "Reprendre ma demande",
    "portal.see": "Voir ma demande",
    "portal.inbox": "Mes messages",
    "portal.edit": "Modifier",
    "portal.choose": "Choisir un fichier",
    "portal.detach": "Enlever",
    "portal.calculator": "Calculatrice",
    "portal.calculate": "Calculer",
    "portal.close": "Fermer",
    "portal.download": "Télécharger le récapitulatif",
    "portal.send": "Envoyer",
}
"""The labels that every portal shares."""
MENU = (("portal.home", "house"), ("portal.inbox", "mail"), ("portal.sign-out", "log-out"))

View = Literal["home", "inbox", "letter", "page", "documents", "calculator"]


@dataclass(frozen=True, slots=True)
class Button:
    act: str
    label: str
    icon: str = ""
    main: bool = False
    here: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class DoorShown:
    """A form on the home page: `sent` forms tell how far they are. No `label` where its one button says it."""

    label: str
    number: str
    sent: bool
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field as it is drawn. `only_if`: an answer that it depends on (`ticked`, `unticked` or an option's label)."""

    name: str
    label: str
    kind: Literal["text", "choice", "tick", "password"]
    value: str
    options: tuple[tuple[str, str, bool], ...]
    note: str
    error: str
    unit: str
    inputmode: str
    optional: bool
    only_if: str
    group: str


@dataclass(frozen=True, slots=True)
class SlotShown:
    id: str
    label: str
    document: Document | None
    error: str
    detail: str
    act: str
    rules: str


@dataclass(frozen=True, slots=True)
class Recap:
    """A page in the summary: its lines, and the act that reopens it."""

    id: str
    title: str
    act: str
    lines: tuple[tuple[str, str], ...]
    error: bool


@dataclass(frozen=True, slots=True)
class LetterShown:
    act: str
    subject: str
    body: str
    when: str
    new: bool


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a page stands in its form."""

    rank: int
    total: int
    following: str


@dataclass(frozen=True, slots=True)
class PortalScreen:
    view: View
    name: str
    who: str
    text: str
    title: str
    menu: tuple[Button, ...]
    doors: tuple[DoorShown, ...]
    letters: tuple[LetterShown, ...]
    letter: LetterShown | None
    step: Rank | None
    errors: tuple[tuple[str, str, str], ...]
    fields: tuple[FieldShown, ...]
    slots: tuple[SlotShown, ...]
    recaps: tuple[Recap, ...]
    result: str
    number: str
    receipt: str
    download: Document | None
    date: str
    documents: tuple[tuple[str, Document], ...]
    calculation: str
    counted: str
    counting: bool
    buttons: tuple[Button, ...]
    default_act: str

    @property
    def here(self) -> int:
        """How many documents are there already."""
        return sum(1 for slot in self.slots if slot.document)

    @property
    def groups(self) -> list[tuple[str, list[FieldShown]]]:
        """The fields in order, those of one repeat (one child) together under its label."""
        return [(label, list(fields)) for label, fields in groupby(self.fields, key=lambda field: field.group)]


def screen_of(content: PortalContent, state: PortalState, desk: Desk, offers: tuple[Act, ...]) -> PortalScreen:
    """The screen of a state; `offers` are the acts that it must show, no more and no fewer."""
    page = content.pages.get(state.at)
    inside = signed_in(content, state)
    letters = [_letter(m, state, desk) for m in present(content, state, desk)] if inside else []
    letter = next((shown for shown in letters if shown.act == f"portal.read {state.letter}"), None)
    slots = tuple(_slot(page, slot, state, desk) for slot in page.slots) if page else ()
    fields = tuple(_field(page, box, state) for box in page.boxes) if page else ()
    receipt = page.receipt if page else None
    form = content.form_of.get(state.at)
    title = page.title if page else content.home.text
    if page and state.over and state.over != "calculator":
        title = next((slot.label for slot in page.slots if slot.id == state.over), title)
    return PortalScreen(
        view=_view(state, page),
        name=content.name,
        who=desk.setting.owner.name if inside else "",
        text=content.home.text if inside else "",
        title=title,
        menu=tuple(_menu(content, state, desk, offers)) if page is None and inside else (),
        doors=tuple(_doors(content, state, offers)),
        letters=tuple(letters),
        letter=letter,
        step=_step(content, page) if page and not receipt else None,
        errors=tuple(_errors(page, fields, slots, state)) if page else (),
        fields=fields,
        slots=slots,
        recaps=tuple(_recaps(content, page, state, desk)) if page else (),
        result=page.result or "" if page else "",
        number=receipt.number if receipt else "",
        receipt=receipt.text if receipt else "",
        download=desk.setting.documents.get(receipt.download or "") if receipt else None,
        date=dates.drawn(desk.story_day),
        documents=tuple((f"portal.attach {state.over}:{d.id}", d) for d in desk.at_hand()),
        calculation=state.calculation,
        counted=_counted(state.counted),
        counting=bool(page and page.calculator),
        buttons=tuple(_buttons(content, page, form.save if form else False, offers)) if page else (),
        default_act=next((act.name for act in offers if act.fields), ""),
    )


def labels_of(content: PortalContent) -> Iterator[str]:
    """Every label that can stand on its screens."""
    yield from BUTTONS.values()
    yield content.name
    for door in content.home.doors:
        yield door.label
    for letter in content.inbox:
        yield letter.subject
    for page in content.pages.values():
        yield page.title
        if page.button:
            yield page.button
        for box in page.boxes:
            yield box.label
            yield from box.field.options.values()
            if box.group:
                yield box.group
        for slot in page.slots:
            yield slot.label


def _view(state: PortalState, page: Page | None) -> View:
    if page is None:
        return "letter" if state.letter else "inbox" if state.at == INBOX else "home"
    if state.over:
        return "calculator" if state.over == "calculator" else "documents"
    return "page"


def _menu(content: PortalContent, state: PortalState, desk: Desk, offers: tuple[Act, ...]) -> Iterator[Button]:
    offered = {act.name for act in offers}
    for act, icon in MENU:
        here = act == ("portal.home" if state.at == HOME else "portal.inbox")
        count = len(unread(content, state, desk)) if act == "portal.inbox" else 0
        if act in offered or (here and act == "portal.home"):
            yield Button(act if act in offered else "", BUTTONS[act], icon, here=here, count=count)
        elif here:
            yield Button("", BUTTONS[act], icon, here=True, count=count)


def _doors(content: PortalContent, state: PortalState, offers: tuple[Act, ...]) -> Iterator[DoorShown]:
    if state.at != HOME:
        return
    if not signed_in(content, state):
        buttons = tuple(
            Button(act, label, main=rank == 0) for rank, (act, label) in enumerate(entrances(content, state))
        )
        yield DoorShown("", "", sent=False, buttons=buttons)
        return
    for door in content.home.doors:
        buttons = tuple(
            Button(act.name, BUTTONS.get(act.verb, door.label), main=act.deed == "resume")
            for act in offers
            if act.target == door.form
        )
        form = content.form(door.form)
        number = next((p.receipt.number for p in form.pages if p.receipt), "") if form else ""
        alone = [button.label for button in buttons] == [door.label]
        yield DoorShown("" if alone else door.label, number, door.form in state.sent, buttons)


def _buttons(content: PortalContent, page: Page, saves: bool, offers: tuple[Act, ...]) -> Iterator[Button]:
    """The buttons at the foot of a page."""
    for act in offers:
        match act.verb:
            case "portal.next":
                signing = page.title if page.id not in content.form_of and page.id != "code" else ""
                yield Button(act.name, page.button or signing or BUTTONS[act.verb], main=True)
            case "portal.send":
                yield Button(act.name, page.button or BUTTONS[act.verb], main=True)
            case "portal.home":
                ended = page.receipt or page.result
                yield Button(act.name, BUTTONS["portal.home" if ended else "portal.quit"], "house" if ended else "")
            case "portal.previous" | "portal.save":
                yield Button(act.name, BUTTONS[act.verb])


def _field(page: Page, box: Box, state: PortalState) -> FieldShown:
    field, value = box.field, "" if box.secret else texts(state).get(box.name, "")
    kinds: dict[str, Literal["choice", "tick", "password"]] = {
        "one-of": "choice",
        "tick": "tick",
        "password": "password",
    }
    way = dict(state.errors).get(box.name, "")
    return FieldShown(
        name=box.name,
        label=box.label,
        kind=kinds.get(field.format, "text"),
        value=value,
        options=tuple((name, label, name == value) for name, label in field.options.items()),
        note=field.note or "",
        error=voices.site_sentence(box, way) if way else "",
        unit="€" if field.format == "amount" else "",
        inputmode=FORMATS[field.format].inputmode,
        optional=field.optional,
        only_if=_only_if(page, box),
        group=box.group,
    )


def _only_if(page: Page, box: Box) -> str:
    for name, wanted in box.field.shown_if.items():
        if isinstance(wanted, bool):
            return "ticked" if wanted else "unticked"
        other = page.box(box.prefix + name) or page.box(f"{box.page}.{name}")
        return other.field.options.get(wanted, wanted) if other else wanted
    return ""


def _slot(page: Page, slot: Slot, state: PortalState, desk: Desk) -> SlotShown:
    full, documents = page.slot_name(slot), desk.setting.documents
    document = documents.get(dict(state.attached).get(full, ""))
    errors = dict(state.errors)
    refused = documents.get(errors.get(full, ""))
    detail = f"{refused.name}, {refused.weight}" if refused else ""
    if refused and voices.slot_way(slot, refused) == "heavy":
        detail += f" (maximum : {slot.max_mb:g} Mo)".replace(".", ",")
    return SlotShown(
        id=slot.id,
        label=slot.label,
        document=document,
        error=voices.slot_sentence(slot, refused) if full in errors else "",
        detail=detail,
        act=f"portal.{'detach' if document else 'choose'} {slot.id}",
        rules=f"{', '.join(kind.upper() for kind in slot.types)} · {slot.max_mb:g} Mo",
    )


def _errors(
    page: Page, fields: tuple[FieldShown, ...], slots: tuple[SlotShown, ...], state: PortalState
) -> Iterator[tuple[str, str, str]]:
    """The red frame's lines: the id of what to correct, its label where the sentence is a common one, the sentence."""
    for field in fields:
        if field.error:
            box = page.box(field.name)
            own = box is not None and field.error in box.field.ways.values()
            yield f"f-{field.name}", "" if own else field.label, field.error
    yield from ((f"s-{slot.id}", slot.label, slot.error) for slot in slots if slot.error)
    unfilled = "Cette page n'est pas remplie."
    yield from ((f"p-{name}", "", unfilled) for name, _ in state.errors if name in page.summary)


def _recaps(content: PortalContent, page: Page, state: PortalState, desk: Desk) -> Iterator[Recap]:
    errors = dict(state.errors)
    for name in page.summary:
        summed = content.pages[name]
        yield Recap(name, summed.title, f"portal.edit {name}", tuple(_lines(summed, state, desk)), name in errors)


def _lines(page: Page, state: PortalState, desk: Desk) -> Iterator[tuple[str, str]]:
    values = dict(state.values)
    for box in page.boxes:
        text = values.get(box.name, "")
        if not text or box.secret:
            continue
        if box.field.format == "tick":
            text = "Oui"
        elif box.field.format == "amount":
            text += " €"
        yield box.label, box.field.options.get(text, text)
    attached = dict(state.attached)
    for slot in page.slots:
        document = desk.setting.documents.get(attached.get(page.slot_name(slot), ""))
        yield slot.label, document.name if document else "–"


def _letter(letter: Letter, state: PortalState, desk: Desk) -> LetterShown:
    day = dates.moment(letter.at, desk.today)[0] if letter.at and not letter.later else desk.story_day
    body = letter.body
    new = letter.id not in state.read
    return LetterShown(f"portal.read {letter.id}", letter.subject, body, dates.drawn(day), new)


def _step(content: PortalContent, page: Page) -> Rank | None:
    """The rank among the pages that ask something; a result or a receipt is none of them."""
    form = content.form_of.get(page.id)
    if form is None or page.result:
        return None
    asking = [each for each in form.pages if not (each.result or each.receipt)]
    rank = asking.index(page) + 1
    return Rank(rank, len(asking), asking[rank].title if rank < len(asking) else "") if len(asking) > 1 else None


def _counted(text: str) -> str:
    if not text:
        return ""
    found = calculator.result(text)
    return f"{text} = {found}" if found is not None else "?"
