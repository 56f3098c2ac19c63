"""A small courses folder, right as it stands, that tests spoil in one place at a time."""

from pathlib import Path

from app.pure.content.loader import load
from app.pure.content.problem import Problem

MODULE = """\
slug: ma-lecon
title: Lire un e-mail
summary: Vous ouvrez un e-mail et vous le lisez.
level: 1
minutes: 10
picture: mail-reply
as: mariam
card:
  room: {label: Salle, value: "3"}
objectives: [Je peux lire un e-mail.]
competences: [digcomp-2.1]
advised_before: [autre-lecon]
rights: true
glossary: [expediteur]
recall: [who, open-lea]
transfer: {text: Lisez un vrai e-mail cette semaine., who: Votre formateur}
facts:
  - {text: Une adresse e-mail a un signe @., source: S1, checked_on: 2026-11-22}
human_help: [france-services]
worlds:
  box:
    open: mail
    documents:
      - {id: proof, name: attestation.pdf}
    apps:
      mail:
        messages:
          - {id: lea, from: lea-martin, subject: Atelier, at: 0d 09:12, body: "L'atelier commence mardi à 14 h."}
          - id: shop
            from: {name: Boutique Soleil, address: offres@boutique-soleil.example}
            subject: Offres
            at: -1d 11:30
            body: Bonjour, voici nos offres.
            attachments: [proof]
steps:
  - id: welcome
    kind: explain
    text: Voici votre boîte. Chaque ligne est un e-mail.
    look: {world: box}
  - id: open-lea
    kind: scene
    title: Ouvrir un e-mail
    world: box
    alone: true
    aim: Ouvrez l'e-mail de Léa.
    goals:
      - id: opened
        fact: mail.opened
        about: lea
        say: Ouvrez l'e-mail de Léa.
        done: Vous avez ouvert l'e-mail de Léa.
        help: [Les noms sont à gauche., "{Touchez} la ligne [Léa Martin]."]
        else: [{undo: false, say: "C'est un e-mail de : {name}. Cherchez [Léa Martin]."}]
    traps:
      - {fact: mail.deleted, about: shop, while: opened, say: "Gardez cet e-mail. Lisez celui de Léa."}
  - id: who
    kind: choose
    question: Qui écrit ?
    look: {world: box, start: {after: open-lea}, mark: Atelier}
    choices:
      - {id: lea, text: Léa Martin, right: true, feedback: "Oui. Le nom est en haut."}
      - {id: shop, text: La boutique, feedback: "La boutique écrit un autre e-mail. Regardez le nom."}
  - id: unread
    kind: point
    question: Où est l'e-mail de Léa ?
    look: {world: box}
    places:
      - {id: lea, at: mail.open lea, right: true}
      - {id: shop, at: mail.open shop, feedback: "Cet e-mail vient de la boutique."}
  - id: town
    kind: type
    question: Dans quelle ville habitez-vous ?
    from: card.town
"""

CATALOGUE = """\
themes:
  - id: e-mail
    title: E-mail
    picture: mail
    colour: peach
    modules:
      - {slug: ma-lecon, title: Lire un e-mail, level: 1, minutes: 10}
      - {slug: autre-lecon, title: Plus tard, ready: false}
"""
PEOPLE = """\
people:
  - {id: mariam, name: Mariam Diallo, town: Valmont, email: mariam.diallo@courriel.example}
  - {id: lea-martin, name: Léa Martin, email: lea.martin@maison-numerique.example}
"""
GLOSSARY = "words:\n  - {id: expediteur, word: expéditeur, definition: personne qui envoie, picture: mail}\n"
HELP = "helps:\n  - {id: france-services, name: France services, text: Une personne vous aide., picture: mail}\n"
PATH = "id: debut\ntitle: Le début\nmodules: [ma-lecon]\n"
PICTURES = frozenset({"mail", "mail-reply"})

FILES = {
    "catalogue.yaml": CATALOGUE,
    "people.yaml": PEOPLE,
    "glossary.yaml": GLOSSARY,
    "help.yaml": HELP,
    "paths/debut.yaml": PATH,
    "e-mail/ma-lecon/module.yaml": MODULE,
}
LESSON = "e-mail/ma-lecon/module.yaml"


def lay(folder: Path, *changes: tuple[str, str], file: str = LESSON) -> Path:
    """The courses folder, one of its files changed; every text to change must stand there once."""
    courses = folder / "courses"
    for name, text in FILES.items():
        if name == file:
            for old, new in changes:
                assert text.count(old) == 1, (old, text.count(old))
                text = text.replace(old, new)
        path = courses / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return courses


def problems(courses: Path) -> list[Problem]:
    return load(courses, pictures=PICTURES)[1]


def told(courses: Path) -> list[str]:
    return [str(problem) for problem in problems(courses)]
