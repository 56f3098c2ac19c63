"""« Garder mon travail »: two words and three digits to write down, or a QR to photograph.

Both open the same work elsewhere. Only their hashes are kept; a new code kills the old one. The code is short (about
26 bits), so its opening is throttled by place and by the whole site; the QR's token has 192 bits.
"""

import hashlib
import hmac
import secrets
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.domains.people import store
from app.domains.people.sessions import Visitor
from app.pure.simulator.answers import plain

_NOUNS = """
    abricot agneau aiguille amande ampoule ananas arbre ardoise armoire artichaut assiette avion avocat bague
    balai banane bassine bijou biscuit bois bol bonbon botte bougie boussole bracelet brosse bus cabane cactus
    cadeau caillou camembert camera camion canard carnet carotte carte casque casserole castor ceinture cerceau
    cerise chaise chapeau chat chaussure chemise cheval chocolat citron coccinelle concombre coquillage
    cornichon coussin couteau cravate crocodile cube cuisine danse dauphin dentifrice dessin diamant domino
    douche dragon drapeau echarpe echelle ecole ecureuil elephant enveloppe epinard escalier escargot etoile
    farine fenetre ferme feuille ficelle figue flamant fontaine fourmi fraise framboise fromage fruit fusee gant
    gare gateau genou girafe glace goutte grenouille griffe guirlande guitare hamster haricot harpe herbe hibou
    hirondelle horloge huile igloo image jambe jardin jasmin jonquille jouet jumelle jupe kangourou kiwi klaxon
    laine lait lampadaire lampe lanterne lapin lavande lentille lezard libellule lilas lion livre loutre lune
    lunette maison mandarine mangue marche marguerite marron marteau medaille melon menthe miel miroir montagne
    montre moulin moustache moustique mouton nappe navet nectarine neige nid noisette nuage oignon oiseau olive
    omelette orange orchestre oreille ours ourson outil papier papillon parapluie parc pasteque pastille pelouse
    perle perroquet photo piano pierre pinceau pingouin pistache plage plante plume poire poireau pomme potiron
    poule prune pyjama quiche radio raisin raquette renard renne requin rhubarbe rideau riz roche route ruban
    sac salade sandale saumon savon serviette singe sirop soleil soupe sucre table tambour tapis tasse taxi
    telephone terre tigre tissu tomate tortue train trompette trousse tulipe tunnel vache valise vanille vase
    velo veste vigne ville violon voiture volet yaourt zebre
"""
WORDS = tuple(_NOUNS.split())
"""256 things that one can draw, without accents; a slip of one letter never makes another of them."""

ATTEMPTS = 5
"""To find a code that nobody has: with 10,000 kept works one in 6,000 is taken."""

TRIES_OF_A_PLACE = 30
TRIES_OF_ALL = 300
WINDOW = 3600.0


class NoCodeLeft(Exception):
    """Every code that was tried is somebody's already."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the learner takes away: shown once."""

    code: str
    token: str


def keep(connection: Connection, me: Visitor, secret: str, now: datetime) -> Kept:
    """A new code and token for this person's work; the older ones are dead at once."""
    revoke(connection, me, now)
    for _ in range(ATTEMPTS):
        kept = Kept(_code(), secrets.token_urlsafe(24))
        code, token = _hash(kept.code, secret), _hash(kept.token, secret)
        with suppress(IntegrityError), connection.begin_nested():
            store.add_keepsake(connection, me.organisation_id, me.person_id, code, token, now)
            return kept
    raise NoCodeLeft


def revoke(connection: Connection, me: Visitor, now: datetime) -> None:
    """What this person wrote down or photographed opens nothing any more."""
    store.revoke_keepsakes(connection, me.person_id, now)


def opens(connection: Connection, said: str, secret: str) -> tuple[UUID, UUID] | None:
    """Whose work a code or token opens; None for a wrong or dead one."""
    return store.person_of_keepsake(connection, [_hash(said, secret), _hash(_written(said), secret)])


class Throttle:
    """Wrong codes of the last hour, by place and altogether; a class behind one address has room to err.

    A place that is refused counts no more: one machine alone can't shut the door for everybody.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: deque[tuple[float, str]] = deque(maxlen=TRIES_OF_ALL)

    def refuses(self, place: str) -> bool:
        self._forget()
        return len(self._wrong) >= TRIES_OF_ALL or self._tries(place) >= TRIES_OF_A_PLACE

    def count(self, place: str) -> None:
        self._forget()
        if self._tries(place) < TRIES_OF_A_PLACE:
            self._wrong.append((self._clock(), _room(place)))

    def _tries(self, place: str) -> int:
        room = _room(place)
        return sum(1 for _, other in self._wrong if other == room)

    def _forget(self) -> None:
        since = self._clock() - WINDOW
        while self._wrong and self._wrong[0][0] < since:
            self._wrong.popleft()


def _room(place: str) -> str:
    """An address, or the network of 2⁶⁴ that one IPv6 subscriber can choose from."""
    try:
        address = ip_address(place)
    except ValueError:
        return place
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else place


def _code() -> str:
    return f"{secrets.choice(WORDS)} {secrets.choice(WORDS)} {secrets.randbelow(900) + 100}"


def _written(said: str) -> str:
    """A code as people write it: `Pomme-Vélo 482`, `pomme velo482`."""
    letters = "".join(sign if sign.isalnum() else " " for sign in plain(said)[:80])
    spaced = "".join(
        f" {s}" if s.isdigit() and p.isalpha() else s for p, s in zip(" " + letters, letters, strict=False)
    )
    return " ".join(spaced.split())


def _hash(said: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), b"keepsake:" + said.encode(), hashlib.sha256).digest()
