"""A courses folder: every fault of every file in one run, each with its place and the way to mend it."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.pure.content import written
from app.pure.content.loader import load
from app.pure.steps.type import Type
from app.settings import HOME
from tests.pure.content.shelf import LESSON, MODULE, PICTURES, lay, problems, told

SHOWN = f"courses/{LESSON}"


def line_of(text: str) -> int:
    return MODULE[: MODULE.index(text)].count("\n") + 1


def test_a_right_folder_has_no_problem(tmp_path: Path) -> None:
    library, found = load(lay(tmp_path), pictures=PICTURES)
    assert found == []
    assert list(library.modules) == ["ma-lecon"] and library.catalogue.themes[0].id == "e-mail"
    assert library.people["mariam"].name == "Mariam Diallo" and library.glossary.keys() == {"expediteur"}
    assert [path.id for path in library.paths] == ["debut"] and library.human_help.keys() == {"france-services"}


SCHEMA = [
    ("level: 1", "level: 4", "level: this must be one of: 1, 2, 3"),
    ("level: 1", "level: one", "level: this must be one of: 1, 2, 3"),
    ("minutes: 10", "minutes: ten", "minutes: this must be a whole number"),
    ("rights: true", "rights: maybe", "rights: this must be true or false"),
    ("recall: [who, open-lea]", "recal: [who]", 'recal: "recal" is not known here; did you mean "recall"?'),
    ("recall: [who, open-lea]", "recall: who", "recall: this must be a list; each line begins with -"),
    ("title: Lire un e-mail", "title: 12", "title: this must be text; put quotes around it"),
    ("kind: explain", "kind: explane", "steps[0]: kind must be one of: choose, explain, match"),
    ("    kind: explain\n", "", "steps[0]: kind must be one of: choose, explain, match"),
    ("    question: Qui écrit ?\n", "", 'steps[2].question: "question" is missing'),
    ('right: true, feedback: "Oui.', 'rigth: true, feedback: "Oui.', 'steps[2].choices[0].rigth: "rigth" is not known'),
    (
        "{id: lea, text: Léa Martin, right: true, ",
        "{id: lea, text: Léa Martin, ",
        'steps[2].choices: no choice is right; mark at least one with "right: true"',
    ),
    (
        "    question: Qui écrit ?\n",
        "    question: Qui écrit ?\n    enough: 2\n",
        "steps[2].enough: 2 are asked for, but 1 of the choices are right",
    ),
    ("{id: lea, at: mail.open lea, right: true}", "{id: lea, at: mail.open lea}", "steps[3].places: no place is right"),
    ("    from: card.town\n", "", "steps[4]: accept: no answer is right; give accept, or from: card"),
    ("fact: mail.opened", "fact: mail.openned", 'steps[1].goals[0].fact: the app "mail" has no fact "openned"'),
    ("    open: mail\n", "    open: browser\n", 'worlds.box.open: "browser" is not among the apps of this world'),
    ("body: Bonjour,", "boddy: Bonjour,", 'worlds.box.apps.mail.messages[1].boddy: "boddy" is not known'),
]

NAMES = [
    ("slug: ma-lecon", "slug: ma-leson", 'slug: "ma-leson" is not the name of its folder, "ma-lecon"'),
    ("as: mariam", "as: myriam", 'as: nobody in people.yaml is called "myriam"; did you mean "mariam"?'),
    ("[expediteur]", "[expediteurs]", 'glossary[0]: "expediteurs" is not in glossary.yaml; did you mean "expediteur"?'),
    ("[france-services]", "[france]", 'human_help[0]: "france" is not in help.yaml'),
    ("[autre-lecon]", "[autre]", 'advised_before[0]: "autre" is not in catalogue.yaml; did you mean "autre-lecon"?'),
    (
        "picture: mail-reply",
        "picture: mail-replay",
        'picture: no picture is called "mail-replay"; did you mean "mail-r',
    ),
    ("picture: mail-reply", "picture: ../../secret", 'picture: no picture is called "../../secret"'),
    ("[who, open-lea]", "[who, open-lee]", 'recall[1]: no step is called "open-lee"; did you mean "open-lea"?'),
    ("    text: Voici", "    part: one\n    text: Voici", 'steps[0].part: no part is called "one"'),
    ("  - id: welcome", "  - id: who", 'steps[2].id: two are called "who"; each has an id of its own'),
    ("  - id: welcome", "  - id: end", 'steps[0].id: "end" is the address of the module\'s last page'),
    ("  - id: welcome", "  - id: ../x", 'steps[0].id: "../x" cannot be an id: small letters, digits and - only'),
    ("    world: box", "    world: bix", 'steps[1].world: no world is called "bix"; did you mean "box"?'),
    ("after: open-lea", "after: open-leo", 'steps[2].look.start.after: no step is called "open-leo"'),
    ("after: open-lea", "after: welcome", 'steps[2].look.start.after: "welcome" is no scene'),
    (
        "    alone: true",
        "    start: {after: open-lea}\n    alone: true",
        'steps[1].start.after: "open-lea" begins after',
    ),
    ("after: open-lea}", "after: open-lea, page: home}", 'steps[2].look.start.page: no page is called "home"'),
    ("after: open-lea}", "open: mail.leo}", 'steps[2].look.start.open: nothing in "mail" is called "leo"; did you'),
    ("after: open-lea}", "open: browser}", 'steps[2].look.start.open: no app of this world is called "browser"'),
    ("after: open-lea}", "given: {home.rent: card.town}}", "steps[2].look.start.given.home.rent: no page is called"),
    ("mark: Atelier", "mark: Ateliers", "steps[2].look.mark: « Ateliers » stands nowhere in this world"),
    ("while: opened", "while: openned", 'steps[1].traps[0].while: no goal here is called "openned"; did you mean'),
    ("from: card.town", "from: card.twon", 'steps[4].from: the practice card has no line "twon"; did you mean "town"?'),
    ('value: "3"', "values: []", "card.room: a line of the card has a value"),
    (
        "from: lea-martin",
        "from: lea",
        'worlds.box.apps.mail.messages[0].from: nobody is called "lea"; did you mean "lea-m',
    ),
    ("attachments: [proof]", "attachments: [prof]", "worlds.box.apps.mail.messages[1].attachments: no document of"),
    ("at: 0d 09:12", "at: hier", 'worlds.box.apps.mail.messages[0].at: "hier" is no moment; write for instance'),
    ("voici nos offres.", "voici le {+37 d}.", 'worlds.box.apps.mail.messages[1].body: "{+37 d}" is no date'),
    (
        "    traps:\n",
        "    rules: [{when: {fact: mail.opened}, then: [{mail.deliver: leo}]}]\n    traps:\n",
        'steps[1].rules[0].then[0].mail.deliver: nothing in "mail" is called "leo"; did you mean "lea"?',
    ),
    (
        "offres@boutique-soleil.example",
        "offres@boutique-soleil.fr",
        "worlds.box.apps.mail.messages[1].from.address: offres@boutique-soleil.fr may belong to somebody",
    ),
]

COURSE = [
    ("    alone: true\n", "", "steps: no step is done alone; mark one with alone: true"),
    ("checked_on: 2026-11-22", "checked_on: 22/11/2026", "facts[0].checked_on: write the day as 2026-11-22"),
    (", checked_on: 2026-11-22", "", 'facts[0].checked_on: "checked_on" is missing'),
    (", source: S1", "", 'facts[0].source: "source" is missing'),
    (
        "human_help: [france-services]\n",
        "",
        "rights: nobody is alone before a screen with their rights: name human_help",
    ),
    (
        "  - id: who\n",
        "  - {id: one, kind: explain, text: Voici.}\n  - {id: two, kind: explain, text: Lisez.}\n  - id: who\n",
        "steps[3]: two explain in a row; let the learner act between them",
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), SCHEMA + NAMES + COURSE)
def test_one_fault_is_told_once_and_the_way_to_mend_it(tmp_path: Path, old: str, new: str, says: str) -> None:
    found = told(lay(tmp_path, (old, new)))
    mine = [text for text in found if text.startswith(f"{SHOWN}:")]
    said = [re.sub(r"^\S+?:\d+:\d+: (warning: )?", "", text)[: len(says)] for text in mine]
    assert said.count(says) == 1, mine
    assert len(mine) <= 2, "one slip is one fault, or two where another rule stumbles over it"


def test_the_place_of_a_fault_is_exact(tmp_path: Path) -> None:
    courses = lay(tmp_path, ("{id: lea, text: Léa Martin, right: true, ", "{id: lea, text: Léa Martin, "))
    line = line_of("{id: lea, text: Léa Martin")
    says = 'steps[2].choices: no choice is right; mark at least one with "right: true"'
    assert f"{SHOWN}:{line}:7: {says}" in told(courses)


def test_one_fault_never_hides_another(tmp_path: Path) -> None:
    courses = lay(
        tmp_path,
        ("level: 1", "level: 9"),
        ("as: mariam", "as: myriam"),
        ("picture: mail-reply", "picture: nothing"),
        ("fact: mail.opened", "fact: mail.dropped"),
        ("mark: Atelier", "mark: Rien"),
        ("Voici votre boîte.", "C'est facile."),
        ("rights: true", "rights: true\nrights: false"),
        ("subject: Offres", "subject:"),
    )
    (courses / "glossary.yaml").write_text("words: [{id: x}]", encoding="utf-8")
    (courses / "catalogue.yaml").write_text("themes: {", encoding="utf-8")
    said = "\n".join(told(courses))
    wanted = [
        "level:",
        "as:",
        "picture:",
        "goals[0].fact: the app",
        "look.mark",
        '"facile"',
        '"rights" stands',
        '"subject" is',
    ]
    assert [word for word in [*wanted, "glossary.yaml:1:9", "catalogue.yaml:2:1"] if word not in said] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "catalogue.yaml",
            "ma-lecon, title",
            "autre-lecon, title",
            'the module "autre-lecon" stands in the catalogue twice',
        ),
        (
            "catalogue.yaml",
            "title: Plus tard, ready: false",
            "title: Plus tard",
            '"autre-lecon" is not written; write it',
        ),
        (
            "catalogue.yaml",
            "minutes: 10",
            "minutes: 12",
            "warning: themes[0].modules[0]: ma-lecon says level 1 and 10 min",
        ),
        ("catalogue.yaml", "picture: mail", "picture: male", 'no picture is called "male"; did you mean "mail"?'),
        ("people.yaml", "id: lea-martin", "id: mariam", 'people[1].id: two are called "mariam"'),
        (
            "people.yaml",
            "maison-numerique.example",
            "maison-numerique.fr",
            "lea.martin@maison-numerique.fr may belong to",
        ),
        ("people.yaml", "town: Valmont", "twon: Valmont", '"twon" is not known here; did you mean "town"?'),
        (
            "glossary.yaml",
            "personne qui envoie",
            "un deux trois quatre cinq six sept huit neuf dix onze douze treize",
            "13 words",
        ),
        ("help.yaml", "text: Une personne vous aide., ", "", 'helps[0].text: "text" is missing'),
        ("paths/debut.yaml", "[ma-lecon]", "[ma-leçon]", 'modules[0]: "ma-leçon" does not stand in catalogue.yaml'),
    ],
)
def test_the_files_that_modules_share_are_checked_too(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    found = [text for text in told(lay(tmp_path, (old, new), file=file)) if text.startswith(f"courses/{file}:")]
    assert len(found) == 1 and says in found[0]


def test_a_missing_file_is_told_once_and_not_in_every_module(tmp_path: Path) -> None:
    courses = lay(tmp_path)
    (courses / "glossary.yaml").unlink()
    assert told(courses) == ["courses/glossary.yaml:1:1: this file cannot be read"]


def test_a_module_that_is_wrong_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    courses = lay(tmp_path)
    other = courses / "e-mail" / "autre-lecon" / "module.yaml"
    other.parent.mkdir()
    other.write_text(
        MODULE.replace("ma-lecon", "autre-lecon").replace("[autre-lecon]", "[]").replace("level: 1", "level: 7")
    )
    library, found = load(courses)
    assert list(library.modules) == ["ma-lecon"]
    assert {problem.path for problem in found} == {"courses/e-mail/autre-lecon/module.yaml"}


def test_advice_in_a_circle_is_told_in_each_of_its_modules(tmp_path: Path) -> None:
    courses = lay(tmp_path)
    other = courses / "e-mail" / "autre-lecon" / "module.yaml"
    other.parent.mkdir()
    text = MODULE.replace("advised_before: [autre-lecon]", "advised_before: [ma-lecon]")
    other.write_text(text.replace("slug: ma-lecon", "slug: autre-lecon"), encoding="utf-8")
    circles = [text for text in told(courses) if "in a circle" in text]
    assert [text.rpartition(": ")[2] for text in circles] == [
        "autre-lecon → ma-lecon → autre-lecon",
        "ma-lecon → autre-lecon → ma-lecon",
    ]


def test_an_answer_from_the_card_is_the_persons_line(tmp_path: Path) -> None:
    for line, value in (("card.town", "Valmont"), ("card.room", "3")):
        library, _ = load(lay(tmp_path, ("from: card.town", f"from: {line}")))
        step = library.modules["ma-lecon"].step("town")
        assert isinstance(step, Type) and step.accept == (value,)


def test_a_step_knows_its_scene_and_its_look(tmp_path: Path) -> None:
    library, _ = load(lay(tmp_path))
    scene, look = library.scene("ma-lecon", "open-lea"), library.look("ma-lecon", "who")
    assert scene is not None and look is not None and look.before is scene
    assert library.scene("ma-lecon", "who") is None and library.look("ma-lecon", "open-lea") is None
    assert library.title("autre-lecon") == "Plus tard" and library.title("no-such") == "no-such"


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("title: Ouvrir un e-mail", "title: Lire un e-mail de Léa", {"open-lea", "who"}),
        ("subject: Offres", "subject: Soldes", {"welcome", "open-lea", "who", "unread"}),
        ("text: La boutique", "text: Une boutique", {"who"}),
        ("minutes: 10", "minutes: 11", set()),
    ],
)
def test_the_hash_of_a_step_changes_with_what_it_shows(tmp_path: Path, old: str, new: str, changed: set[str]) -> None:
    before = load(lay(tmp_path / "before"))[0].modules["ma-lecon"]
    after = load(lay(tmp_path / "after", (old, new)))[0].modules["ma-lecon"]
    assert {step.id for step in before.steps if before.hash_of(step.id) != after.hash_of(step.id)} == changed


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    versions = {load(lay(tmp_path / "1"))[0].version, load(lay(tmp_path / "2"))[0].version}
    assert len(versions) == 1
    versions.add(load(lay(tmp_path / "3", ("cile", "cile2"), file="x"))[0].version)
    versions.add(load(lay(tmp_path / "4", ("Le début", "Au début"), file="paths/debut.yaml"))[0].version)
    assert len(versions) == 2


def test_a_hopeless_file_is_told_in_its_first_faults(tmp_path: Path) -> None:
    courses = lay(tmp_path)
    (courses / LESSON).write_text("".join(f"k{n}: 1\n" for n in range(2_000)), encoding="utf-8")
    found = problems(courses)
    assert len(found) == written.LONGEST_LIST + 1 and found[-1].message.startswith("and ")


def test_the_shipped_courses_have_no_error() -> None:
    icons = {path.stem for path in (HOME / "static").glob("vendor/lucide/*.svg")}
    pictures = icons | {path.stem for path in (HOME / "static" / "pictures").glob("*.svg")}
    library, found = load(HOME / "courses", pictures=pictures)
    assert [str(problem) for problem in found] == []
    assert {"premier-mail", "navigateur-et-adresse", "aide-au-logement"} <= library.modules.keys()
    assert len(library.catalogue.themes) == 10 and len(library.catalogue.slugs()) == 43


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(MODULE)),
            st.integers(0, 30),
            st.sampled_from(
                ["", "\n", "  ", ": ", "- ", "{", "}", "[", "]", '"', "x", "~", "7", "true", "é", "steps:", "\x00"]
            ),
        ),
        max_size=6,
    )
)
@settings(max_examples=60, deadline=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_nothing_is_raised(tmp_path: Path, cuts: list[tuple[int, int, str]]) -> None:
    text = MODULE
    for start, length, instead in cuts:
        text = text[:start] + instead + text[start + length :]
    courses = lay(tmp_path)
    (courses / LESSON).write_text(text, encoding="utf-8")
    library, found = load(courses, pictures=PICTURES)
    assert all(problem.line >= 1 and problem.message for problem in found)
    for module in library.modules.values():
        for step in module.steps:
            assert module.hash_of(step.id)
            library.scene(module.slug, step.id), library.look(module.slug, step.id)


@pytest.mark.parametrize(
    "text",
    [
        MODULE.replace("steps:\n", "steps:\n" + "  - {id: a, kind: choose}\n" * 1_400),
        "steps: [" + "{kind: scene, goals: [{}]}," * 1_000 + "]",
        "slug: " + "a" * 200_000,
        "glossary: [" + "expediteurs," * 9_900 + "]",
        "worlds: {box: {apps: {mail: {messages: [" + "{id: a, body: '{+37 d}'}," * 1_500 + "]}}}}",
        "summary: " + "http://x.fr mot@lieu.fr [Label] {Touchez} ne fait que " * 4_000,
        "summary: " + "[" * 100_000 + "{" * 100_000,
        "summary: " + "a@" * 120_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_heavy_module_is_judged_within_a_second(tmp_path: Path, text: str) -> None:
    courses = lay(tmp_path)
    (courses / LESSON).write_text(text, encoding="utf-8")
    started = time.perf_counter()
    load(courses, pictures=PICTURES)
    assert time.perf_counter() - started < 1
