"""An account on a portal: made with an e-mail and a password, opened by a code, then signed in to and out of.

    account:
      email: {from: card.email, wrong: [{is: …, say: …}]}
      password: {from: card.password}
      code: {from: "482 913", wrong: [{is: 120 774, say: Ce code est ancien. Prenez le plus récent.}]}
      first: identity        # a form to fill before: its last page leads to the sign-up page
      exists: true           # the account is there already: one only signs in

The code travels by a rule: `when: {fact: portal.signed_up}, then: [{mail.deliver: code-mail}]`. A password made at
sign-up is checked and confirmed in one act and never kept: signing in later asks for the practice card's.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from app.pure.simulator.apps.base import Content
from app.pure.simulator.apps.portal_form import FieldContent, Page, Text, WrongValue

Stage = Literal["none", "code", "made"]
"""How far an account is: not begun, waiting for its code, there."""

SIGN_UP, CODE, SIGN_IN = "sign-up", "code", "sign-in"
WAYS: Mapping[str, str] = {
    "known": "Cette adresse a déjà un compte. Connectez-vous.",
    "unknown": "Il n'y a pas encore de compte avec cette adresse.",
}
"""What only an account can refuse."""


class Asked(Content):
    """One of the account's three questions: where its answer stands, and what is said when it is wrong."""

    source: Text = Field(alias="from")
    label: str | None = None
    note: str | None = None
    wrong: tuple[WrongValue, ...] = ()
    ways: Mapping[str, str] = {}

    def field(self, name: str, format: str, label: str, **more: object) -> FieldContent:
        """The field that asks it on a page."""
        told = {"id": name, "format": format, "label": self.label or label, "from": self.source, "note": self.note}
        return FieldContent.model_validate({**told, "wrong": self.wrong, "ways": self.ways, **more})


class Account(Content):
    email: Asked = Asked.model_validate({"from": "card.email"})
    password: Asked = Asked.model_validate({"from": "card.password"})
    code: Asked | None = None
    first: str | None = None
    exists: bool = False

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Its pages by id: `sign-up`, `code` (where a code is asked) and `sign-in`."""
        email = self.email.field("email", "email", "Adresse e-mail")
        password = self.password.field("password", "password", "Mot de passe", free=True)
        again = self.password.field("again", "password", "Le même mot de passe, encore une fois", free=True)
        again = again.model_copy(update={"label": "Le même mot de passe, encore une fois", "same_as": "password"})
        signing_in = self.password.field("password", "password", "Mot de passe")
        pages = [Page(id=SIGN_UP, title="Créer mon compte", fields=(email, password, again))]
        if self.code:
            code = self.code.field("code", "code-6", "Code reçu")
            pages.append(Page(id=CODE, title="Écrivez le code reçu", fields=(code,)))
        pages.append(Page(id=SIGN_IN, title="Se connecter", fields=(email, signing_in)))
        return {page.id: page for page in pages}

    def refuses(self, page: Page, stage: Stage) -> str:
        """The way in which the site refuses the e-mail at this stage; empty where it does not."""
        there = self.exists or stage == "made"
        if page.id == SIGN_UP:
            return "known" if there else ""
        return "unknown" if page.id == SIGN_IN and not there else ""
