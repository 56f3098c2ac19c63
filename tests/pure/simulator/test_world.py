"""Goals, wrong acts, remarks, rules: what the words of a scene mean."""

from app.pure.simulator import solver, world
from app.pure.simulator.state import dump, load
from tests.pure.simulator.stories import TODAY, begin, do, play, scene

OPEN_LEA = """
goals:
  - id: opened
    fact: mail.opened
    about: lea
    say: Ouvrez.
    done: Ouvert.
    else: [{undo: false, say: "C'est : {name}."}]
"""
ANSWER = """
goals:
  - id: sent
    fact: mail.sent
    with: {how: reply, to: lea-martin, words: {min: 3}}
    say: Répondez.
    done: Parti.
    try: {body: "Bonjour Léa, je viens."}
    else:
      - {with: {words: none}, say: Vide., try: {body: ""}}
      - {with: {words: {max: 2}}, say: Trop court.}
traps:
  - {fact: mail.started, with: {how: forward}, say: "Choisissez [Répondre]."}
  - {fact: mail.attached, about: {not: proof}, while: sent, undo: false, say: "Vous avez joint {name}."}
remarks:
  - {fact: mail.sent, with: {greets: false}, say: Dites bonjour.}
rules:
  - when: {fact: mail.sent, with: {attachments: none}}
    then: [{mail.deliver: no-file, again: true}]
    say: Il manque le fichier.
"""


def said(step: world.Step) -> list[tuple[str, str]]:
    return [(line.tone, line.text) for line in step.said]


def test_a_goal_is_reached_by_its_fact_and_the_last_one_ends_the_scene() -> None:
    step = play(scene(OPEN_LEA), "mail.open lea")
    assert said(step) == [("done", "Ouvert.")]
    assert step.done


def test_else_answers_the_same_fact_with_another_pattern_and_may_keep_it() -> None:
    step = play(scene(OPEN_LEA), "mail.open shop")
    assert said(step) == [("wrong", "C'est : {name}.")]
    assert step.said[0].data == (("name", "Boutique"),)
    assert step.state.app("mail").open == "shop"


def test_else_takes_back_the_deed_but_never_what_was_typed() -> None:
    it = scene(ANSWER)
    step = play(it, "mail.open lea", "mail.reply", "mail.send", body="Je viens")
    assert said(step) == [("wrong", "Trop court.")]
    assert step.undone
    assert step.state.app("mail").draft.body == "Je viens"
    assert not step.state.app("mail").sent


def test_the_first_else_that_matches_speaks() -> None:
    step = play(scene(ANSWER), "mail.open lea", "mail.reply", "mail.send", body="")
    assert said(step) == [("wrong", "Vide.")]


def test_a_trap_answers_and_undoes() -> None:
    step = play(scene(ANSWER), "mail.open lea", "mail.forward")
    assert said(step) == [("wrong", "Choisissez [Répondre].")]
    assert step.state.app("mail").draft is None


def test_a_trap_may_keep_what_was_done() -> None:
    step = play(scene(ANSWER), "mail.open lea", "mail.reply", "mail.attach", "mail.attach photo")
    assert step.state.app("mail").draft.attachments == {"photo"}
    assert step.said[0].data == (("name", "photo.jpg"),)


def test_goal_rule_and_remark_speak_in_that_order() -> None:
    step = play(scene(ANSWER), "mail.open lea", "mail.reply", "mail.send", body="Je viens mardi.")
    assert said(step) == [("done", "Parti."), ("note", "Il manque le fichier."), ("note", "Dites bonjour.")]
    assert step.state.app("mail").delivered == ("no-file",)


def test_wandering_is_allowed_and_says_nothing() -> None:
    step = play(scene(ANSWER), "mail.folder spam", "mail.open prize")
    assert step.said == ()


TWO = """
goals:
  - {id: one, fact: mail.opened, about: lea, say: Ouvrez Léa., done: Un.}
  - {id: two, fact: mail.folder_opened, about: sent, say: Ouvrez Envoyés., done: Deux.}
"""


def test_what_happened_before_its_goal_came_up_counts_when_it_comes_up() -> None:
    it = scene(TWO)
    step = do(it, do(it, begin(it), "mail.folder sent").state, "mail.folder inbox")
    step = do(it, step.state, "mail.open lea")
    assert step.reached == ("one", "two")
    assert step.done


def test_unless_the_goal_says_again() -> None:
    it = scene(TWO.replace("about: sent,", "about: sent, again: true,"))
    step = do(it, do(it, begin(it), "mail.folder sent").state, "mail.folder inbox")
    assert do(it, step.state, "mail.open lea").reached == ("one",)


def test_any_order_groups_the_goals() -> None:
    it = scene("any_order: true" + TWO)
    step = do(it, begin(it), "mail.folder sent")
    assert step.reached == ("two",)
    assert do(it, do(it, step.state, "mail.folder inbox").state, "mail.open lea").done


def test_times_asks_for_several() -> None:
    it = scene("goals: [{id: three, fact: mail.opened, times: 3, say: Ouvrez trois e-mails.}]")
    step = do(it, begin(it), "mail.open lea")
    step = do(it, step.state, "mail.open shop")
    assert not step.reached
    assert do(it, step.state, "mail.open team").done


ASK = """
goals:
  - {id: when, ask: "C'est quand ?", accept: [14 h], normal: hour, help: [Cherchez., Lisez.],
     wrong: [{is: 18 h, say: L'autre jour.}, {say: Relisez.}]}
"""


def test_a_question_is_judged_by_its_kind_and_never_kept() -> None:
    it = scene(ASK)
    assert said(play(it, "coach.answer when", answer="18:00")) == [("wrong", "L'autre jour.")]
    assert said(play(it, "coach.answer when", answer="?")) == [("wrong", "Relisez.")]
    step = play(it, "coach.answer when", answer="14h")
    assert step.done
    assert "14h" not in str(dump(step.state))


def test_a_scene_begins_where_the_solvers_way_through_the_one_before_ends() -> None:
    first = scene(ANSWER)
    second = scene("goals: [{id: s, fact: mail.folder_opened, about: sent, say: Ouvrez.}]", before=first, after="first")
    sent = begin(second).app("mail").sent
    assert [draft.body for draft in sent] == ["Bonjour Léa, je viens."]
    assert begin(second).reached == ()


def test_the_state_goes_out_and_comes_back() -> None:
    state = play(scene(ANSWER), "mail.open lea", "mail.reply", "mail.attach", "mail.attach photo").state
    assert load(dump(state)) == state
    assert hash(load(dump(state))) == hash(state)


def test_the_way_is_the_shortest_and_types_the_authors_example() -> None:
    it = scene(ANSWER)
    way = solver.way(it, begin(it))
    assert [act.name for act in way.acts] == ["mail.open lea", "mail.reply", "mail.send"]
    assert way.acts[-1].typed("body") == "Bonjour Léa, je viens."


def test_what_is_typed_already_and_good_is_left_alone() -> None:
    it = scene(ANSWER)
    step = play(it, "mail.open lea", "mail.reply", "mail.attach", body="Oui je viens avec joie")
    way = solver.way(it, step.state)
    assert way.acts[-1].typed("body") == "Oui je viens avec joie"


def test_no_way_is_said_and_not_looped_over() -> None:
    it = scene("goals: [{id: never, fact: mail.opened, about: nobody, say: Ouvrez.}]")
    try:
        solver.ending(it, TODAY)
    except solver.NoWay as why:
        assert "lead nowhere" in str(why)
    else:
        raise AssertionError("a goal nobody can reach was reached")
