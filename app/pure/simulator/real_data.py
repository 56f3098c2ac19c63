"""Real-looking personal data: refused in every exercise and never kept, unless it stands on the practice card.

The fiction's telephone blocks are those the French regulator keeps for works of fiction (ARCEP); its domains end in
RFC 2606's `.example`. Ordinary sentences pass.
"""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from stdnum import iban, luhn
from stdnum.fr import nir

from app.pure.simulator import answers

SENTENCE = "Ce numéro n'est pas celui de la carte. N'écrivez jamais votre vrai numéro ici."
FICTION = ("019900", "026191", "035301", "046571", "053649", "063998")

_SHORTEST_NUMBER = 9
_MOST_GROUPS = 19
_GAP = r"[ .()_-]{0,3}"
_RUN = re.compile(rf"[+]?[0-9](?:{_GAP}[0-9])*")
_SLASHED_PHONE = re.compile(r"(?<![0-9/])0[1-9](?:/[0-9]{2}){4}(?![0-9/])")
_IBAN_START = re.compile(r"[A-Z]{2}[0-9]{2}")
_IBAN_GROUP = re.compile(r"[ .-]?[A-Z0-9]{1,34}")
_LETTERS = str.maketrans({chr(55 + value): str(value) for value in range(10, 36)})
_NIR = re.compile(r"[1-478][0-9]{2}(?:0[1-9]|1[0-2]|[2-9][0-9])[0-9]{10}")
_CORSICAN = re.compile(r"[1-478][ .-]?[0-9]{2}[ .-]?[0-9]{2}[ .-]?2[AB][ .-]?[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{2}")
_DOMAIN = re.compile(r"(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24}")
_SITE = re.compile(rf"(https?:/{{0,2}}|www\.)*({_DOMAIN.pattern})(?::[0-9]+)?(?:[/?#]\S*)?")
# Endings that are neither a French word nor a kind of file: « Bonjour.Merci » and « photo.jpg » are no sites.
_ENDINGS = frozenset(
    (
        *("com", "net", "org", "info", "eu", "gov", "edu", "fr", "be", "ch", "lu", "uk", "ie", "it", "pt", "nl", "pl"),
        *("ro", "bg", "ua", "ru", "tr", "dz", "tn", "sn", "ml", "ir", "af", "pk", "bd", "us", "ca"),
    )
)


def real_looking(text: str, allowed: Collection[str]) -> str | None:
    """The kind of real-looking data in a text (`iban`, `nir`, `card-number`, `phone`, `domain`), or None.

    `allowed`: the practice card's values. A domain counts in an e-mail address anywhere, but in a web address only
    where that is the whole text. The time grows with the length of the text, no faster.
    """
    lines = [answers.plain(line) for line in text.splitlines()]
    known = _known(frozenset(allowed))
    for line in lines:
        if len(line) >= _SHORTEST_NUMBER and (kind := _number_in(line.upper(), known)):
            return kind
    written = [line for line in lines if line]
    sites = _sites(written[0]) if len(written) == 1 else ()
    domains = (*(domain for line in lines for domain in _mail_domains(line)), *sites)
    return "domain" if any(_is_real(domain, known) for domain in domains) else None


@lru_cache(maxsize=256)
def _known(allowed: frozenset[str]) -> frozenset[str]:
    """The card's values as they are compared: plain, without separators, and their digits alone."""
    plain = {answers.plain(value) for value in allowed}
    return frozenset(plain | {_compact(value.upper()) for value in plain} | {_digits(value) for value in plain})


# Numbers --------------------------------------------------------------------------------------


def _number_in(line: str, known: frozenset[str]) -> str | None:
    if len(_digits(line)) < _SHORTEST_NUMBER:
        return None
    if _has_iban(line, known):
        return "iban"
    if any(nir.is_valid(number) for number in map(_compact, _CORSICAN.findall(line)) if number not in known):
        return "nir"
    if any(_is_real_phone(_digits(number)) for number in _SLASHED_PHONE.findall(line)):
        return "phone"
    return next((kind for run in _RUN.findall(line) if (kind := _in_run(run, known))), None)


