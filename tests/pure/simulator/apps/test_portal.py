"""A portal: two voices about a page, documents in slots, a summary, saving, an account whose password is never kept."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.pure.simulator import real_data, solver, world
from app.pure.simulator.act import Act, Fact, Moved
from app.pure.simulator.apps import portal_calculator
from app.pure.simulator.apps.portal import Portal
from app.pure.simulator.apps.portal_site import PortalContent, PortalState
from app.pure.simulator.desk import CardLine, Desk, Document, Person, Setting
from app.pure.simulator.scene import Plot, Scene, WorldContent, setting_of
from app.pure.simulator.start import Start
from app.pure.simulator.state import dump, load

TODAY = date(2026, 11, 24)
OWNER = Person(id="mariam", name="Mariam Diallo", mail="mariam.diallo@courriel.example", mobile="06 39 98 12 34")
CARD = (
    CardLine("name", "Nom", ("DIALLO",)),
    CardLine("born", "Née le", ("09/06/1990",)),
    CardLine("rent", "Loyer", ("620",)),
    CardLine("siret", "SIRET", ("000 000 000 00000",)),
    CardLine("child-name", "Prénom de l'enfant", ("Awa", "Moussa")),
    CardLine("child-born", "Naissance de l'enfant", ("{-9y}", "{-6y}")),
    CardLine("email", "E-mail", ("mariam.diallo@courriel.example",)),
    CardLine("password", "Mot de passe", ("Soleil-Marche-48!",)),
)
DOCUMENTS = (
    Document(id="lease", name="bail.pdf", size_kb=410),
    Document(id="rib", name="rib.pdf", size_kb=88),
    Document(id="other-rib", name="rib-roux.pdf", size_kb=90, traits=("other-name",)),
    Document(id="heavy", name="bail-photo.jpg", size_kb=12_000),
    Document(id="song", name="chanson.mp3", size_kb=900),
    Document(id="receipt", name="demande.pdf", size_kb=84, later=True),
)
SITE: dict[str, Any] = {
    "name": "Caisse des Familles",
    "home": {
        "text": "Bonjour Mariam",
        "doors": [{"form": "test", "label": "Faire un essai"}, {"form": "ask", "label": "Demander une aide"}],
    },
    "inbox": [
        {"id": "received", "later": True, "subject": "Demande reçue", "body": "Reçue."},
        {"id": "missing", "at": "+7d 08:30", "subject": "Il manque un document", "body": "Avant le {+37d}."},
    ],
    "forms": [
        {
            "id": "test",
            "pages": [
                {
                    "id": "sim",
                    "title": "Votre essai",
                    "calculator": True,
                    "fields": [
                        {
                            "id": "rent",
                            "label": "Loyer sans charges",
                            "format": "amount",
                            "from": "card.rent",
                            "wrong": [{"is": 680, "say": "Loyer seul."}],
                        },
                        {
                            "id": "persons",
                            "label": "Personnes",
                            "format": "whole-number",
                            "from": 3,
                            "wrong": [{"is": 2, "say": "Vous aussi, vous comptez."}, {"say": "Comptez bien."}],
                        },
                    ],
                },
                {"id": "answer", "title": "Votre résultat", "result": "Environ 210 €."},
            ],
        },
        {
            "id": "ask",
            "save": True,
            "pages": [
                {
                    "id": "you",
                    "title": "Vous",
                    "fields": [
                        {"id": "name", "label": "Nom", "format": "name", "from": "card.name"},
                        {"id": "used", "label": "Nom d'usage", "format": "name", "optional": True},
                        {
                            "id": "born",
                            "label": "Date de naissance",
                            "format": "date-fr",
                            "past": True,
                            "from": "card.born",
                            "ways": {"short-year": "L'année a 4 chiffres."},
                        },
                        {"id": "town", "label": "Ville", "from": "Conakry"},
                        {
                            "id": "child",
                            "label": "Enfant {n}",
                            "repeat": 2,
                            "fields": [
                                {"id": "name", "label": "Prénom {n}", "format": "name", "from": "card.child-name"},
                                {"id": "born", "label": "Né le", "format": "date-fr", "from": "card.child-born"},
                            ],
                        },
                    ],
                },
                {
                    "id": "home",
                    "title": "Votre logement",
                    "fields": [
                        {
                            "id": "rent",
                            "label": "Loyer",
                            "format": "amount",
                            "from": "card.rent",
                            "wrong": [{"is": "260", "say": "Vérifiez : 260 € ?"}],
                        },
                        {
                            "id": "owner",
                            "label": "Propriétaire",
                            "format": "one-of",
                            "options": {"person": "Une personne", "company": "Une société"},
                            "from": "company",
                        },
                        {
                            "id": "siret",
                            "label": "SIRET",
                            "format": "siret",
                            "from": "card.siret",
                            "shown_if": {"owner": "company"},
                            "ways": {"short": "Il manque un chiffre. Regardez le bail."},
                        },
                        {"id": "none", "label": "Rien reçu", "format": "tick", "optional": True},
                        {
                            "id": "other",
                            "label": "Autre montant",
                            "format": "amount",
                            "from": "0",
                            "shown_if": {"none": False},
                        },
                        {"id": "attest", "label": "J'atteste", "format": "tick"},
                    ],
                },
                {
                    "id": "papers",
                    "title": "Vos documents",
                    "slots": [
                        {"id": "lease", "label": "Bail", "accept": ["lease", "heavy"]},
                        {
                            "id": "rib",
                            "label": "RIB",
                            "accept": ["rib"],
                            "wrong": {"other-name": "Le RIB doit être à votre nom."},
                        },
                    ],
                },
                {
                    "id": "check",
                    "title": "Vérifiez",
                    "summary": ["you", "home", "papers"],
                    "button": "Envoyer ma demande",
                },
                {
                    "id": "done",
                    "title": "Envoyée",
                    "receipt": {"number": 7000123, "text": "Un e-mail part.", "download": "receipt"},
                },
            ],
        },
    ],
}
PORTAL = Portal()


class Visit:
    """A visit of a site, without the world around it."""

    def __init__(self, site: dict[str, Any] | None = None, start: Start | None = None, day: int = 0) -> None:
        self.content = PortalContent.model_validate(site or SITE)
        setting = Setting(OWNER, {OWNER.id: OWNER}, {d.id: d for d in DOCUMENTS}, CARD)
        at_hand = frozenset(d.id for d in DOCUMENTS if not d.later)
        self.desk = Desk(setting, TODAY, day, at_hand)
        fresh = PORTAL.start(self.content, self.desk)
        self.state: PortalState = PORTAL.prepare(self.content, fresh, start or Start(), self.desk)

    @property
    def offers(self) -> dict[str, Act]:
        return {act.name: act for act in PORTAL.actions(self.content, self.state, self.desk)}

    @property
    def screen(self) -> Any:
        return PORTAL.screen(self.content, self.state, self.desk)

    @property
    def sentences(self) -> list[str]:
        return [sentence for _, _, sentence in self.screen.errors]

    def do(self, name: str, **typed: str) -> Moved:
        """An act as HTML submits it: with all its fields, some of them changed."""
        act = self.offers[name]
        texts = {key.replace("__", "."): text for key, text in typed.items()}
        act = replace(act, fields=tuple((key, texts.get(key, text)) for key, text in act.fields))
        self.state = PORTAL.carry(self.content, self.state, dict(act.fields), self.desk)
        moved = PORTAL.act(self.content, self.state, act, self.desk)
        self.state = moved.state
        if moved.documents is not None:
            self.desk = replace(self.desk, documents=moved.documents)
        return moved

    def fill(self) -> Moved:
        """The page as the card says."""
        examples = PORTAL.examples(self.content, self.state, self.offers["portal.next"], self.desk)
        act = self.offers["portal.next"]
        act = replace(act, fields=tuple((name, examples.get(name, text)) for name, text in act.fields))
        self.state = PORTAL.carry(self.content, self.state, dict(act.fields), self.desk)
        moved = PORTAL.act(self.content, self.state, act, self.desk)
        self.state = moved.state
        return moved

    def attach(self, slot: str, document: str) -> Moved:
        self.do(f"portal.choose {slot}")
        return self.do(f"portal.attach {slot}:{document}")

    def reach_summary(self) -> "Visit":
        self.do("portal.open ask")
        self.fill()
        self.fill()
        self.attach("lease", "lease")
        self.attach("rib", "rib")
        self.do("portal.next")
        return self


def kinds(moved: Moved) -> list[str]:
    return [fact.kind for fact in moved.facts]


def only(moved: Moved) -> Fact:
    (fact,) = moved.facts
    return fact


# The two voices --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "wrong_fields"),
    [
        ({"sim__rent": "", "sim__persons": ""}, {"sim.rent", "sim.persons"}),
        ({"sim__rent": "620", "sim__persons": ""}, {"sim.persons"}),
        ({"sim__rent": "cher", "sim__persons": "3"}, {"sim.rent"}),
        ({"sim__rent": "cher", "sim__persons": "2"}, {"sim.rent"}),
    ],
)
def test_the_site_speaks_first_and_names_each_field_that_is_badly_written(
    typed: dict[str, str], wrong_fields: set[str]
) -> None:
    visit = Visit()
    visit.do("portal.open test")
    moved = visit.do("portal.next", **typed)
    assert only(moved) == Fact("portal.refused", "sim", {"fields": frozenset(wrong_fields)}, "Votre essai")
    assert moved.said is None
    assert {target for target, _, _ in visit.screen.errors} == {f"f-{name}" for name in wrong_fields}
    assert all(field.error for field in visit.screen.fields if field.name in wrong_fields)
    assert all(visit.sentences)


@pytest.mark.parametrize(
    ("rent", "persons", "says", "label"),
    [
        ("680", "3", "Loyer seul.", "Loyer"),
        ("680,00 €", "3", "Loyer seul.", "Loyer"),
        ("500", "3", "Regardez la carte, ligne « {label} ».", "Loyer"),
        ("620", "2", "Vous aussi, vous comptez.", "Personnes"),
        ("620", "7", "Comptez bien.", "Personnes"),
    ],
)
def test_our_coach_speaks_of_a_well_written_answer_that_is_not_the_one_of_the_card(
    rent: str, persons: str, says: str, label: str
) -> None:
    visit = Visit()
    visit.do("portal.open test")
    moved = visit.do("portal.next", sim__rent=rent, sim__persons=persons)
    assert moved.facts == ()
    assert moved.said is not None
    assert (moved.said.tone, moved.said.text, dict(moved.said.data)["label"]) == ("wrong", says, label)
    assert visit.state.at == "sim"
    assert [field.value for field in visit.screen.fields] == [rent, persons]
    assert visit.screen.errors == ()


@pytest.mark.parametrize("rent", ["620", "620,00", "620 €", " 620 "])
def test_an_amount_compares_as_a_value_and_the_fact_tells_it_as_the_card_does(rent: str) -> None:
    visit = Visit()
    visit.do("portal.open test")
    fact = only(visit.do("portal.next", sim__rent=rent, sim__persons="3"))
    assert fact == Fact("portal.accepted", "sim", {"values": {"sim.rent": "620", "sim.persons": "3"}}, "Votre essai")
    assert visit.screen.result == "Environ 210 €."


def test_what_was_typed_stays_when_another_button_is_pressed() -> None:
    visit = Visit()
    visit.do("portal.open test")
    fields = {"sim.rent": "62", "address": "autre.example"}
    visit.state = PORTAL.carry(visit.content, visit.state, fields, visit.desk)
    visit.do("portal.calculator")
    visit.do("portal.close")
    assert visit.screen.fields[0].value == "62"


def test_an_author_s_own_sentence_replaces_the_format_s() -> None:
    visit = Visit()
    visit.do("portal.open ask")
    visit.do("portal.next", you__born="09/06/90")
    assert "L'année a 4 chiffres." in visit.sentences


def test_the_red_frame_names_the_field_unless_the_author_wrote_the_sentence() -> None:
    visit = Visit()
    visit.do("portal.open ask")
    visit.do("portal.next", you__born="09/06/90")
    lines = {target: label for target, label, _ in visit.screen.errors}
    assert (lines["f-you.name"], lines["f-you.born"]) == ("Nom", "")


def test_a_very_long_text_is_cut_so_that_the_state_stays_small() -> None:
    visit = Visit()
    visit.do("portal.open test")
    visit.do("portal.next", sim__rent="6" * 5_000)
    assert len(json.dumps(plain(visit.state))) < 4_000


# Fields that depend on others, fields that repeat ----------------------------------------------


def test_a_field_that_does_not_apply_is_neither_checked_nor_counted() -> None:
    visit = Visit(start=Start(page="home"))
    moved = visit.do(
        "portal.next", home__rent="620", home__owner="company", home__siret="", home__none="on", home__attest="on"
    )
    assert only(moved).data["fields"] == frozenset({"home.siret"})
    moved = visit.do("portal.next", home__siret="000 000 000 00000", home__other="pas un nombre")
    values = only(moved).data["values"]
    assert isinstance(values, dict)
    assert "home.other" not in values
    assert values["home.none"] == "on"


@pytest.mark.parametrize(
    ("name", "only_if"), [("home.siret", "Une société"), ("home.other", "unticked"), ("home.rent", "")]
)
def test_the_screen_says_when_a_field_applies(name: str, only_if: str) -> None:
    visit = Visit(start=Start(page="home"))
    assert next(field.only_if for field in visit.screen.fields if field.name == name) == only_if


def test_the_example_fills_a_field_that_only_applies_with_the_right_answer() -> None:
    visit = Visit(start=Start(page="home", given={"home.owner": "person"}))
    act = visit.offers["portal.next"]
    examples = PORTAL.examples(visit.content, visit.state, act, visit.desk)
    assert examples["home.owner"] == "company"
    assert examples["home.siret"] == "000 000 000 00000"
    assert examples["home.attest"] == "on"
    assert "home.none" not in examples


def test_a_repeated_field_takes_the_card_s_value_of_its_rank() -> None:
    visit = Visit()
    visit.do("portal.open ask")
    groups = [(label, [field.label for field in fields]) for label, fields in visit.screen.groups]
    assert groups[1:] == [("Enfant 1", ["Prénom 1", "Né le"]), ("Enfant 2", ["Prénom 2", "Né le"])]
    values = only(visit.fill()).data["values"]
    assert isinstance(values, dict)
    assert [values["you.child-1.name"], values["you.child-2.name"]] == ["Awa", "Moussa"]
    assert [values["you.child-1.born"], values["you.child-2.born"]] == ["24/11/2017", "24/11/2020"]


def test_what_is_good_already_is_not_an_example_to_type_again() -> None:
    visit = Visit(start=Start(page="home", given={"home.rent": "620,00"}))
    act = visit.offers["portal.next"]
    assert "home.rent" not in PORTAL.examples(visit.content, visit.state, act, visit.desk)


def test_an_optional_field_that_is_badly_written_is_emptied_by_the_example() -> None:
    visit = Visit(start=Start(page="you", given={"you.used": "123 !"}))
    act = visit.offers["portal.next"]
    assert PORTAL.examples(visit.content, visit.state, act, visit.desk)["you.used"] == ""


# Saving, starting in the middle ----------------------------------------------------------------


def test_a_form_is_saved_with_what_was_typed_and_taken_up_again() -> None:
    visit = Visit()
    visit.do("portal.open ask")
    visit.fill()
    visit.state = PORTAL.carry(visit.content, visit.state, {"home.rent": "62"}, visit.desk)
    assert only(visit.do("portal.save")) == Fact("portal.saved", "ask", shown="Demander une aide")
    assert "portal.open ask" not in visit.offers
    assert only(visit.do("portal.resume ask")) == Fact("portal.resumed", "ask", shown="Demander une aide")
    assert visit.state.at == "home"
    assert visit.screen.fields[0].value == "62"


def test_a_page_can_start_with_the_site_s_errors_shown() -> None:
    start = Start(page="home", given={"home.rent": "card.rent", "home.siret": "000", "home.owner": "company"})
    visit = Visit(start=start.model_copy(update={"submitted": True}))
    assert visit.sentences[0] == "Il manque un chiffre. Regardez le bail."
    assert visit.screen.fields[0].value == "620"
    assert only(visit.fill()).kind == "portal.accepted"


def test_a_start_can_open_a_message_or_the_inbox() -> None:
    letter = Visit(start=Start(open="portal.missing", day=7), day=7).screen
    assert (letter.view, letter.letter.body) == ("letter", "Avant le {+37d}.")
    assert [row.new for row in letter.letters] == [False]
    assert Visit(start=Start(open="portal.inbox")).screen.view == "inbox"


# Documents -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "document", "sentence", "detail"),
    [
        ("lease", "rib", "Ce n'est pas le bon document.", "rib.pdf, 88 Ko"),
        ("lease", "heavy", "Ce fichier est trop lourd.", "bail-photo.jpg, 12 Mo (maximum : 5 Mo)"),
        ("lease", "song", "Ce type de fichier n'est pas accepté.", "chanson.mp3, 900 Ko"),
        ("rib", "other-rib", "Le RIB doit être à votre nom.", "rib-roux.pdf, 90 Ko"),
    ],
)
def test_the_site_refuses_a_document_and_says_why(slot: str, document: str, sentence: str, detail: str) -> None:
    visit = Visit(start=Start(page="papers"))
    fact = only(visit.attach(slot, document))
    assert (fact.kind, fact.about, fact.data["fields"]) == ("portal.refused", "papers", frozenset({f"papers.{slot}"}))
    shown = next(each for each in visit.screen.slots if each.id == slot)
    assert (shown.error, shown.detail, shown.document) == (sentence, detail, None)


def test_what_is_left_to_do_is_never_told_longer_than_it_is() -> None:
    visit = Visit(start=Start(page="papers"))
    left = [left_to_do(visit)]
    for name in ("choose lease", "attach lease:lease", "choose rib", "attach rib:rib"):
        visit.do(f"portal.{name}")
        left.append(left_to_do(visit))
    assert left == [5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("place", "fact", "about", "acts"),
    [
        ("", "portal.started", "ask", 1),
        ("", "portal.saved", "", 2),
        ("", "portal.resumed", "ask", 3),
        ("", "portal.accepted", "home", 3),
        ("", "portal.sent", "ask", 9),
        ("you", "portal.accepted", "home", 2),
        ("home", "portal.accepted", "you", 2),
        ("answer", "portal.accepted", "you", 3),
        ("check", "portal.changed", "home", 2),
        ("check", "portal.sent", "ask", 1),
        ("check", "portal.downloaded", "receipt", 2),
        ("inbox", "portal.read", "missing", 1),
        ("papers", "portal.attached", "rib", 2),
        ("", "portal.signed_in", "", 0),
        ("", "portal.refused", "home", 0),
    ],
)
def test_the_map_knows_how_far_a_fact_is(place: str, fact: str, about: str, acts: int) -> None:
    visit = Visit(start=Start(open="portal.inbox") if place == "inbox" else Start(page=place or None))
    assert PORTAL.distance(visit.content, visit.state, fact, about) == acts


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_map_never_says_that_something_is_farther_than_it_is(data: st.DataObject) -> None:
    """Along the way that the search finds, from wherever a wandering led."""
    kind, about = data.draw(
        st.sampled_from(
            [("accepted", "home"), ("accepted", "papers"), ("sent", "ask"), ("saved", "ask"), ("resumed", "ask")]
        )
    )
    scene = site_scene(f"portal.{kind}", about)
    state = world.start(scene, TODAY)
    for _ in range(data.draw(st.integers(0, 12))):
        acts = [act for act in world.actions(scene, state) if act.app == "portal"]
        act = data.draw(st.sampled_from(acts))
        step = world.act(scene, state, solver.with_example(scene, state, act))
        if not step.done:
            state = step.state
    way = solver.way(scene, state)
    for rank, act in enumerate(way.acts):
        told = PORTAL.distance(scene.content["portal"], state.app("portal"), f"portal.{kind}", about)
        assert told <= len(way.acts) - rank, [each.name for each in way.acts]
        state = world.act(scene, state, act).state


def site_scene(fact: str, about: str) -> Scene:
    documents = [document.model_dump() for document in DOCUMENTS]
    place = WorldContent.model_validate({"open": "portal", "documents": documents, "apps": {"portal": SITE}})
    plot = Plot.model_validate({"goals": [{"id": "goal", "fact": fact, "about": about}]})
    return Scene(place, plot, setting_of(OWNER, {}, place, CARD))


def left_to_do(visit: Visit) -> int:
    return PORTAL.distance(visit.content, visit.state, "portal.accepted", "papers")


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("home.owner", "company", "Une société"), ("home.attest", "on", ""), ("home.rent", "620", "620"), ("x", "y", "y")],
)
def test_an_example_is_told_in_words(field: str, text: str, words: str) -> None:
    assert PORTAL.worded(Visit().content, field, text) == words


def test_documents_are_attached_taken_out_and_accepted() -> None:
    visit = Visit(start=Start(page="papers"))
    assert only(visit.attach("lease", "lease")) == Fact("portal.attached", "lease", {"slot": "lease"}, "bail.pdf")
    assert only(visit.do("portal.next")).data["fields"] == frozenset({"papers.rib"})
    assert only(visit.do("portal.detach lease")) == Fact("portal.detached", "lease", {"slot": "lease"}, "bail.pdf")
    visit.attach("lease", "lease")
    visit.attach("rib", "rib")
    assert visit.screen.here == 2
    assert only(visit.do("portal.next")).data["values"] == {"papers.lease": "lease", "papers.rib": "rib"}
    assert visit.state.at == "check"


def test_the_search_tries_a_document_only_where_it_may_belong() -> None:
    visit = Visit(start=Start(page="papers"))
    visit.do("portal.choose lease")
    also = {name: act.also for name, act in visit.offers.items()}
    assert also["portal.attach lease:lease"] == ("lease",)
    assert also["portal.attach lease:rib"] == ()
    assert set(PORTAL.names(visit.content)) == {"lease", "heavy", "rib"}


# The summary, the receipt ----------------------------------------------------------------------


def test_a_mistake_is_found_on_the_summary_corrected_and_sent() -> None:
    visit = Visit().reach_summary()
    visit.state = PORTAL.prepare(
        visit.content, visit.state, Start(page="check", given={"home.rent": "260"}), visit.desk
    )
    assert ("Loyer", "260 €") in visit.screen.recaps[1].lines
    wrong = Visit()
    wrong.state = visit.state
    sent = only(wrong.do("portal.send ask")).data["values"]
    assert isinstance(sent, dict)
    assert sent["home.rent"] == "260"

    visit.do("portal.edit home")
    unchanged = visit.do("portal.next")
    assert unchanged.said is not None
    assert unchanged.said.text == "Vérifiez : 260 € ?"
    assert kinds(visit.do("portal.next", home__rent="620")) == ["portal.accepted", "portal.changed"]
    assert visit.state.at == "check"
    fact = only(visit.do("portal.send ask"))
    values = fact.data["values"]
    assert isinstance(values, dict)
    assert (fact.about, values["home.rent"], values["papers.rib"]) == ("ask", "620", "rib")


def test_a_page_accepted_again_without_a_change_is_not_changed() -> None:
    visit = Visit().reach_summary()
    visit.do("portal.edit home")
    assert kinds(visit.do("portal.next", home__rent="620,00")) == ["portal.accepted"]


def test_a_page_corrected_on_the_way_back_is_changed_too() -> None:
    visit = Visit().reach_summary()
    given = Start(page="check", given={"home.rent": "260"})
    visit.state = PORTAL.prepare(visit.content, visit.state, given, visit.desk)
    visit.do("portal.previous")
    visit.do("portal.previous")
    assert kinds(visit.do("portal.next", home__rent="620")) == ["portal.accepted", "portal.changed"]


def test_a_form_that_lacks_a_page_is_not_sent() -> None:
    visit = Visit(start=Start(page="check"))
    assert only(visit.do("portal.send ask")).data["fields"] == frozenset({"you", "home", "papers"})
    assert [recap.error for recap in visit.screen.recaps] == [True, True, True]


def test_the_receipt_comes_to_the_device_and_is_found_again_from_the_home_page() -> None:
    visit = Visit().reach_summary()
    visit.do("portal.send ask")
    assert visit.screen.number == "7000123"
    assert only(visit.do("portal.download receipt")) == Fact("portal.downloaded", "receipt", shown="demande.pdf")
    assert "receipt" in visit.desk.documents
    visit.do("portal.home")
    assert [door.sent for door in visit.screen.doors] == [False, True]
    visit.do("portal.see ask")
    assert visit.screen.number == "7000123"


def test_a_form_without_a_summary_is_sent_by_its_last_page() -> None:
    pages = [
        {"id": "only", "title": "Une page", "fields": [{"id": "x", "label": "X", "from": "oui"}]},
        {"id": "end", "title": "Fin", "receipt": {"number": 1}},
    ]
    home = {"text": "Bonjour", "doors": [{"form": "short", "label": "Écrire"}]}
    visit = Visit({"name": "Site", "home": home, "forms": [{"id": "short", "pages": pages}]})
    visit.do("portal.open short")
    assert kinds(visit.do("portal.next", only__x="oui")) == ["portal.accepted", "portal.sent"]


def test_messages_arrive_by_a_rule_or_on_their_day() -> None:
    visit = Visit()
    visit.do("portal.inbox")
    assert [name for name in visit.offers if name.startswith("portal.read")] == []
    visit.state = PORTAL.effect(visit.content, visit.state, "deliver", "received", False, visit.desk)
    visit.desk = replace(visit.desk, day=7)
    assert [row.act for row in visit.screen.letters] == ["portal.read received", "portal.read missing"]
    assert PORTAL.news(visit.content, visit.state, visit.desk) == 2
    assert only(visit.do("portal.read missing")) == Fact("portal.read", "missing", shown="Il manque un document")
    assert PORTAL.news(visit.content, visit.state, visit.desk) == 1


# The calculator --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("12 × 1050", "12 600"),
        ("12x1 050", "12 600"),
        ("12 * 1 050 =", "12 600"),
        ("620 + 60", "680"),
        ("1 / 3", "0,33"),
        ("0,1 + 0,2", "0,3"),
        ("1 : 4", "0,25"),
        ("2 - 5", "-3"),
        ("-(2 + 3) × 2", "-10"),
        ("0 - 0,001", "0"),
        ("", None),
        ("douze", None),
        ("1 / 0", None),
        ("(1 + 2", None),
        ("1 2 + ) 3", None),
        ("9" * 13, None),
        ("1+" * 30 + "1", None),
        ("__import__('os')", None),
        ("2 ** 9", None),
    ],
)
def test_the_calculator_reads_sums_as_people_write_them(text: str, result: str | None) -> None:
    assert portal_calculator.result(text) == result


@given(st.text(alphabet="0123456789 ×x+-/():,.*€=", max_size=60))
def test_the_calculator_never_fails(text: str) -> None:
    assert portal_calculator.result(text) is None or portal_calculator.result(text) != ""


def test_the_calculator_is_a_small_form_over_the_page() -> None:
    visit = Visit()
    visit.do("portal.open test")
    visit.do("portal.calculator")
    visit.do("portal.calculate", calculation="12 × 1050")
    assert visit.screen.counted == "12 × 1050 = 12 600"
    visit.do("portal.close")
    assert visit.screen.view == "page"


# An account ------------------------------------------------------------------------------------

ACCOUNT: dict[str, Any] = {
    **SITE,
    "account": {
        "code": {"from": "482 913", "wrong": [{"is": "120 774", "say": "Ce code est ancien. Prenez le plus récent."}]},
    },
}
OWN = "Mon-Propre-Secret-77"


def plain(state: PortalState) -> Any:
    return TypeAdapter(PortalState).dump_python(state, mode="json")


def sign_up(visit: Visit, password: str = OWN, again: str = OWN) -> Moved:
    visit.do("portal.sign-up")
    fields = {"sign-up__email": CARD[6].values[0], "sign-up__password": password, "sign-up__again": again}
    return visit.do("portal.next", **fields)


def test_outside_one_can_only_sign_up_or_in() -> None:
    visit = Visit(ACCOUNT)
    assert list(visit.offers) == ["portal.sign-up", "portal.sign-in"]
    assert visit.screen.who == ""


def test_an_account_is_made_opened_by_its_code_left_and_entered_again() -> None:
    visit = Visit(ACCOUNT)
    assert only(sign_up(visit)).kind == "portal.signed_up"
    old = visit.do("portal.next", code__code="120774")
    assert old.said is not None
    assert old.said.text == "Ce code est ancien. Prenez le plus récent."
    assert only(visit.do("portal.next", code__code="48291")).kind == "portal.refused"
    assert only(visit.do("portal.next", code__code="482913")).kind == "portal.code_accepted"
    assert "portal.open ask" in visit.offers
    assert only(visit.do("portal.sign-out")).kind == "portal.signed_out"
    visit.do("portal.sign-in")
    email = CARD[6].values[0]
    wrong = visit.do("portal.next", **{"sign-in__email": email, "sign-in__password": OWN})
    assert wrong.said is not None
    assert dict(wrong.said.data)["label"] == "Mot de passe"
    right = visit.do("portal.next", **{"sign-in__email": email, "sign-in__password": "Soleil-Marche-48!"})
    assert only(right).kind == "portal.signed_in"


@pytest.mark.parametrize(
    ("password", "again", "fields"),
    [
        ("", "", {"sign-up.password", "sign-up.again"}),
        (OWN, "", {"sign-up.again"}),
        (OWN, OWN + "8", {"sign-up.again"}),
    ],
)
def test_a_password_is_checked_and_confirmed_in_one_act(password: str, again: str, fields: set[str]) -> None:
    visit = Visit(ACCOUNT)
    assert only(sign_up(visit, password, again)).data["fields"] == frozenset(fields)
    assert [field.value for field in visit.screen.fields] == [CARD[6].values[0], "", ""]


@pytest.mark.parametrize("deed", ["portal.sign-up", "portal.sign-in"])
def test_the_site_refuses_an_account_that_is_there_already_or_not_yet(deed: str) -> None:
    exists = {**SITE, "account": {"exists": True}}
    visit = Visit(exists if deed == "portal.sign-up" else ACCOUNT)
    visit.do(deed)
    moved = visit.fill()
    assert only(moved).kind == "portal.refused"
    assert visit.sentences[0] == (
        "Cette adresse a déjà un compte. Connectez-vous."
        if deed == "portal.sign-up"
        else "Il n'y a pas encore de compte avec cette adresse."
    )


def test_a_form_can_come_before_the_sign_up_page() -> None:
    site = {**SITE, "account": {"first": "test"}}
    visit = Visit(site)
    visit.do("portal.sign-up")
    assert visit.state.at == "sim"
    visit.fill()
    visit.do("portal.next")
    assert visit.state.at == "sign-up"


def test_the_code_arrives_in_the_mail_by_a_rule_and_the_search_plays_it_all() -> None:
    scene = account_scene()
    state = world.start(scene, TODAY)
    ways = []
    for way in solver.solve(scene, state):
        ways.append([act.name for act in way.acts])
        state = way.end
    assert ways == [
        ["browser.visit"],
        ["portal.sign-up", "portal.next"],
        ["device.switch mail", "mail.open code-mail"],
        ["device.switch browser", "portal.next"],
        ["portal.sign-out"],
        ["portal.sign-in", "portal.next"],
    ]
    assert "Soleil" not in json.dumps(dump(state))
    assert load(json.loads(json.dumps(dump(state)))) == state


def account_scene() -> Scene:
    sender = {"name": "Mes Services", "address": "ne-pas-repondre@mes-services.example"}
    mail = {"id": "code-mail", "from": sender, "subject": "Votre code", "body": "Votre code : 482 913", "later": True}
    site = {"id": "services", "title": "Mes Services", "address": "mes-services.example", "portal": True}
    page = {"id": "engine-home", "title": "Cherche", "body": [{"text": "Bonjour"}]}
    engine = {"id": "engine", "title": "Cherche", "address": "cherche.example", "pages": [page]}
    apps = {
        "browser": {"home": "engine-home", "sites": [engine, site]},
        "portal": ACCOUNT,
        "mail": {"messages": [mail]},
    }
    place = WorldContent.model_validate({"open": "browser", "apps": apps})
    arrived = {"id": "arrived", "fact": "browser.visited", "with": {"site": "services"}}
    plot = Plot.model_validate(
        {
            "goals": [
                {**arrived, "try": {"address": "mes-services.example"}},
                {"id": "made", "fact": "portal.signed_up"},
                {"id": "read", "fact": "mail.opened", "about": "code-mail"},
                {"id": "opened", "fact": "portal.code_accepted"},
                {"id": "left", "fact": "portal.signed_out"},
                {"id": "back", "fact": "portal.signed_in"},
            ],
            "rules": [{"when": {"fact": "portal.signed_up"}, "then": [{"mail.deliver": "code-mail"}]}],
        }
    )
    return Scene(place, plot, setting_of(OWNER, {}, place, CARD))


# Real-looking data ------------------------------------------------------------------------------


def bank_scene(ways: dict[str, str], wrong: list[dict[str, str]]) -> Scene:
    account = {"id": "iban", "label": "IBAN", "format": "iban", "from": "card.iban", "ways": ways, "wrong": wrong}
    forms = [{"id": "pay", "pages": [{"id": "bank", "title": "RIB", "fields": [account]}]}]
    site = {"name": "Site", "home": {"text": "Bonjour", "doors": [{"form": "pay", "label": "RIB"}]}, "forms": forms}
    place = WorldContent.model_validate({"open": "portal", "apps": {"portal": site}})
    plot = Plot.model_validate({"goals": [{"id": "ok", "fact": "portal.accepted"}]})
    card = (CardLine("iban", "IBAN", ("FR76 0000 0000 0000 0000 0001 261",)),)
    return Scene(place, plot, setting_of(OWNER, {}, place, card))


@pytest.mark.parametrize(
    ("typed", "ways", "wrong", "says"),
    [
        ("4970 1000 0000 0055", {}, [], real_data.SENTENCE),
        ("4970 1000 0000 0055", {"card-number": "Jamais ici."}, [], "Jamais ici."),
        ("FR14 2004 1010 0505 0001 3M02 606", {"card-number": "Jamais ici."}, [], real_data.SENTENCE),
        (
            "FR14 2004 1010 0505 0001 3M02 606",
            {},
            [{"is": "FR14 2004 1010 0505 0001 3M02 606", "say": "C'est un exemple du site."}],
            "C'est un exemple du site.",
        ),
    ],
)
def test_a_real_looking_number_is_never_kept_and_the_author_s_own_sentence_comes_first(
    typed: str, ways: dict[str, str], wrong: list[dict[str, str]], says: str
) -> None:
    scene = bank_scene(ways, wrong)
    state = world.act(scene, world.start(scene, TODAY), Act("portal.open", "pay")).state
    step = world.act(scene, state, Act("portal.next", fields=(("bank.iban", typed),)))
    assert [said.text for said in step.said] == [says]
    assert step.reached == ()
    assert typed[:12] not in json.dumps(dump(step.state))


# Whatever one does -----------------------------------------------------------------------------

TYPED = st.one_of(
    st.text(max_size=200),
    st.sampled_from(["620", "DIALLO", "09/06/1990", "09/06/90", "company", "on", "", "Awa", "0", "482 913", "é@"]),
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_random_acts_with_random_text_never_fail_and_never_keep_a_password(data: st.DataObject) -> None:
    visit = Visit(ACCOUNT if data.draw(st.booleans()) else SITE)
    secret = "Zx-" + data.draw(st.text(alphabet="abcdef", min_size=9, max_size=12))
    for _ in range(data.draw(st.integers(1, 25))):
        act = data.draw(st.sampled_from(list(visit.offers.values())))
        typed = {
            name: secret if name.endswith(("password", "again")) else data.draw(st.just(text) | TYPED)
            for name, text in act.fields
        }
        if act.deed == "next" and data.draw(st.booleans()):
            examples = PORTAL.examples(visit.content, visit.state, act, visit.desk)
            typed |= {name: text for name, text in examples.items() if name in typed and typed[name] != secret}
        visit.do(act.name, **{name.replace(".", "__"): text for name, text in typed.items()})
        stored = plain(visit.state)
        assert TypeAdapter(PortalState).validate_python(json.loads(json.dumps(stored))) == visit.state
        assert secret not in json.dumps(stored)
        assert visit.screen is not None
        assert len(visit.offers) == len(list(PORTAL.actions(visit.content, visit.state, visit.desk)))


def test_no_act_is_a_dead_end() -> None:
    """From every state of a small site the home page can be reached again."""
    visit = Visit()
    seen, queue = {visit.state}, [visit.state]
    while queue and len(seen) < 400:
        here = queue.pop(0)
        visit.state = here
        for name in visit.offers:
            visit.state = here
            visit.do(name)
            if visit.state not in seen:
                seen.add(visit.state)
                queue.append(visit.state)
    for state in seen:
        steps = 0
        while state.at:
            before = PORTAL.back(visit.content, state, visit.desk)
            assert before is not None
            state, steps = before, steps + 1
            assert steps < 12


# What an author may not write ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ({"id": "p", "title": "P"}, "exactly one of"),
        ({"id": "p", "title": "P", "result": "R", "summary": ["p"]}, "exactly one of"),
        ({"id": "p", "title": "P", "fields": [{"id": "a", "label": "A", "format": "number"}]}, "no format is called"),
        (
            {
                "id": "p",
                "title": "P",
                "fields": [{"id": "a", "label": "A", "format": "one-of", "options": {True: "Oui"}}],
            },
            "never yes or no",
        ),
        ({"id": "p", "title": "P", "fields": [{"id": "a", "label": "A", "format": "one-of"}]}, "needs options"),
        (
            {"id": "p", "title": "P", "fields": [{"id": "a", "label": "A", "shown_if": {"b": True}}]},
            "not a field of this page",
        ),
        ({"id": "p", "title": "P", "summary": ["nowhere"]}, "not a page of"),
    ],
)
def test_an_author_is_told_what_is_wrong_with_a_page(page: dict[str, Any], problem: str) -> None:
    site = {"name": "Site", "home": {"text": "Bonjour"}, "forms": [{"id": "f", "pages": [page]}]}
    with pytest.raises(ValidationError, match=problem):
        PortalContent.model_validate(site)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"home": {"text": "B", "doors": [{"form": "nowhere", "label": "X"}]}}, "not a form of this portal"),
        ({"inbox": [{"id": "sim", "subject": "S", "body": "B"}]}, "names two things"),
        ({"account": {"first": "nowhere"}}, "not a form of this portal"),
    ],
)
def test_an_author_is_told_what_is_wrong_with_a_site(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        PortalContent.model_validate({**SITE, **change})
