"""The pretend site of an administration: forms in pages, documents, a summary, a receipt, an inbox, an account."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps import portal_submission as submission
from app.pure.simulator.apps import portal_voices as voices
from app.pure.simulator.apps.base import App
from app.pure.simulator.apps.portal_account import CODE, SIGN_IN, SIGN_UP
from app.pure.simulator.apps.portal_form import LONGEST, Page
from app.pure.simulator.apps.portal_map import Map
from app.pure.simulator.apps.portal_screen import PortalScreen, labels_of, screen_of
from app.pure.simulator.apps.portal_site import (
    HOME,
    INBOX,
    PortalContent,
    PortalState,
    entrances,
    missing,
    present,
    put,
    signed_in,
    texts,
    unread,
)
from app.pure.simulator.desk import Desk
from app.pure.simulator.start import Start

CALCULATION = "calculation"
"""The name of the calculator's field."""


class Portal(App):
    name = "portal"
    label = "Site"
    content = PortalContent
    state = PortalState
    facts: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "started": (),
        "refused": ("fields",),
        "accepted": ("values",),
        "saved": (),
        "resumed": (),
        "attached": ("slot",),
        "detached": ("slot",),
        "changed": ("page",),
        "sent": ("values",),
        "downloaded": (),
        "read": (),
        "signed_up": (),
        "code_accepted": (),
        "signed_in": (),
        "signed_out": (),
    }
    effects = ("deliver", "open")
    picks = frozenset({"attach", "detach", "read", "download"})

    def start(self, content: PortalContent, desk: Desk) -> PortalState:
        return PortalState()

    def prepare(self, content: PortalContent, state: PortalState, start: Start, desk: Desk) -> PortalState:
        app, _, thing = (start.open or "").partition(".")
        if app == self.name and thing:
            state = self._show(content, state, thing)
        if start.page and start.page in content.pages:
            state = self._show(content, state, start.page)
        for name, source in start.given.items():
            if page := content.pages.get(name.partition(".")[0]):
                state = _given(state, page, name, source, desk, shown=page.id == state.at)
        page = content.pages.get(state.at)
        if start.submitted and start.page and page:
            state = replace(state, errors=submission.site_errors(page, state, texts(state), desk))
        return state

    # What the screen offers -------------------------------------------------------------------

    def actions(self, content: PortalContent, state: PortalState, desk: Desk) -> Iterator[Act]:
        page = content.pages.get(state.at)
        if page is None:
            yield from self._on_home(content, state, desk)
        elif state.over == "calculator":
            yield Act("portal.calculate", fields=((CALCULATION, state.calculation),))
            yield Act("portal.close")
        elif state.over:
            for document in desk.at_hand():
                also = (document.id,) if page.may_belong(state.over, document.id) else ()
                yield Act("portal.attach", f"{state.over}:{document.id}", also=also)
            yield Act("portal.close")
        else:
            yield from self._on_page(content, state, page)

    def _on_home(self, content: PortalContent, state: PortalState, desk: Desk) -> Iterator[Act]:
        if not signed_in(content, state):
            for name, _ in entrances(content, state):
                yield Act(name)
            return
        if state.at != HOME:
            yield Act("portal.home")
        if content.inbox and (state.at != INBOX or state.letter):
            yield Act("portal.inbox")
        if content.account:
            yield Act("portal.sign-out")
        if state.at == INBOX and not state.letter:
            for letter in present(content, state, desk):
                yield Act("portal.read", letter.id)
        elif state.at == HOME:
            left = dict(state.left)
            for door in content.home.doors:
                if door.form in state.sent and _receipt(content, door.form):
                    yield Act("portal.see", door.form)
                yield Act("portal.resume" if door.form in left else "portal.open", door.form)

    def _on_page(self, content: PortalContent, state: PortalState, page: Page) -> Iterator[Act]:
        form = content.form_of.get(page.id)
        if page.receipt:
            if page.receipt.download:
                yield Act("portal.download", page.receipt.download)
            yield Act("portal.home")
            return
        for name in page.summary:
            yield Act("portal.edit", name)
        attached = dict(state.attached)
        for slot in page.slots:
            if document := attached.get(page.slot_name(slot)):
                yield Act("portal.detach", slot.id, also=(document,))
            else:
                yield Act("portal.choose", slot.id)
        if page.calculator:
            yield Act("portal.calculator")
        if page.summary and form:
            yield Act("portal.send", form.id)
        elif page.boxes or page.slots or (form and (form.after(page) or content.leads_to_account(form, state))):
            now = texts(state)
            fields = tuple((box.name, "" if box.secret else now.get(box.name, "")) for box in page.boxes)
            yield Act("portal.next", fields=fields)
        if state.back_to or (form and form.before(page)):
            yield Act("portal.previous")
        yield Act("portal.save") if form and form.save and not page.result else Act("portal.home")

    # What an act does -------------------------------------------------------------------------

    def carry(self, content: PortalContent, state: PortalState, fields: Mapping[str, str], desk: Desk) -> PortalState:
        page = content.pages.get(state.at)
        if page is None or state.over not in ("", "calculator"):
            return state
        if state.over:
            return replace(state, calculation=fields.get(CALCULATION, state.calculation)[:LONGEST])
        kept, typed = dict(state.values), dict(state.typed)
        for box in page.boxes:
            if box.name in fields and not box.secret:
                typed[box.name] = fields[box.name][:LONGEST]
        typed = {name: text for name, text in typed.items() if text != kept.get(name, "")}
        return replace(state, typed=tuple(sorted(typed.items())))

    def act(self, content: PortalContent, state: PortalState, act: Act, desk: Desk) -> Moved:
        deed, target = act.deed, act.target
        page = content.pages.get(state.at)
        before, state = state, replace(state, errors=())
        match deed:
            case "home" | "inbox":
                return Moved(self._show(content, state, INBOX if deed == "inbox" else HOME))
            case "read":
                read = self._show(content, state, target)
                return Moved(read, (Fact("portal.read", target, shown=self.shown(content, target, desk)),))
            case "open" | "resume" | "see":
                return self._enter(content, state, deed, target)
            case "sign-up" | "sign-in" | "sign-out" | "enter-code":
                return self._at_the_door(content, state, deed)
        if page is None:
            return Moved(before)
        form = content.form_of.get(page.id)
        match deed:
            case "next":
                return submission.submit(content, state, page, act, desk)
            case "previous":
                return Moved(self._step_back(content, state))
            case "save" if form:
                left = put(state.left, {form.id: page.id})
                saved = replace(state, left=left, at=HOME, over="", back_to="")
                return Moved(saved, (Fact("portal.saved", form.id, shown=content.door(form.id)),))
            case "edit":
                return Moved(replace(state, at=target, back_to=page.id))
            case "send" if form:
                return submission.send(content, state, form, page, desk)
            case "download":
                fact = Fact("portal.downloaded", target, shown=desk.setting.documents[target].name)
                return Moved(state, (fact,), documents=desk.documents | {target})
            case "choose":
                return Moved(replace(state, over=target))
            case "calculator":
                return Moved(replace(before, over="calculator"))
            case "close":
                return Moved(replace(before, over="", calculation="", counted=""))
            case "calculate":
                return Moved(replace(before, counted=state.calculation))
            case "attach" | "detach":
                return submission.attach(state, page, deed, target, desk)
        return Moved(before)

    def _enter(self, content: PortalContent, state: PortalState, deed: str, target: str) -> Moved:
        """Go through the door of a form: to its beginning, to where it was left, or to its receipt."""
        form = content.form(target)
        if form is None:
            return Moved(state)
        place = {"open": form.pages[0].id, "resume": dict(state.left).get(target, ""), "see": _receipt(content, target)}
        entered = replace(state, at=place[deed], letter="", over="", back_to="")
        kinds = {"open": "portal.started", "resume": "portal.resumed"}
        facts = (Fact(kinds[deed], target, shown=content.door(target)),) if deed in kinds else ()
        return Moved(entered, facts)

    def _at_the_door(self, content: PortalContent, state: PortalState, deed: str) -> Moved:
        if deed == "sign-out":
            out = replace(state, signed=False, at=HOME, letter="", over="")
            return Moved(out, (Fact("portal.signed_out", shown=content.name),))
        place = {"sign-up": SIGN_UP, "sign-in": SIGN_IN, "enter-code": CODE}[deed]
        first = content.form(content.account.first or "") if content.account else None
        if deed == "sign-up" and first and any(missing(content, state, first)):
            place = first.pages[0].id
        return Moved(replace(state, at=place, letter="", over="", back_to=""))

    def _step_back(self, content: PortalContent, state: PortalState) -> PortalState:
        if state.back_to:
            return replace(state, at=state.back_to, back_to="")
        form = content.form_of.get(state.at)
        before = form.before(content.pages[state.at]) if form else None
        return replace(state, at=before.id if before else HOME)

    def back(self, content: PortalContent, state: PortalState, desk: Desk) -> PortalState | None:
        state = replace(state, errors=())
        if state.over:
            return replace(state, over="", calculation="", counted="")
        if state.letter:
            return replace(state, letter="")
        return self._step_back(content, state) if state.at != HOME else None

    def effect(
        self, content: PortalContent, state: PortalState, deed: str, target: str, again: bool, desk: Desk
    ) -> PortalState:
        if deed == "open":
            return self._show(content, state, target)
        if target in state.delivered and not again:
            return state
        rest = tuple(name for name in state.delivered if name != target)
        return replace(state, delivered=(*rest, target), read=state.read - {target})

    def examples(self, content: PortalContent, state: PortalState, act: Act, desk: Desk) -> Mapping[str, str]:
        page = content.pages.get(state.at)
        return voices.wanted(page, texts(state), desk) if page and act.deed == "next" else {}

    def distance(
        self, content: PortalContent, state: PortalState, fact: str, about: str, desk: Desk | None = None
    ) -> int:
        return Map(content, state, desk.documents if desk else None).distance(fact.removeprefix("portal."), about)

    def worded(self, content: PortalContent, field: str, text: str) -> str:
        """An example as people read it: an option by its label, nothing for a box to tick, which is only touched."""
        page = content.pages.get(field.partition(".")[0])
        box = page.box(field) if page else None
        if box is None or box.field.format == "tick":
            return "" if box else text
        return box.field.options.get(text, text)

    # What is on the screen --------------------------------------------------------------------

    def shown(self, content: PortalContent, target: str, desk: Desk) -> str:
        if letter := content.letters.get(target):
            return letter.subject
        if page := content.pages.get(target):
            return page.title
        document = desk.setting.documents.get(target)
        return document.name if document else content.door(target)

    def news(self, content: PortalContent, state: PortalState, desk: Desk) -> int:
        return len(unread(content, state, desk))

    def screen(self, content: PortalContent, state: PortalState, desk: Desk) -> PortalScreen:
        return screen_of(content, state, desk, tuple(self.actions(content, state, desk)))

    def names(self, content: PortalContent) -> Iterable[str]:
        for page in content.pages.values():
            for slot in page.slots:
                yield from slot.accept

    def labels(self, content: PortalContent) -> Iterable[str]:
        return labels_of(content)

    def _show(self, content: PortalContent, state: PortalState, thing: str) -> PortalState:
        """Put something in front: a page, a form's beginning, a message, the inbox; the home page for all else."""
        fresh = replace(state, at=HOME, letter="", over="", back_to="", errors=())
        if thing in content.letters:
            return replace(fresh, at=INBOX, letter=thing, read=state.read | {thing})
        if form := content.form(thing):
            return replace(fresh, at=form.pages[0].id)
        return replace(fresh, at=thing) if thing == INBOX or thing in content.pages else fresh


def _receipt(content: PortalContent, form: str) -> str:
    found = content.form(form)
    return next((page.id for page in found.pages if page.receipt), "") if found else ""


def _given(state: PortalState, page: Page, name: str, source: str, desk: Desk, *, shown: bool) -> PortalState:
    """A field or slot filled by the step's `start`: typed on the page that is shown, accepted on any other."""
    if any(page.slot_name(slot) == name for slot in page.slots):
        return replace(state, attached=put(state.attached, {name: source}))
    box = page.box(name)
    if box is None or box.secret:
        return state
    text = desk.value(source, box.rank)
    if shown:
        return replace(state, typed=tuple(sorted({**dict(state.typed), name: text}.items())))
    typed = tuple(pair for pair in state.typed if pair[0] != name)
    return replace(state, values=put(state.values, {name: text}), typed=typed)
