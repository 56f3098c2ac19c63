"""« Garder mon travail »: two words and three digits to write down, or a QR to photograph.

Both open the same work elsewhere. Only their hashes are kept; a new code kills the old one. The code is short (about
24 bits), so its opening is throttled by place and by the whole site; the QR's token has 192 bits.
"""

import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from app.domains.people import store
from app.domains.people.sessions import Visitor
from app.pure.simulator.answers import plain

WORDS = tuple(
    """
    abricot agneau aile amande ananas arbre armoire avion balai balle banane bateau bijou biscuit bois bol bonbon
    botte bougie bouton brosse bus cabane cadeau cahier camion canard carotte carte casque cerise chaise chapeau
    chat cheval ciel citron clou colle coq corde couteau crayon cube danse dent dessin domino douche drap eau
    echelle ecole etoile farine fenetre ferme feuille ficelle figue fille fleur foire forge four fraise fromage
    fruit gant gare gateau genou glace gomme gorge goutte grain grange griffe guitare harpe herbe heure hiver huile
    huitre ile image jambe jardin jasmin jaune jeu joue jouet jour jupe lac laine lait lampe lapin lentille lettre
    lilas lion lit livre loupe lune lunette main maison malle mangue marche marron marteau matin melon menthe mer
    miel miroir montagne montre mouton mur nappe neige niche nid noix nuage nuit oie oiseau olive ombre orange
    oreille orge ours outil ovale page pain palme panier papier parc pate patte peche peigne perle photo piano pied
    pierre pile pin pinceau plage plante plume poire poivre pomme pont port porte poule prune puits quai radio radis
    raisin rame rang rayon renard riz robe roche roi rose roue route ruban rue sable sac salade savon sel semaine
    singe soie soleil soupe sucre table tapis tasse taxi terre tigre tissu tomate tortue tour train trousse tulipe
    vache vague valise vase velo vent verre veste viande vigne ville violon voile voiture volet yaourt zebre
    """.split()  # noqa: SIM905 - two hundred quoted words are no easier to read
)
TRIES_OF_A_PLACE = 30
TRIES_OF_ALL = 300
WINDOW = 3600.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What the learner takes away: shown once."""

    code: str
    token: str


def keep(connection: Connection, me: Visitor, secret: str, now: datetime) -> Kept:
    """A new code and token for this person's work; the older ones are dead at once."""
    one, two = secrets.choice(WORDS), secrets.choice(WORDS)
    kept = Kept(f"{one} {two} {secrets.randbelow(900) + 100}", secrets.token_urlsafe(24))
    code, token = _hash(kept.code, secret), _hash(kept.token, secret)
    store.add_keepsake(connection, me.organisation_id, me.person_id, code, token, now)
    return kept


def opens(connection: Connection, said: str, secret: str) -> tuple[UUID, UUID] | None:
    """Whose work a code or token opens; None for a wrong or dead one."""
    return store.person_of_keepsake(connection, [_hash(said, secret), _hash(_written(said), secret)])


class Throttle:
    """Wrong codes of the last hour, by place and altogether; a class behind one address has room to err."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: deque[tuple[float, str]] = deque(maxlen=5_000)

    def refuses(self, place: str) -> bool:
        since = self._clock() - WINDOW
        while self._wrong and self._wrong[0][0] < since:
            self._wrong.popleft()
        here = sum(1 for _, other in self._wrong if other == place)
        return here >= TRIES_OF_A_PLACE or len(self._wrong) >= TRIES_OF_ALL

    def count(self, place: str) -> None:
        self._wrong.append((self._clock(), place))


def _written(said: str) -> str:
    """A code as people write it: `Pomme-Vélo 482`, `pomme velo482`."""
    letters = "".join(sign if sign.isalnum() else " " for sign in plain(said)[:80])
    spaced = "".join(
        f" {s}" if s.isdigit() and p.isalpha() else s for p, s in zip(" " + letters, letters, strict=False)
    )
    return " ".join(spaced.split())


def _hash(said: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), b"keepsake:" + said.encode(), hashlib.sha256).digest()
