"""Answers that people type: the same thing written in several ways is the same answer."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal

LONGEST = 2_000
"""Longer texts are no answers: they are not read."""

# Signs that people's keyboards and what they paste write in another way than the card does.
_SIGNS = str.maketrans(
    dict.fromkeys("’‘‛ʼʹ′`´", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ı": "i"}
)
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_HOUR = re.compile(r"(?:a )?(\d{1,2})(?: ?(?:heures?|h|:|\.) ?(?:(\d{2})(?: ?(?:minutes?|min|mn))?)?)?")
_NUMBER = re.compile(r"\d+(?:[ .'-]?\d+)*(?:,\d+)?")
_AMOUNT = re.compile(r"(-?)(\d{1,12}|\d{1,3}(?:\.\d{3}){1,4}(?=,))(?:[.,](\d{1,2}))?")
_PHONE = re.compile(r"\+?\d(?:[ .\-/()]*\d)*")
_DATE = re.compile(
    r"(?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    r"(\d{1,2})(?:er)?[ ./-]{1,3}([a-z]{3,9}|\d{1,2})(?:[ ./-]{1,3}(\d{4}))?"
)


def plain(text: str) -> str:
    """Without case, accents, curly apostrophes, invisible marks, other scripts' digits and needless spaces."""
    if text.isascii():
        return " ".join(text.replace("`", "'").casefold().split())
    return " ".join(_bare(_bare(text).casefold()).split())


def same_answer(typed: str, expected: str, normal: str) -> bool:
    """Whether both say the same as text, hour, number, amount, phone or date; never raises on any text.

    Raises KeyError for another `normal`. An expected date without its year takes any year, an expected number that
    begins with zeros wants them.
    """
    same = _NORMALS[normal]
    return len(typed) <= LONGEST and len(expected) <= LONGEST and same(plain(typed), plain(expected))


def amount(text: str) -> Decimal | None:
    """`1 050,00 €` as a number; None where it is none. `1.050` and `1,050` can be read in two ways: they are none."""
    if len(text) > LONGEST:
        return None
    bare = re.sub(r"[ ']|euros?$|eur$", "", plain(text)).strip("€")
    if "€" in bare:  # 12 € 50
        bare = re.sub(r"(?<=\d)€(?=\d\d$)", ",", bare)
    found = _AMOUNT.fullmatch(bare)
    return Decimal(f"{found[1]}{found[2].replace('.', '')}.{found[3] or 0}") if found else None


def digits(text: str) -> str:
    """Only its digits, in ASCII."""
    return re.sub(r"[^0-9]", "", plain(text))


def phone(text: str) -> str | None:
    """A telephone number without separators, `+33 6` as `06`; None where there is none, or more than one."""
    found = _PHONE.findall(plain(text))
    if len(found) != 1:
        return None
    return re.sub(r"^(?:\+33|0033)0?", "0", re.sub(r"[^+0-9]", "", found[0]))


def _bare(text: str) -> str:
    signs = unicodedata.normalize("NFKD", text.translate(_SIGNS)).translate(_SIGNS)
    return "".join(_plain_sign(sign) for sign in signs)


def _plain_sign(sign: str) -> str:
    """Marks that combine and marks that nobody sees (bidi, joiners, soft hyphens) are dropped."""
    if sign.isascii():
        return sign
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return ""
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _same_text(typed: str, expected: str) -> bool:
    return _sentence(typed) == _sentence(expected)


def _sentence(text: str) -> str:
    """Spaces around signs and the punctuation at its ends do not change what is said."""
    joined = re.sub(r" ?([.,;:!?…'«»\"()-]) ?", r"\1", text)
    return joined.strip(" .,;:!?…«»\"'") or joined


def _same_hour(typed: str, expected: str) -> bool:
    return _same(_hour, typed, expected)


def _hour(text: str) -> tuple[int, int] | None:
    found = _HOUR.fullmatch(text.strip(" .!?"))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _same_number(typed: str, expected: str) -> bool:
    one, other = _number(typed), _number(expected)
    if one is None or other is None:
        return False
    return one == other or (one.lstrip("0") or "0") == other


def _number(text: str) -> str | None:
    """The only number of an answer such as `n° 7 000 123` or `3 e-mails`."""
    found = _NUMBER.findall(text)
    return re.sub(r"[ .'-]", "", found[0]) if len(found) == 1 else None


def _same_amount(typed: str, expected: str) -> bool:
    wanted = amount(expected)
    if wanted is None:
        return False
    given = amount(typed)
    if given is None and len(found := _NUMBER.findall(typed)) == 1:  # environ 210 € par mois
        given = amount(found[0])
    return given == wanted


def _same_phone(typed: str, expected: str) -> bool:
    return _same(phone, typed, expected)


def _same_date(typed: str, expected: str) -> bool:
    one, other = _date(typed), _date(expected)
    if one is None or other is None:
        return False
    return one[:2] == other[:2] and other[2] in (one[2], None)


def _date(text: str) -> tuple[int, int, int | None] | None:
    found = _DATE.fullmatch(text.strip(" ."))
    if found is None:
        return None
    day, month, year = found.groups()
    if not month.isdecimal() and month not in _MONTHS:
        return None
    return int(day), int(month) if month.isdecimal() else _MONTHS.index(month) + 1, int(year) if year else None


def _same(read: Callable[[str], object], typed: str, expected: str) -> bool:
    wanted = read(expected)
    return wanted is not None and read(typed) == wanted


_NORMALS: Mapping[str, Callable[[str, str], bool]] = {
    "text": _same_text,
    "hour": _same_hour,
    "number": _same_number,
    "amount": _same_amount,
    "phone": _same_phone,
    "date": _same_date,
}
