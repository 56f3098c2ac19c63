"""Answers that people type: the same thing written in several ways is the same answer."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'"})
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:h|heures?|:|\.)\s*(\d{2})?)?(?:\s*(?:min(?:utes?)?)?)?")
_DATE = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")


def plain(text: str) -> str:
    """Without case, accents, curly apostrophes, other scripts' digits and needless spaces."""
    digits = "".join(_ascii_digit(sign) for sign in text.translate(_APOSTROPHES))
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", digits) if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def same_answer(typed: str, expected: str, normal: str) -> bool:
    """Whether both say the same as text, hour, number, amount, phone or date. Never raises."""
    read = _NORMALS[normal]
    wanted = read(expected)
    return wanted is not None and read(typed) == wanted


def amount(text: str) -> Decimal | None:
    """`1 050,00 €` as a number; None where it is none."""
    bare = re.sub(r"(?:€|eur(?:os?)?)\s*$", "", plain(text)).replace(" ", "").replace(",", ".")
    try:
        return Decimal(bare) if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,2})?", bare) else None
    except InvalidOperation:
        return None


def digits(text: str) -> str:
    """Only its digits, in ASCII."""
    return re.sub(r"\D", "", plain(text))


def _text(text: str) -> str:
    return plain(text).strip(" .!?…«»\"'")


def _hour(text: str) -> tuple[int, int] | None:
    found = _HOUR.fullmatch(plain(text).removeprefix("a ").strip())
    if found is None or int(found[1]) > 23:
        return None
    return int(found[1]), int(found[2] or 0)


def _number(text: str) -> str | None:
    return digits(text) or None


def _phone(text: str) -> str | None:
    bare = re.sub(r"[\s.\-/()]", "", plain(text))
    bare = re.sub(r"^(?:\+33|0033)0?", "0", bare)
    return bare if bare.isdecimal() else None


def _date(text: str) -> tuple[int, int, int] | None:
    found = _DATE.fullmatch(plain(text))
    return (int(found[3]), int(found[2]), int(found[1])) if found else None


def _ascii_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


_NORMALS: Mapping[str, Callable[[str], object]] = {
    "text": _text,
    "hour": _hour,
    "number": _number,
    "amount": amount,
    "phone": _phone,
    "date": _date,
}
