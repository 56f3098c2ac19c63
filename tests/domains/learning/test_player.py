"""An answer is judged, saved once, and only then said to be saved."""

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from app.domains.learning import store
from app.domains.learning.player import CHANGED, STALE, Learning, revision_of
from app.domains.learning.progress import gained_by, merge
from app.domains.people import privacy
from app.storage.writer import NotSaved
from tests import makers
from tests.makers import Learner, run, stop


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = makers.engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def learning(engine: Engine) -> Iterator[Learning]:
    made = makers.learning(engine)
    yield made
    made.writer.close()
    made.reader.close()


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        names = ("person", "session", "event", "step_state", "module_progress")
        return {name: connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one() for name in names}


def dumped(engine: Engine) -> str:
    with engine.connect() as connection:
        rows = [
            [str(value) for value in row]
            for name in ("event", "step_state", "module_progress", "person")
            for row in connection.execute(sa.text(f"SELECT * FROM {name}"))
        ]
    return json.dumps(rows, ensure_ascii=False)


def test_looking_makes_no_row(learning: Learning, engine: Engine) -> None:
    reply = run(learning.show(None, stop("when"), makers.NOW))
    assert reply.me is None
    assert set(counts(engine).values()) == {0}


def test_the_first_answer_makes_a_guest_and_is_remembered(learning: Learning, engine: Engine) -> None:
    amina = Learner(learning)
    reply = amina.answer(stop("when"), {"choice": ["thursday"]})
    assert (reply.outcome.tone, reply.done) == ("wrong", False)
    assert reply.token
    assert counts(engine) == {"person": 1, "session": 1, "event": 1, "step_state": 1, "module_progress": 1}
    again = run(learning.show(amina.token, stop("when"), makers.NOW))
    assert (again.state, again.outcome, again.revision) == (reply.state, reply.outcome, reply.revision)


def test_a_right_answer_is_done_and_counts_as_alone(learning: Learning) -> None:
    reply = Learner(learning).answer(stop("when"), {"choice": ["tuesday"]})
    assert reply.done
    assert reply.levels == {"when": "alone"}


@pytest.mark.parametrize(
    ("asked", "level"), [([], "alone"), (["hint"], "helped"), (["hint", "show"], "helped"), (["do"], "guided")]
)
def test_help_taken_is_remembered_in_the_level(learning: Learning, asked: list[str], level: str) -> None:
    amina = Learner(learning)
    for each in asked:
        amina.answer(stop("when"), {"help": [each]})
    if not amina.last.done:
        amina.answer(stop("when"), {"choice": ["tuesday"]})
    assert amina.last.levels == {"when": level}


def test_the_best_attempt_counts(learning: Learning) -> None:
    amina = Learner(learning)
    amina.answer(stop("when"), {"help": ["do"]})
    amina.answer(stop("when"), {"again": ["yes"]})
    assert amina.answer(stop("when"), {"choice": ["tuesday"]}).levels == {"when": "alone"}
    amina.answer(stop("when"), {"again": ["yes"]})
    assert amina.answer(stop("when"), {"help": ["do"]}).levels == {"when": "alone"}


def test_five_repeats_at_once_are_one_answer_and_one_page(learning: Learning, engine: Engine) -> None:
    once, at = uuid4(), stop("when")

    async def all_() -> list:
        answers = (learning.answer(None, at, {"choice": ["tuesday"]}, "0", once, makers.NOW, "fr") for _ in range(5))
        return await asyncio.gather(*answers)

    replies = asyncio.run(all_())
    assert len({reply.token for reply in replies}) == 1
    assert {(reply.outcome.tone, reply.revision, reply.done) for reply in replies} == {("right", 1, True)}
    assert counts(engine)["event"] == counts(engine)["person"] == 1


