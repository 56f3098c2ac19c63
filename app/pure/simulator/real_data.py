"""Real-looking personal data: refused in every exercise and never kept, unless it stands on the practice card.

The fiction's telephone blocks are those the French regulator keeps for works of fiction (ARCEP); its domains are
RFC 2606's `.example`.
"""

import re
from collections.abc import Collection

from stdnum import iban, luhn
from stdnum.fr import nir

from app.pure.simulator import answers

SENTENCE = "Ce numéro n'est pas celui de la carte. N'écrivez jamais votre vrai numéro ici."
FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")
LONGEST = 2_000

_NUMBER = re.compile(r"(?<![\w])\+?\d(?:[ .\-]?\d){8,24}(?![\w])")
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}(?![A-Z0-9])")
_NIR = re.compile(r"(?<!\d)[12] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d(?!\d)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+'-]{1,64}@((?:[\w-]{1,63}\.)+[a-z]{2,24})", re.IGNORECASE)
_ENDINGS = "com|org|net|info|eu|io|app|gov|fr|be|ch|ca|uk|de|es|it|pt|ma|dz|tn|sn|ci|ml|gn|af|pk|ua|ru|tr|so|er|et"
_SITE = re.compile(rf"(?:https?://)?((?:[\w-]{{1,63}}\.)+(?:{_ENDINGS}))(?:/\S*)?", re.IGNORECASE)


def real_looking(text: str, allowed: Collection[str]) -> str | None:
    """The kind of real-looking data in a text (nir, iban, card-number, phone, domain), or None.

    `allowed`: the practice card's values. Sentences pass: an address counts as a site only when it is the whole text.
    """
    text = text[:LONGEST]
    known = {_compact(value) for value in allowed}
    upper = answers.plain(text).upper()
    for found in _IBAN.finditer(upper):
        if _compact(found[0]) not in known and iban.is_valid(found[0], check_country=False):
            return "iban"
    for found in _NIR.finditer(upper):
        if _compact(found[0]) not in known and nir.is_valid(_compact(found[0])):
            return "nir"
    for found in _NUMBER.finditer(upper):
        number = re.sub(r"\D", "", found[0])
        if _compact(found[0]) in known or number in known:
            continue
        if 13 <= len(number) <= 19 and luhn.is_valid(number) and number.strip("0"):
            return "card-number"
        if _is_phone(found[0], number):
            return "phone"
    for domain in _domains(text):
        if not domain.casefold().endswith(".example") and _compact(text) not in known:
            return "domain"
    return None


def _is_phone(written: str, number: str) -> bool:
    if written.startswith("+") or number.startswith("00"):
        if not number.lstrip("0").startswith("33"):
            return 10 <= len(number.lstrip("0")) <= 13
        number = "0" + number.lstrip("0")[2:].lstrip("0")
    if len(number) != 10 or not re.match(r"0[1-9]", number):
        return False
    return not number.startswith(FICTION)


def _domains(text: str) -> list[str]:
    found = [match[1] for match in _MAIL.finditer(text)]
    whole = _SITE.fullmatch(text.strip())
    return [*found, whole[1]] if whole else found


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-]", "", answers.plain(text)).upper()
