"""The pretend mailbox behaves like a real one."""

import pytest

from app.pure.simulator import world
from tests.pure.simulator.stories import begin, do, play, scene


def offers(it, state):
    return [act.name for act in world.actions(it, state)]


def test_a_mailbox_opens_on_what_has_come_newest_first() -> None:
    it = scene()
    opened = [name for name in offers(it, begin(it)) if name.startswith("mail.open")]
    assert opened == ["mail.open lea", "mail.open shop", "mail.open team", "mail.open with-file"]


def test_a_message_of_next_week_comes_when_the_story_reaches_it() -> None:
    it = scene(day="+7")
    assert "mail.open next-week" in offers(it, begin(it))
    assert "mail.open no-file" not in offers(it, begin(it))


def test_reading_makes_a_message_read_and_says_who_wrote_it() -> None:
    it = scene()
    step = play(it, "mail.open lea")
    assert [(f.kind, f.about, f.shown) for f in step.facts] == [("mail.opened", "lea", "Léa Martin")]
    assert "lea" in step.state.app("mail").read


@pytest.mark.parametrize(
    ("button", "to", "subject"),
    [
        ("mail.reply", "lea.martin@maison-numerique.example", "Re : Le groupe"),
        ("mail.reply-all", "lea.martin@maison-numerique.example", "Re : Le groupe"),
        ("mail.forward", "", "Tr : Le groupe"),
    ],
)
def test_an_answer_begins_with_the_right_address_and_subject(button: str, to: str, subject: str) -> None:
    draft = play(scene(), "mail.open team", button).state.app("mail").draft
    assert (draft.to, draft.subject) == (to, subject)


def test_what_was_typed_stays_whatever_button_is_pressed() -> None:
    it = scene()
    step = play(it, "mail.open lea", "mail.reply", "mail.attach", body="Bonjour Léa")
    assert step.state.app("mail").draft.body == "Bonjour Léa"
    step = do(it, step.state, "mail.attach proof")
    assert step.state.app("mail").draft.body == "Bonjour Léa"
    assert step.state.app("mail").draft.attachments == {"proof"}


@pytest.mark.parametrize(
    ("to", "way"),
    [("", "empty"), ("lea martin@x.example", "space"), ("lea.example", "no-at"), ("lea@maison", "no-dot")],
)
def test_a_wrong_address_is_refused_by_the_mailbox_and_kept(to: str, way: str) -> None:
    step = play(scene(), "mail.new", "mail.send", to=to, subject="Bonjour", body="Un mot.")
    assert [(f.kind, f.data["way"]) for f in step.facts] == [("mail.refused", way)]
    assert step.state.app("mail").draft.to == to


def test_a_sent_message_says_how_it_was_sent() -> None:
    body = "Bonjour Léa, je viens mardi. Merci."
    step = play(scene(), "mail.open lea", "mail.reply", "mail.send", body=body)
    fact = step.facts[0]
    assert fact.kind == "mail.sent"
    assert fact.data["how"] == "reply"
    assert fact.data["to"] == {"lea-martin"}
    assert (fact.data["words"], fact.data["sentences"], fact.data["greets"]) == (6, 2, True)
    assert len(step.state.app("mail").sent) == 1


def test_a_mailbox_asks_when_the_promised_file_is_missing() -> None:
    it = scene()
    step = play(it, "mail.open lea", "mail.reply", "mail.send", body="Bonjour, voici la pièce jointe.")
    assert [f.kind for f in step.facts] == ["mail.asked_no_file"]
    assert {"mail.keep-writing", "mail.send-anyway"} <= set(offers(it, step.state))
    assert [f.kind for f in do(it, step.state, "mail.send-anyway").facts] == ["mail.sent"]


def test_an_address_nobody_has_comes_back() -> None:
    it = scene()
    step = play(it, "mail.new", "mail.send", to="personne@courriel.example", subject="Essai", body="Bonjour.")
    assert [f.kind for f in step.facts] == ["mail.sent", "mail.bounced"]
    assert "mail.open bounced-0" in offers(it, step.state)


def test_a_half_written_message_waits_in_the_drafts() -> None:
    it = scene()
    step = play(it, "mail.open lea", "mail.reply", "mail.close", body="Je viens")
    step = do(it, step.state, "mail.folder drafts")
    step = do(it, step.state, "mail.open draft-0")
    assert step.state.app("mail").draft.body == "Je viens"


def test_what_is_deleted_can_be_taken_back() -> None:
    it = scene()
    step = play(it, "mail.open lea", "mail.delete lea")
    assert step.facts[0].kind == "mail.deleted"
    step = do(it, do(it, step.state, "mail.folder trash").state, "mail.open lea")
    step = do(it, step.state, "mail.restore lea")
    assert step.facts[0].kind == "mail.restored"
    assert "mail.open lea" in offers(it, do(it, step.state, "mail.folder inbox").state)


def test_a_message_goes_into_a_folder_of_the_author() -> None:
    it = scene()
    step = play(it, "mail.open lea", "mail.move lea:keep")
    assert (step.facts[0].about, step.facts[0].data) == ("lea", {"to": "keep"})
    assert "mail.open lea" in offers(it, do(it, step.state, "mail.folder keep").state)


def test_a_received_file_is_kept_on_the_device() -> None:
    step = play(scene(), "mail.open with-file", "mail.save paper")
    assert step.facts[0].kind == "mail.saved"
    assert "paper" in step.state.documents


def test_a_followed_link_is_a_fact() -> None:
    assert play(scene(), "mail.open shop", "mail.follow shop").facts[0].kind == "mail.link_followed"


def test_real_looking_data_is_refused_and_not_kept() -> None:
    step = play(scene(), "mail.open lea", "mail.reply", "mail.send", to="jean.dupont@gmail.com", body="Bonjour Jean")
    assert step.undone
    assert "carte" in step.said[0].text
    assert step.state.app("mail").draft.to == "lea.martin@maison-numerique.example"
    assert step.state.app("mail").draft.body == "Bonjour Jean"