def test_five_repeats_of_a_later_act_are_one_event(learning: Learning, engine: Engine) -> None:
    amina = Learner(learning)
    amina.answer(stop("when"), {"choice": ["thursday"]})
    once, at = uuid4(), stop("when")

    async def all_() -> list:
        answers = (
            learning.answer(amina.token, at, {"choice": ["four"]}, "1", once, makers.NOW, "fr") for _ in range(5)
        )
        return await asyncio.gather(*answers)

    replies = asyncio.run(all_())
    assert {reply.revision for reply in replies} == {2}
    assert {reply.outcome.lines[0].text for reply in replies} == {"14 h, c'est deux heures de l'après-midi."}
    assert counts(engine)["event"] == 2


def test_two_tabs_the_older_page_gets_the_current_one_and_nothing_is_lost(learning: Learning, engine: Engine) -> None:
    amina = Learner(learning)
    amina.answer(stop("when"), {"choice": ["thursday"]})
    other_tab = amina.answer(stop("when"), {"choice": ["tuesday"]}, revision="0")
    assert other_tab.outcome.tone == "note"
    assert other_tab.outcome.lines[0].text == STALE
    assert other_tab.state == {"picked": ["thursday"]}
    assert counts(engine)["event"] == 1


def test_changed_content_begins_the_step_again_with_a_kind_word(learning: Learning) -> None:
    amina, at = Learner(learning), stop("answer-lea")
    amina.answer(at, {"act": ["mail.reply"]})
    changed = replace(at, content_hash="0123456789abcdef")
    shown = run(learning.show(amina.token, changed, makers.NOW))
    assert shown.outcome.lines[0].text == CHANGED
    assert shown.state == at.step.begin(at.place)
    old_page = amina.answer(changed, {"act": ["mail.send"]}, revision=revision_of(amina.last, at))
    assert old_page.outcome.lines[0].text == CHANGED
    assert amina.answer(changed, {"act": ["mail.reply"]}).revision == 2


def test_what_is_typed_leaves_the_database_when_the_step_is_done(learning: Learning, engine: Engine) -> None:
    amina, at = Learner(learning), stop("answer-lea")
    amina.answer(at, {"act": ["mail.reply"]})
    typed = "Bonjour Léa, le perroquet vient mardi."
    amina.answer(at, {"act": ["mail.attach"], "body": [typed]})
    assert "perroquet" in dumped(engine)
    amina.answer(at, {"act": ["mail.close-panel"]})
    reply = amina.answer(at, {"act": ["mail.send"], "body": [typed]})
    assert reply.done
    assert "perroquet" not in dumped(engine)


def test_the_log_holds_no_typed_text(learning: Learning, engine: Engine) -> None:
    amina, at = Learner(learning), stop("answer-lea")
    amina.answer(at, {"act": ["mail.reply"]})
    amina.answer(at, {"act": ["mail.send"], "body": ["perroquet"]})
    with engine.connect() as connection:
        events = [str(row) for row in connection.execute(sa.text("SELECT data FROM event"))]
    assert len(events) == 2
    assert not any("perroquet" in event for event in events)


def test_asking_for_help_keeps_what_was_typed(learning: Learning) -> None:
    amina, at = Learner(learning), stop("answer-lea")
    amina.answer(at, {"act": ["mail.reply"]})
    reply = amina.answer(at, {"help": ["hint"], "body": ["Bonjour Léa"]})
    assert reply.help.level == "hint"
    assert at.step.state(at.place, reply.state).app("mail").draft.body == "Bonjour Léa"


def test_show_me_points_at_the_control_or_lends_an_example(learning: Learning) -> None:
    amina, at = Learner(learning), stop("answer-lea")
    assert amina.answer(at, {"help": ["show"]}).help.point == "mail.reply"
    amina.answer(at, {"act": ["mail.reply"]})
    lent = amina.answer(at, {"help": ["show"]}).help
    assert (lent.field, lent.example) == ("body", "Bonjour Léa, je viens mardi.")


