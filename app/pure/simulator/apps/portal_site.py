"""A portal as a whole: what an author writes of the site, and what is remembered of a visit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pydantic import model_validator

from app.pure.simulator import dates
from app.pure.simulator.apps.base import Content
from app.pure.simulator.apps.portal_account import CODE, Account, Stage
from app.pure.simulator.apps.portal_form import Form, Page
from app.pure.simulator.desk import Desk

HOME, INBOX = "", "inbox"
"""Places of the site that are no page of a form."""

Pairs = tuple[tuple[str, str], ...]


class Door(Content):
    """A button of the home page that opens a form."""

    form: str
    label: str


class Home(Content):
    text: str
    doors: tuple[Door, ...] = ()


class Letter(Content):
    """A message in the site's own inbox. `later`: absent until delivered; `at: +7d 08:30` comes by itself that day."""

    id: str
    subject: str
    body: str
    at: str = ""
    later: bool = False


class PortalContent(Content):
    """An administration's pretend site."""

    name: str
    home: Home
    inbox: tuple[Letter, ...] = ()
    forms: tuple[Form, ...] = ()
    account: Account | None = None

    @model_validator(mode="after")
    def _names_are_unique(self) -> "PortalContent":
        pages = [page.id for form in self.forms for page in form.pages]
        names = [INBOX, *pages, *(self.account.pages if self.account else ()), *(f.id for f in self.forms)]
        names += [letter.id for letter in self.inbox]
        if twice := next((name for name in names if names.count(name) > 1), ""):
            raise ValueError(f'"{twice}" names two things; pages, forms and messages of a portal have unique ids')
        opened = [door.form for door in self.home.doors] + [self.account.first or "" if self.account else ""]
        known = {"", *(form.id for form in self.forms)}
        if unknown := next((name for name in opened if name not in known), ""):
            raise ValueError(f'"{unknown}" is not a form of this portal')
        return self

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page by id, the account's among them."""
        own = {page.id: page for form in self.forms for page in form.pages}
        return {**own, **(self.account.pages if self.account else {})}

    @cached_property
    def form_of(self) -> Mapping[str, Form]:
        """The form that each page belongs to; the account's pages belong to none."""
        return {page.id: form for form in self.forms for page in form.pages}

    @cached_property
    def letters(self) -> Mapping[str, Letter]:
        return {letter.id: letter for letter in self.inbox}

    def form(self, name: str) -> Form | None:
        return next((form for form in self.forms if form.id == name), None)

    def leads_to_account(self, form: Form, state: "PortalState") -> bool:
        """Whether the sign-up page comes after this form's last page."""
        return self.account is not None and not state.signed and self.account.first == form.id

    def door(self, form: str) -> str:
        """What the form is called: the label of its door."""
        return next((door.label for door in self.home.doors if door.form == form), form)


@dataclass(frozen=True, slots=True)
class PortalState:
    """Where a visit stands. Ids and typed text only; a password is in none of these.

    `at`: the page (or `inbox`; empty: home). `over`: what lies over it, `calculator` or the slot whose documents are
    listed. `back_to`: the summary from which a page was reopened. `values` were accepted, `typed` not yet.
    """

    at: str = HOME
    letter: str = ""
    over: str = ""
    back_to: str = ""
    values: Pairs = ()
    typed: Pairs = ()
    attached: Pairs = ()
    errors: Pairs = ()
    left: Pairs = ()  # a saved form and the page where it was left
    sent: frozenset[str] = frozenset()
    delivered: tuple[str, ...] = ()
    read: frozenset[str] = frozenset()
    calculation: str = ""
    counted: str = ""  # the sum whose result is shown
    account: Stage = "none"
    signed: bool = False


def signed_in(content: PortalContent, state: PortalState) -> bool:
    """Whether the learner is inside; a site without accounts has them inside from the start."""
    return content.account is None or state.signed


def texts(state: PortalState) -> dict[str, str]:
    """What stands in the fields: accepted, or typed since."""
    return {**dict(state.values), **dict(state.typed)}


def put(pairs: Pairs, changes: Mapping[str, str]) -> Pairs:
    """The pairs with changes, in one canonical order; an empty text takes its pair away."""
    return tuple(sorted((name, text) for name, text in {**dict(pairs), **changes}.items() if text))


def present(content: PortalContent, state: PortalState, desk: Desk) -> list[Letter]:
    """The messages that are there: delivered ones first, then those whose day has come, newest first."""
    delivered = [content.letters[name] for name in reversed(state.delivered) if name in content.letters]
    due = [m for m in content.inbox if not m.later and m.id not in state.delivered]
    due = [m for m in due if dates.is_due(m.at or "0d 08:00", desk.day)]
    return delivered + sorted(due, key=lambda m: dates.moment(m.at or "0d 08:00", desk.today), reverse=True)


def unread(content: PortalContent, state: PortalState, desk: Desk) -> list[Letter]:
    return [letter for letter in present(content, state, desk) if letter.id not in state.read]


def missing(content: PortalContent, state: PortalState, form: Form) -> Iterator[str]:
    """The pages of a form that were not filled in yet."""
    done = {name for name, _ in (*state.values, *state.attached)}
    for page in form.pages:
        asked = [box.name for box in page.boxes if not (box.secret or box.field.optional or box.field.shown_if)]
        asked += [page.slot_name(slot) for slot in page.slots if not slot.optional]
        if not done.issuperset(asked):
            yield page.id


def entrances(content: PortalContent, state: PortalState) -> Iterator[tuple[str, str]]:
    """Doors for someone outside: make an account, sign in, give the code that was sent."""
    if content.account is None or state.signed:
        return
    if state.account == "code" and CODE in content.account.pages:
        yield "portal.enter-code", "Écrire le code reçu"
    yield "portal.sign-up", "Créer mon compte"
    yield "portal.sign-in", "Se connecter"
