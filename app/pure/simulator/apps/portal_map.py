"""The map of a site: how many acts lie at least between here and a fact. It guides the search and decides nothing.

Never more than the truth: a page counts one act however it is filled, a document two (choose, attach).
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from heapq import heappop, heappush

from app.pure.simulator.apps.portal_account import CODE, SIGN_IN, SIGN_UP
from app.pure.simulator.apps.portal_form import Form, Page, Slot
from app.pure.simulator.apps.portal_site import HOME, INBOX, PortalContent, PortalState, entrances, signed_in

LETTER = "letter"
"""A message that is read: a place of its own on the map."""

FAR = 99
_ENTRANCES = {"portal.sign-up": SIGN_UP, "portal.sign-in": SIGN_IN, "portal.enter-code": CODE}
_ACCOUNT = {"signed_up": SIGN_UP, "signed_in": SIGN_IN, "code_accepted": CODE}

Place = tuple[str, str]
"""A page (or home, the inbox, a message), and the summary from which it was reopened."""

Ends = dict[str, int]
"""Places from which a fact is some acts away."""


@dataclass(frozen=True, slots=True)
class Map:
    """The site as it stands in a state. `at_hand`: the documents on the device, where that is known."""

    content: PortalContent
    state: PortalState
    at_hand: Set[str] | None = None

    def distance(self, kind: str, about: str) -> int:
        """At least how many acts until the fact `kind` (`accepted`) about a thing; 0 where the map does not know."""
        ends = self._ends(kind, about)
        here: Place = (LETTER, "") if self.state.letter else (self.state.at, self.state.back_to)
        queue, known, best = [(1 if self.state.over else 0, here)], set[Place](), FAR
        while queue:
            walked, place = heappop(queue)
            if walked >= best:
                break
            if place in known:
                continue
            known.add(place)
            best = min(best, walked + ends.get(place[0], FAR))
            for acts, further in self._leads(place):
                if further not in known:
                    heappush(queue, (walked + acts, further))
        return best if best < FAR else 0

    def _ends(self, kind: str, about: str) -> Ends:
        pages, state = self.content.pages, self.state
        match kind:
            case "accepted" | "changed":
                return {name: self._hand_in(page) for name, page in pages.items() if about in ("", name)}
            case "started":
                return {HOME: 1}
            case "read":
                return {INBOX: 1}
            case "saved":
                return {page.id: 1 for form in self._forms(about) if form.save for page in form.pages}
            case "resumed":
                ends = {page.id: 2 for form in self._forms(about) if form.save for page in form.pages}
                return ends | ({HOME: 1} if any(about in ("", form) for form, _ in state.left) else {})
            case "sent":
                last = [page for form in self._forms(about) for page in form.pages if _sends(form, page)]
                return {page.id: 1 if page.summary else self._hand_in(page) for page in last}
            case "attached":
                slots = [(page.id, slot) for page in pages.values() for slot in page.slots]
                return {name: self._attaching(name, slot) for name, slot in slots if about in ("", *slot.accept)}
            case "downloaded":
                return {p.id: 1 for p in pages.values() if p.receipt and about in ("", p.receipt.download)}
            case "signed_out":
                return {HOME: 1, INBOX: 1, LETTER: 1} if signed_in(self.content, state) else {}
        return {_ACCOUNT[kind]: 1} if _ACCOUNT.get(kind) in pages else {}

    def _leads(self, place: Place) -> Iterator[tuple[int, Place]]:
        """In how many acts one comes where from a place."""
        name, back_to = place
        page, form = self.content.pages.get(name), self.content.form_of.get(name)
        if page is None:
            yield from ((1, (other, "")) for other in self._leads_from_home(name))
            return
        yield 1, (HOME, "")
        if form is None:
            yield from ((1, (other, "")) for other in (self.content.account.pages if self.content.account else ()))
            return
        if back_to:
            yield 1, (back_to, "")
            return
        yield from ((1, (other, name)) for other in page.summary)
        if before := form.before(page):
            yield 1, (before.id, "")
        if following := form.after(page):
            yield 1 if page.summary else self._hand_in(page), (following.id, "")
        elif self.content.leads_to_account(form, self.state):
            yield 1, (SIGN_UP, "")

    def _leads_from_home(self, name: str) -> Iterator[str]:
        yield from (other for other in (HOME, INBOX) if other != name)
        if name == INBOX:
            yield LETTER
        if name != HOME:
            return
        yield from (_ENTRANCES[act] for act, _ in entrances(self.content, self.state))
        left = dict(self.state.left)
        for form in self.content.forms:
            yield left.get(form.id, form.pages[0].id)
            if form.id in self.state.sent:
                yield from (page.id for page in form.pages if page.receipt)

    def _forms(self, about: str) -> Iterator[Form]:
        return (form for form in self.content.forms if about in ("", form.id))

    def _hand_in(self, page: Page) -> int:
        """One act for the page, two for each document that it lacks; one whose list is open was counted at the start.

        A document that left the device is one act away at least, and so are the way to another app and the way back.
        """
        attached = dict(self.state.attached)
        absent = [slot for slot in page.slots if attached.get(page.slot_name(slot), "") not in slot.accept]
        absent = [slot for slot in absent if not slot.optional]
        chosen = sum(1 for slot in absent if self._is_chosen(page.id, slot))
        gone = sum(1 for slot in absent if self.at_hand is not None and not self.at_hand & set(slot.accept))
        return 1 + 2 * (len(absent) - chosen) + (gone + 2 if gone else 0)

    def _attaching(self, page: str, slot: Slot) -> int:
        """The list is open already: nothing more than the act counted at the start."""
        return 0 if self._is_chosen(page, slot) else 2

    def _is_chosen(self, page: str, slot: Slot) -> bool:
        return self.state.at == page and self.state.over == slot.id


def _sends(form: Form, page: Page) -> bool:
    following = form.after(page)
    return bool(page.summary) or bool(following and following.receipt)