def test_do_it_with_me_finishes_any_scene(learning: Learning) -> None:
    amina, at = Learner(learning), stop("send-proof")
    for _ in range(12):
        if amina.answer(at, {"help": ["do"]}).done:
            break
    assert amina.last.levels == {"send-proof": "guided"}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"choice": ["nobody"]},
        {"choice": ["x" * 60_000]},
        {"act": ["mail.open nothing"]},
        {"help": ["everything"]},
        {"choice": ["tuesday", "thursday"]},
        {"order": [","], "at": ["<script>"], "typed": ["\x00"]},
    ],
)
@pytest.mark.parametrize("name", ["when", "unread", "parts-of-a-mail", "order-a-mail", "answer-lea", "welcome"])
def test_a_hostile_form_gets_the_page_and_a_kind_sentence(learning: Learning, name: str, form: dict) -> None:
    reply = Learner(learning).answer(stop(name), form)
    assert reply.revision <= 1


def test_a_failed_commit_is_said_and_the_same_answer_works_later(learning: Learning, engine: Engine) -> None:
    failing, once = [True], uuid4()

    def refuse(connection: Connection) -> None:
        if failing[0]:
            raise OperationalError("COMMIT", {}, Exception("disk full"))

    sa.event.listen(engine, "commit", refuse)
    amina = Learner(learning)
    with pytest.raises(NotSaved):
        amina.answer(stop("when"), {"choice": ["tuesday"]}, once=once, revision="0")
    failing[0] = False
    assert amina.answer(stop("when"), {"choice": ["tuesday"]}, once=once, revision="0").done
    assert counts(engine)["event"] == 1


def test_a_shared_device_forgets_after_twenty_minutes_and_the_work_is_kept(learning: Learning, engine: Engine) -> None:
    amina = Learner(learning)
    amina.answer(stop("when"), {"choice": ["thursday"]})
    late = run(learning.show(amina.token, stop("when"), makers.NOW + timedelta(minutes=21)))
    assert late.me.status == "asleep"
    gone = run(learning.show(amina.token, stop("when"), makers.NOW + timedelta(days=1)))
    assert gone.me is None
    assert gone.state == {}
    assert counts(engine)["step_state"] == 1


def test_a_repeat_gets_the_very_same_page(learning: Learning) -> None:
    acts: list[tuple[str, dict]] = [
        ("when", {"choice": ["thursday"]}),
        ("when", {"help": ["show"]}),
        ("when", {"choice": ["tuesday"]}),
        ("answer-lea", {"act": ["mail.reply"]}),
        ("answer-lea", {"help": ["show"]}),
        ("answer-lea", {"act": ["mail.send"], "body": ["Bonjour"]}),
    ]
    amina = Learner(learning)
    for name, form in acts:
        once, at = uuid4(), stop(name)
        first = amina.answer(at, form, once=once)
        again = amina.answer(at, form, once=once, revision="0")
        fetched = run(learning.show(amina.token, at, makers.NOW))
        assert replace(again, me=None, token=None) == replace(first, me=None, token=None)
        assert replace(fetched, me=None) == replace(first, me=None, token=None)


def test_five_repeats_of_a_first_answer_with_a_dead_cookie_make_one_guest(learning: Learning, engine: Engine) -> None:
    once, at = uuid4(), stop("when")

    async def all_() -> list:
        form = {"choice": ["tuesday"]}
        answers = (learning.answer("a dead cookie", at, form, "0", once, makers.NOW, "fr") for _ in range(5))
        return await asyncio.gather(*answers)

    replies = asyncio.run(all_())
    assert len({reply.token for reply in replies}) == 1
    assert all(reply.done for reply in replies)
    assert counts(engine)["event"] == counts(engine)["person"] == 1


def test_a_late_tab_does_not_bring_an_erased_person_back(learning: Learning, engine: Engine) -> None:
    amina = Learner(learning)
    amina.answer(stop("when"), {"choice": ["thursday"]})
    run(learning.writer.write(lambda c: privacy.erase(c, amina.last.me.person_id)))
    late = amina.answer(stop("when"), {"choice": ["tuesday"]}, revision=revision_of(amina.last, stop("when")))
    assert late.outcome.lines[0].text == STALE
    assert set(counts(engine).values()) == {0}


