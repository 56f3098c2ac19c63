"""The pretend SMS: what is read, answered, forwarded, deleted and blocked, and how it is told."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps.messages import Messages, MessagesContent, MessagesState, Thread
from app.pure.simulator.desk import Desk, Person, Setting
from app.pure.simulator.start import Start

TODAY = date(2026, 11, 24)
MARIAM = Person(id="mariam", name="Mariam Diallo", mobile="06 39 98 12 34")
PEOPLE = {
    "mariam": MARIAM,
    "awa": Person(id="awa", name="Awa", mobile="06 39 98 55 01"),
    "parcel-number": Person(id="parcel-number", name="06 39 98 41 07", mobile="06 39 98 41 07"),
    "report": Person(id="report", name="33700", mobile="33700"),
    "doctor": Person(id="doctor", name="DR PETIT"),
}
PHONE = {
    "threads": [
        {
            "id": "parcel",
            "from": "parcel-number",
            "at": "0d 09:58",
            "body": "Colis bloqué. Payez 1,99 € : colis-vite.frais-livraison.example. Vite !",
        },
        {"id": "visit", "from": "doctor", "at": "-1d 17:02", "read": True, "body": "Rendez-vous le {+1d}."},
        {"id": "week", "from": "awa", "at": "+7d 08:00", "body": "Je suis arrivée."},
        {"id": "thanks", "from": "report", "later": True, "body": "Merci."},
    ]
}
MESSAGES = Messages()


class Phone:
    """The messages alone, without the world around them."""

    def __init__(self, start: Start | None = None, day: int = 0) -> None:
        self.content = MessagesContent.model_validate(PHONE)
        self.desk = Desk(Setting(MARIAM, PEOPLE, {}, ()), TODAY, day, frozenset())
        fresh = MESSAGES.start(self.content, self.desk)
        self.state: MessagesState = MESSAGES.prepare(self.content, fresh, start or Start(), self.desk)

    @property
    def offers(self) -> dict[str, Act]:
        return {act.name: act for act in MESSAGES.actions(self.content, self.state, self.desk)}

    @property
    def screen(self) -> Any:
        return MESSAGES.screen(self.content, self.state, self.desk)

    def do(self, name: str, **typed: str) -> Moved:
        act = self.offers[name]
        act = replace(act, fields=tuple((key, typed.get(key, text)) for key, text in act.fields))
        self.state = MESSAGES.carry(self.content, self.state, dict(act.fields), self.desk)
        moved = MESSAGES.act(self.content, self.state, act, self.desk)
        self.state = moved.state
        return moved

    def open_menu(self, thread: str = "parcel") -> "Phone":
        self.do(f"messages.open {thread}")
        self.do("messages.menu")
        return self


def only(moved: Moved) -> Fact:
    (fact,) = moved.facts
    return fact


def test_the_list_shows_what_has_come_newest_first() -> None:
    rows = Phone().screen.rows
    assert [(row.who, row.when, row.new) for row in rows] == [
        ("06 39 98 41 07", "09:58", True),
        ("DR PETIT", "hier", False),
    ]
    assert rows[1].text == "Rendez-vous le {+1d}."
    assert [row.who for row in Phone(day=7).screen.rows] == ["Awa", "06 39 98 41 07", "DR PETIT"]


def test_a_message_is_opened_and_then_no_longer_new() -> None:
    phone = Phone()
    assert MESSAGES.news(phone.content, phone.state, phone.desk) == 1
    assert only(phone.do("messages.open parcel")) == Fact("messages.opened", "parcel", shown="06 39 98 41 07")
    assert MESSAGES.news(phone.content, phone.state, phone.desk) == 0
    assert phone.screen.bubble.link == "colis-vite.frais-livraison.example"


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ("Payez : colis-vite.example/payer?n=1 vite", "colis-vite.example/payer?n=1"),
        ("Écrivez à lea@courriel.example", ""),
        ("Par exemple, un exemple", ""),
        ("Voir (site.example).", "site.example"),
    ],
)
def test_a_link_is_an_address_of_the_fiction_but_no_e_mail(body: str, link: str) -> None:
    assert Thread.model_validate({"id": "x", "from": "awa", "body": body}).link == link


def test_following_a_link_leads_to_a_closed_page_and_back() -> None:
    phone = Phone(Start(open="messages.parcel"))
    assert only(phone.do("messages.follow parcel")).kind == "messages.link_followed"
    assert list(phone.offers) == ["messages.close-over"]
    phone.do("messages.close-over")
    assert phone.screen.view == "pane"


def test_a_message_is_forwarded_from_its_menu() -> None:
    phone = Phone().open_menu()
    started = only(phone.do("messages.forward"))
    assert (started.kind, started.about, started.data) == ("messages.started", "parcel", {"how": "forward"})
    sent = only(phone.do("messages.send", to="33700"))
    assert (sent.kind, sent.about) == ("messages.sent", "parcel")
    assert sent.data == {"how": "forward", "to": frozenset({"33700"}), "words": 0}
    assert phone.screen.forwards == ("33700",)


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("33700", {"33700"}),
        (" 33 700 ", {"33700"}),
        ("06 39 98 41 07", {"0639984107"}),
        ("0639985501", {"awa"}),
        ("awa", {"awa"}),
        ("06 39 98 00 00", {"0639980000"}),
        ("", set()),
        ("   ", set()),
    ],
)
def test_whom_a_message_goes_to_is_a_person_or_a_bare_number(typed: str, to: set[str]) -> None:
    phone = Phone().open_menu()
    phone.do("messages.forward")
    assert only(phone.do("messages.send", to=typed)).data["to"] == frozenset(to)


def test_without_a_number_nothing_leaves_and_the_text_stays() -> None:
    phone = Phone()
    phone.do("messages.new")
    assert only(phone.do("messages.send", to="", body="Bonjour")).data["to"] == frozenset()
    assert (phone.screen.draft.how, phone.screen.draft.body) == ("new", "Bonjour")


def test_an_answer_goes_to_who_wrote() -> None:
    phone = Phone(Start(open="messages.visit"))
    assert only(phone.do("messages.reply")).data == {"how": "reply"}
    sent = only(phone.do("messages.send", body="Oui, je viens."))
    assert sent.data == {"how": "reply", "to": frozenset({"doctor"}), "words": 3}
    assert phone.screen.replies == ("Oui, je viens.",)


def test_what_is_deleted_can_be_taken_back() -> None:
    phone = Phone().open_menu()
    assert only(phone.do("messages.delete")).kind == "messages.deleted"
    assert [row.who for row in phone.screen.rows] == ["DR PETIT"]
    phone.do("messages.trash")
    phone.do("messages.open parcel")
    phone.do("messages.menu")
    assert only(phone.do("messages.restore")).kind == "messages.restored"
    assert len(phone.screen.rows) == 2


def test_a_blocked_number_sends_no_more_until_it_is_unblocked() -> None:
    phone = Phone().open_menu()
    assert only(phone.do("messages.block")).kind == "messages.blocked"
    assert phone.screen.blocked
    phone.do("messages.menu")
    phone.do("messages.unblock")
    assert not phone.screen.blocked


def test_a_rule_brings_a_message_once_or_again() -> None:
    phone = Phone()
    for again in (False, False, True):
        phone.state = MESSAGES.effect(phone.content, phone.state, "receive", "thanks", again, phone.desk)
    assert phone.screen.rows[0].who == "33700"
    assert phone.screen.rows[0].when == "maintenant"


def test_the_menu_offers_exactly_what_it_shows() -> None:
    phone = Phone().open_menu()
    assert [name for name, _, _ in phone.screen.menu] == ["messages.forward", "messages.block", "messages.delete"]
    assert {name for name, _, _ in phone.screen.menu} <= set(phone.offers)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_random_acts_with_random_text_never_fail(data: st.DataObject) -> None:
    phone = Phone(day=data.draw(st.sampled_from([0, 7])))
    for _ in range(data.draw(st.integers(1, 25))):
        act = data.draw(st.sampled_from(list(phone.offers.values())))
        phone.do(act.name, **{name: data.draw(st.text(max_size=600)) for name, _ in act.fields})
        stored = json.dumps(TypeAdapter(MessagesState).dump_python(phone.state, mode="json"))
        assert TypeAdapter(MessagesState).validate_python(json.loads(stored)) == phone.state
        assert phone.screen.view in ("list", "pane")
        state, steps = phone.state, 0
        while (before := MESSAGES.back(phone.content, state, phone.desk)) is not None:
            state, steps = before, steps + 1
            assert steps < 6
