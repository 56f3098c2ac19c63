"""A page that is handed in: what the site and our coach say, and what is accepted, attached, sent."""

from collections.abc import Mapping
from dataclasses import replace

from app.pure.simulator.act import Act, Fact, Moved, Said
from app.pure.simulator.apps import portal_voices as voices
from app.pure.simulator.apps.portal_account import CODE, SIGN_IN, SIGN_UP
from app.pure.simulator.apps.portal_form import LONGEST, Form, Page
from app.pure.simulator.apps.portal_site import HOME, PortalContent, PortalState, missing, put, texts
from app.pure.simulator.desk import Desk


def submit(content: PortalContent, state: PortalState, page: Page, act: Act, desk: Desk) -> Moved:
    """« Continuer »: the site's own checks, then our coach's, then the next page."""
    now, typed = texts(state), {name: text[:LONGEST] for name, text in act.fields}
    lost = {b.name for b in page.boxes if not b.secret and b.name in typed and typed[b.name] != now.get(b.name, "")}
    now |= typed
    errors = site_errors(page, state, now, desk)
    if not errors and content.account and (way := content.account.refuses(page, state.account)):
        errors = ((f"{page.id}.email", way),)
    if lost:
        return _real_data(state, page, errors, lost, desk, now)
    if errors:
        fact = Fact("portal.refused", page.id, {"fields": frozenset(n for n, _ in errors)}, page.title)
        return Moved(replace(state, errors=errors), (fact,))
    if said := voices.objection(page, now, desk):
        return Moved(state, said=said)
    return _accept(content, state, page, now, desk)


def send(content: PortalContent, state: PortalState, form: Form, page: Page, desk: Desk) -> Moved:
    """Send the whole form; a site refuses one that lacks a page."""
    if absent := tuple(missing(content, state, form)):
        fact = Fact("portal.refused", page.id, {"fields": frozenset(absent)}, page.title)
        return Moved(replace(state, errors=tuple((name, "empty") for name in absent)), (fact,))
    values: dict[str, str] = {}
    for each in form.pages:
        values |= voices.plain_values(each, dict(state.values), desk)
        values |= {name: document for name, document in state.attached if name in each.names}
    following = form.after(page)
    left = put(state.left, {form.id: ""})
    gone = replace(state, sent=state.sent | {form.id}, left=left, at=following.id if following else HOME)
    return Moved(gone, (Fact("portal.sent", form.id, {"values": values}, content.door(form.id)),))


def attach(state: PortalState, page: Page, deed: str, target: str, desk: Desk) -> Moved:
    """Put a document in a slot (`slot:document`) or take it out (`slot`)."""
    name, _, chosen = target.partition(":")
    slot = page.slot(name)
    document = desk.setting.documents.get(chosen or dict(state.attached).get(f"{page.id}.{name}", ""))
    if slot is None or document is None:
        return Moved(state)
    full = page.slot_name(slot)
    state = replace(state, over="")
    if deed == "attach" and voices.slot_way(slot, document):
        fact = Fact("portal.refused", page.id, {"fields": frozenset({full})}, document.name)
        return Moved(replace(state, errors=((full, document.id),)), (fact,))
    attached = put(state.attached, {full: document.id if deed == "attach" else ""})
    fact = Fact(f"portal.{deed}ed", document.id, {"slot": slot.id}, document.name)
    return Moved(replace(state, attached=attached), (fact,))


def site_errors(page: Page, state: PortalState, now: Mapping[str, str], desk: Desk) -> voices.Errors:
    """All that the site refuses of a page: its fields, and the documents that are missing."""
    attached = dict(state.attached)
    empty = [page.slot_name(slot) for slot in page.slots if not slot.optional]
    return voices.site_errors(page, now, desk.today) + tuple((name, "") for name in empty if name not in attached)


def _real_data(
    state: PortalState, page: Page, errors: voices.Errors, lost: set[str], desk: Desk, typed: voices.Texts
) -> Moved:
    """Something real-looking was typed and is not kept: an author's own sentence about it outranks the general one."""
    for box in page.boxes:
        if box.name not in lost:
            continue
        if (way := dict(errors).get(box.name, "")) in box.field.ways:
            fact = Fact("portal.refused", page.id, {"fields": frozenset(n for n, _ in errors)}, page.title)
            return Moved(replace(state, errors=errors), (fact,), said=Said("wrong", box.field.ways[way]))
        if said := voices.known_slip(box, typed[box.name], desk):
            return Moved(state, said=said)
    return Moved(state)


def _accept(content: PortalContent, state: PortalState, page: Page, now: Mapping[str, str], desk: Desk) -> Moved:
    if page.id not in content.form_of:
        return _accept_account(content, state, page, now)
    before = voices.plain_values(page, dict(state.values), desk)
    values = voices.plain_values(page, now, desk)
    kept = {box.name: now[box.name] if box.name in values else "" for box in page.boxes}
    typed = tuple((name, text) for name, text in state.typed if name not in page.names)
    state = replace(state, values=put(state.values, kept), typed=typed)
    facts: list[Fact] = []
    if page.boxes or page.slots:
        values |= {name: document for name, document in state.attached if name in page.names}
        facts.append(Fact("portal.accepted", page.id, {"values": values}, page.title))
    if before and before != voices.plain_values(page, dict(state.values), desk):
        facts.append(Fact("portal.changed", page.id, {"page": page.id}, page.title))
    if state.back_to:
        return Moved(replace(state, at=state.back_to, back_to=""), tuple(facts))
    form = content.form_of[page.id]
    following = form.after(page)
    if following is None:
        place = SIGN_UP if content.leads_to_account(form, state) else HOME
        return Moved(replace(state, at=place), tuple(facts))
    if following.receipt:
        sent = send(content, state, form, page, desk)
        return replace(sent, facts=(*facts, *sent.facts))
    return Moved(replace(state, at=following.id), tuple(facts))


def _accept_account(content: PortalContent, state: PortalState, page: Page, now: Mapping[str, str]) -> Moved:
    """An account's page is done: its e-mail is kept for the screen, its password and code are not."""
    typed = tuple((name, text) for name, text in state.typed if name not in page.names)
    state = replace(state, typed=typed)
    shown = now.get(f"{page.id}.email", content.name)
    if page.id == SIGN_UP and content.account and CODE in content.account.pages:
        return Moved(replace(state, account="code", at=CODE), (Fact("portal.signed_up", shown=shown),))
    kind = {SIGN_UP: "signed_up", CODE: "code_accepted", SIGN_IN: "signed_in"}[page.id]
    inside = replace(state, account="made", signed=True, at=HOME)
    return Moved(inside, (Fact(f"portal.{kind}", shown=shown),))