def test_an_erasure_between_the_look_and_the_write_loses_no_answer(learning: Learning, engine: Engine) -> None:
    amina = Learner(learning)
    amina.answer(stop("when"), {"choice": ["thursday"]})

    class Meanwhile:
        """A reader after whose first look somebody is erased."""

        looked = False

        async def read(self, deed):
            found = await learning.reader.read(deed)
            if not self.looked:
                self.looked = True
                await learning.writer.write(lambda c: privacy.erase(c, amina.last.me.person_id))
            return found

        def close(self) -> None:
            learning.reader.close()

    late = Learner(replace(learning, reader=Meanwhile()), amina.token)
    reply = late.answer(stop("unread"), {"at": ["mail.open lea"]}, revision="0")
    assert reply.token not in (None, amina.token)
    assert counts(engine)["person"] == counts(engine)["event"] == 1


def test_an_events_id_does_not_open_the_guest_it_made(learning: Learning, engine: Engine) -> None:
    amina, once = Learner(learning), uuid4()
    amina.answer(stop("when"), {"choice": ["thursday"]}, once=once)
    with engine.connect() as connection:
        known = connection.execute(sa.select(store.event.c.id)).scalar_one()
    stranger = Learner(learning)
    stranger.answer(stop("when"), {"choice": ["thursday"]}, once=known, revision="0")
    assert known != once
    assert stranger.last.me.person_id != amina.last.me.person_id


def test_the_log_alone_tells_what_was_achieved(learning: Learning, engine: Engine) -> None:
    amina, chance = Learner(learning), random.Random(7)
    forms = [{"choice": [name]} for name in ("tuesday", "thursday")] + [{"seen": ["yes"]}, {"again": ["yes"]}]
    forms += [{"help": [name]} for name in ("hint", "show", "do")]
    for _ in range(60):
        amina.answer(stop(chance.choice(["when", "welcome", "unread"])), chance.choice(forms))
    with engine.connect() as connection:
        events = list(connection.execute(sa.select(store.event.c.step, store.event.c.data)))
        kept = store.progress_of(connection, amina.last.me.person_id)[0].levels
    chance.shuffle(events)
    told = reduce(merge, (gained_by(row.step, row.data) for row in [*events, *events[:9]]), {})
    assert told == kept
    assert len(kept) == 3


def test_help_taken_before_the_content_changed_does_not_count(learning: Learning) -> None:
    amina, at = Learner(learning), stop("when")
    amina.answer(at, {"help": ["hint"]})
    changed = replace(at, content_hash="0123456789abcdef")
    assert amina.answer(changed, {"choice": ["tuesday"]}).levels == {"when": "alone"}


def test_of_eight_different_acts_on_one_page_one_counts_and_the_others_see_where_they_are(
    learning: Learning, engine: Engine
) -> None:
    amina, at = Learner(learning), stop("when")
    amina.answer(at, {"choice": ["four"]})

    async def all_() -> list:
        acts = [{"choice": [name]} for name in ("four", "thursday", "tuesday", "nobody")] * 2
        answers = (learning.answer(amina.token, at, act, "1", uuid4(), makers.NOW, "fr") for act in acts)
        return await asyncio.gather(*answers)

    replies = asyncio.run(all_())
    assert sorted(reply.outcome.lines[0].text == STALE for reply in replies) == [False] + [True] * 7
    assert {reply.revision for reply in replies} == {2}
    assert counts(engine)["event"] == 2


def test_a_key_that_was_used_for_another_step_is_no_answer(learning: Learning, engine: Engine) -> None:
    amina, once = Learner(learning), uuid4()
    amina.answer(stop("when"), {"choice": ["thursday"]}, once=once)
    reply = amina.answer(stop("welcome"), {"seen": ["yes"]}, once=once)
    assert reply.outcome.lines[0].text == STALE
    assert not reply.done
    assert counts(engine)["event"] == counts(engine)["step_state"] == 1