def _has_iban(line: str, known: frozenset[str]) -> bool:
    return any(
        number not in known and int(_as_digits(number)) % 97 == 1 and iban.is_valid(number, check_country=False)
        for start in _IBAN_START.finditer(line)
        for number in _account_numbers(line, start)
    )


def _account_numbers(line: str, start: re.Match[str]) -> Iterator[str]:
    """What may be an IBAN from here: with one group of letters and digits more each time."""
    number, end = start[0], start.end()
    while len(number) < 34 and (group := _IBAN_GROUP.match(line, end)):
        number, end = number + group[0].lstrip(" .-"), group.end()
        if 15 <= len(number) <= 34:
            yield number


def _as_digits(number: str) -> str:
    """ISO 13616: the first four signs go last, A is 10 and Z is 35. Cheap, it spares python-stdnum most numbers."""
    return (number[4:] + number[:4]).translate(_LETTERS)


def _in_run(run: str, known: frozenset[str]) -> str | None:
    """What neighbouring groups of digits make; those that stand on the card are passed over."""
    groups = re.findall(r"[+]?[0-9]+", run)
    at = 0
    while at < len(groups):
        if taken := _taken_by_card(groups[at : at + _MOST_GROUPS], known):
            at += taken
        elif kind := _kind_at(groups[at : at + _MOST_GROUPS], whole=at == 0 and len(groups) <= _MOST_GROUPS):
            return kind
        else:
            at += 1
    return None


def _taken_by_card(groups: list[str], known: frozenset[str]) -> int:
    return next((count for number, count in _from_the_first(groups, 34) if number in known and len(number) > 3), 0)


def _kind_at(groups: list[str], whole: bool) -> str | None:
    for number, count in _from_the_first(groups, 19):
        if _NIR.fullmatch(number) and nir.is_valid(number):
            return "nir"
        if _is_card(number):
            return "card-number"
        if (_is_written_as_phone(groups[:count]) or (whole and count == len(groups))) and _is_real_phone(number):
            return "phone"
    return None


def _from_the_first(groups: list[str], longest: int) -> Iterator[tuple[str, int]]:
    """The number that the first one, two, three … groups make, and how many they are."""
    number = ""
    for count, group in enumerate(groups, start=1):
        if len(number) + len(group) > longest:
            return
        number += group
        yield number, count


def _is_card(number: str) -> bool:
    """ISO/IEC 7812 lengths and key; cards of payment begin with 3 to 6, or are sixteen digits from 2."""
    begins = number[0] in "3456" or (number[0] == "2" and len(number) == 16)
    return 13 <= len(number) <= 19 and begins and luhn.is_valid(number)


def _is_written_as_phone(groups: list[str]) -> bool:
    """`0612345678`, `06 12 34 56 78` or anything after a + or 00: a slice of a longer number is no phone."""
    return groups[0].startswith(("+", "00")) or len(groups) == 1 or all(len(group) == 2 for group in groups)


def _is_real_phone(number: str) -> bool:
    """French numbers outside the fiction's blocks, and every number of another country."""
    abroad = re.fullmatch(r"(?:\+|00)([1-9][0-9]{7,14})", number)
    if abroad and not abroad[1].startswith("33"):
        return True
    if abroad:
        number = "0" + abroad[1][2:].lstrip("0")
    return len(number) == 10 and number[0] == "0" and number[1] != "0" and not number.startswith(FICTION)


# Addresses ------------------------------------------------------------------------------------


def _mail_domains(line: str) -> Iterator[str]:
    for at in re.finditer(r"(?<=[^\s@])@", line):
        if found := _DOMAIN.match(line, at.end()):
            yield found[0]


def _sites(text: str) -> Iterator[str]:
    found = _SITE.fullmatch(text)
    if found and (found[1] or found[2].rpartition(".")[2] in _ENDINGS):
        yield found[2]


def _is_real(domain: str, known: frozenset[str]) -> bool:
    """A slip in `.example` is a slip, no real address: the exercise itself answers it."""
    labels = domain.split(".")
    fictional = "example" in labels[-2:] or labels[-1].startswith(("exa", "exe", "exm", "exp"))
    return not fictional and not any(value.endswith(domain) for value in known)


def _compact(text: str) -> str:
    return re.sub(r"[ .()_-]", "", text)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
