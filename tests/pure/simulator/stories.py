"""Small scenes for tests, written as an author would write them."""

from datetime import date
from typing import Any

import yaml

from app.pure.simulator import world
from app.pure.simulator.desk import CardLine, Person
from app.pure.simulator.scene import Plot, Scene, WorldContent, setting_of
from app.pure.simulator.start import Start
from app.pure.simulator.state import State

TODAY = date(2026, 11, 24)
MARIAM = Person(id="mariam", name="Mariam Diallo", mail="mariam.diallo@courriel.example")
LEA = Person(id="lea-martin", name="Léa Martin", mail="lea.martin@maison-numerique.example")

BOX = """
open: mail
documents:
  - {id: proof, name: attestation.pdf, size_kb: 120}
  - {id: photo, name: photo.jpg, size_kb: 2400}
  - {id: paper, name: recu.pdf, later: true}
apps:
  mail:
    folders: [{id: keep, label: Garder}]
    messages:
      - {id: lea, from: lea-martin, subject: Atelier, at: 0d 09:12, body: "Bonjour, venez mardi."}
      - {id: team, from: lea-martin, subject: Le groupe, at: -1d 10:00, body: Bonjour à tous., cc: [mariam]}
      - {id: shop, from: {name: Boutique, address: offres@boutique.example}, subject: Offres, at: -1d 11:30, read: true,
         body: Bonjour., link: boutique.example}
      - {id: prize, from: {name: Concours, address: gagnant@concours.example}, subject: Gagné, at: -2d 03:14,
         folder: spam, body: Bravo.}
      - {id: with-file, from: lea-martin, subject: Reçu, at: -3d 08:00, body: Voici., attachments: [paper]}
      - {id: next-week, from: lea-martin, subject: Plus tard, at: +7d 08:30, body: "Avant le {+37d}."}
      - {id: no-file, from: lea-martin, subject: "Re : Atelier", later: true, body: Je n'ai pas le fichier.}
"""


def scene(plot: str = "{}", box: str = BOX, before: Scene | None = None, **start: Any) -> Scene:
    """A scene in the little mailbox (or in another world), played by Mariam."""
    content = WorldContent.model_validate(yaml.safe_load(box))
    card = (CardLine("mail", "Adresse e-mail", (MARIAM.mail,)),)
    setting = setting_of(MARIAM, {LEA.id: LEA}, content, card)
    plan = Plot.model_validate(yaml.safe_load(plot))
    return Scene(content, plan, setting, Start.model_validate(start), before)


def begin(it: Scene) -> State:
    return world.start(it, TODAY)


def do(it: Scene, state: State, name: str, **typed: str) -> world.Step:
    """Press the button of that name, with these words typed; the screen must offer it."""
    offer = next((act for act in world.actions(it, state) if act.name == name), None)
    assert offer is not None, f"{name} is not offered: {[a.name for a in world.actions(it, state)]}"
    fields = tuple((key, typed.get(key, before)) for key, before in offer.fields)
    if not fields and typed:
        fields = tuple(typed.items())
    return world.act(it, state, type(offer)(offer.verb, offer.target, fields, offer.also))


def play(it: Scene, *names: str, **typed: str) -> world.Step:
    """Press several buttons one after the other; what is typed goes with the last one."""
    step = world.Step(begin(it))
    for name in names[:-1]:
        step = do(it, step.state, name)
    return do(it, step.state, names[-1], **typed)
