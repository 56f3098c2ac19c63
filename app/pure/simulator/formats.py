"""The formats of a form's fields, each with the ways in which it is written wrong and what the pretend site says.

Check digits are python-stdnum's; no pattern ever comes from YAML. Every check is linear and never raises.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum import iban as iban_number
from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.fr import nir as nir_number

from app.pure.simulator import answers

LONGEST = 2_000
EMPTY = "Écrivez ici."
TOO_LONG = "Votre texte est très long. Écrivez moins."
Check = Callable[[str, date, Mapping[str, Any]], str | None]
_DATE = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{1,4})")


@dataclass(frozen=True)
class Format:
    """One format: `check` gives the first way a text is wrong, `same` whether two texts mean the same value."""

    name: str
    ways: Mapping[str, str]
    inputmode: str = "text"
    _check: Check = field(default=lambda text, today, options: None, repr=False)
    _value: Callable[[str], object] = field(default=answers.plain, repr=False)

    def check(self, text: str, today: date, **options: Any) -> str | None:
        """The way it is wrong, or None. Options: `past` for dates, `options` for one-of, `optional`."""
        if len(text) > LONGEST:
            return "too-long"
        if not text.strip():
            return None if options.get("optional") else "empty"
        return self._check(text.strip(), today, options)

    def same(self, one: str, other: str) -> bool:
        """Whether both mean the same: amounts and dates compare as values, numbers without their spaces."""
        first = self._value(one)
        return (first is not None and first == self._value(other)) or one.strip() == other.strip()


def _email(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    if re.search(r"\s", text):
        return "space"
    name, at, domain = text.rpartition("@")
    if not at:
        return "no-at"
    if not name or "@" in name or not domain:
        return "no-at" if not name else "shape"
    if "," in text:
        return "comma"
    if "." not in domain.strip("."):
        return "no-dot"
    return None if re.fullmatch(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", text) else "shape"


def _name(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    return "digit" if re.search(r"\d", text) else None


def _phone(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    bare = re.sub(r"[\s.\-/()]", "", answers.plain(text))
    bare = re.sub(r"^(?:\+33|0033)0?", "0", bare)
    if not bare.isdecimal():
        return "letter"
    if len(bare) != 10:
        return "short" if len(bare) < 10 else "long"
    return None if bare.startswith("0") and bare[1] != "0" else "start"


def _digits_of(length: int) -> Check:
    def check(text: str, today: date, options: Mapping[str, Any]) -> str | None:
        bare = re.sub(r"[\s.\-]", "", answers.plain(text))
        if not bare.isdecimal():
            return "letter"
        if len(bare) != length:
            return "short" if len(bare) < length else "long"
        return None

    return check


def _date(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    found = _DATE.fullmatch(answers.plain(text))
    if found is None:
        return "shape"
    day, month, year = (int(part) for part in found.groups())
    if len(found[3]) != 4:
        return "short-year"
    if month > 12 >= day:
        return "order"
    try:
        written = date(year, month, day)
    except ValueError:
        return "unknown-day"
    return "future" if options.get("past") and written > today else None


def _amount(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    value = answers.amount(text)
    if value is None:
        return "not-a-number"
    return "negative" if value < 0 else None


def _whole_number(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    return None if re.fullmatch(r"\d{1,9}", answers.plain(text).replace(" ", "")) else "not-a-number"


def _one_of(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    choices = options.get("options")
    return None if choices is None or text in choices else "empty"


def _password(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    if len(text) < 12:
        return "short"
    kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    return None if sum(any(kind(sign) for sign in text) for kind in kinds) >= 3 or len(text) >= 20 else "plain"


def _iban(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    bare = re.sub(r"[\s.\-]", "", answers.plain(text)).upper()
    if bare.isdecimal() and 13 <= len(bare) <= 19 and luhn.is_valid(bare):
        return "card-number"
    if not bare.startswith("FR"):
        return "not-fr"
    if len(bare) != 27:
        return "short" if len(bare) < 27 else "long"
    try:
        iban_number.validate(bare, check_country=False)
    except ValidationError:
        return "key"
    return None


def _nir(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    bare = re.sub(r"[\s.\-]", "", answers.plain(text)).upper()
    if len(bare) != 15:
        return "short" if len(bare) < 15 else "long"
    try:
        nir_number.validate(bare)
    except ValidationError:
        return "key"
    return None


def _code(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    bare = re.sub(r"[\s\-]", "", answers.plain(text))
    if not bare.isalnum():
        return "shape"
    return None if len(bare) == 22 else ("short" if len(bare) < 22 else "long")


def _web_address(text: str, today: date, options: Mapping[str, Any]) -> str | None:
    if re.search(r"\s", text):
        return "space"
    if "," in text:
        return "comma"
    if answers.plain(text) != text.casefold().translate({0x2019: "'"}):
        return "accent"
    return None if "." in text else "no-dot"


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-/()]", "", answers.plain(text)).upper()


def _phone_value(text: str) -> str:
    return re.sub(r"^(?:\+33|0033)0?", "0", _compact(text))


def _date_value(text: str) -> tuple[int, ...] | None:
    found = _DATE.fullmatch(answers.plain(text))
    return tuple(int(part) for part in found.groups()) if found else None


def _address_value(text: str) -> str:
    return re.sub(r"^https?://", "", answers.plain(text)).removeprefix("www.").rstrip("/")


_TOO = {"empty": EMPTY, "too-long": TOO_LONG}
_NUMBER = {**_TOO, "letter": "Écrivez seulement des chiffres."}


def _sized(what: str, count: int) -> dict[str, str]:
    return {
        **_NUMBER,
        "short": f"Il manque un chiffre. {what} a {count} chiffres.",
        "long": f"Il y a trop de chiffres. {what} a {count} chiffres.",
    }


FORMATS: Mapping[str, Format] = {
    known.name: known
    for known in (
        Format("text", _TOO),
        Format("name", {**_TOO, "digit": "Écrivez un nom, sans chiffre."}, _check=_name),
        Format(
            "email",
            {
                "too-long": TOO_LONG,
                "empty": "Écrivez l'adresse e-mail.",
                "space": "Une adresse e-mail n'a pas d'espace.",
                "no-at": "Il manque @ (arobase) dans l'adresse.",
                "no-dot": "Il manque un point après @.",
                "comma": "C'est une virgule. Il faut un point.",
                "shape": "Vérifiez l'adresse : nom@service.example.",
            },
            "email",
            _email,
        ),
        Format(
            "phone-fr",
            {**_sized("Le numéro", 10), "start": "Un numéro français commence par 0."},
            "tel",
            _phone,
            _phone_value,
        ),
        Format("postcode-fr", _sized("Le code postal", 5), "numeric", _digits_of(5), _compact),
        Format(
            "date-fr",
            {
                **_TOO,
                "shape": "Écrivez la date ainsi : jour/mois/année.",
                "short-year": "Écrivez l'année avec 4 chiffres.",
                "order": "Écrivez d'abord le jour, puis le mois.",
                "unknown-day": "Ce jour n'existe pas. Vérifiez la date.",
                "future": "La date est après aujourd'hui.",
            },
            "numeric",
            _date,
            _date_value,
        ),
        Format(
            "amount",
            {
                **_TOO,
                "not-a-number": "Écrivez un montant en chiffres.",
                "negative": "Écrivez un montant sans le signe -.",
            },
            "decimal",
            _amount,
            answers.amount,
        ),
        Format(
            "whole-number",
            {**_TOO, "not-a-number": "Écrivez un nombre en chiffres."},
            "numeric",
            _whole_number,
            _compact,
        ),
        Format("one-of", {"empty": "Choisissez une réponse.", "too-long": TOO_LONG}, _check=_one_of),
        Format("tick", {"empty": "Cochez la case.", "too-long": TOO_LONG}, _value=lambda text: bool(text.strip())),
        Format("code-6", _sized("Le code", 6), "numeric", _digits_of(6), _compact),
        Format(
            "password",
            {
                **_TOO,
                "short": "Écrivez 12 signes ou plus.",
                "plain": "Ajoutez une majuscule, un chiffre ou un signe.",
            },
            _check=_password,
            _value=lambda text: text,
        ),
        Format(
            "iban",
            {
                **_TOO,
                "not-fr": "Un IBAN français commence par FR.",
                "card-number": "C'est un numéro de carte. Écrivez l'IBAN.",
                "short": "Il manque des signes. L'IBAN a 27 signes.",
                "long": "Il y a trop de signes. L'IBAN a 27 signes.",
                "key": "Vérifiez l'IBAN : un chiffre n'est pas juste.",
            },
            _check=_iban,
            _value=_compact,
        ),
        Format(
            "nir",
            {
                **_TOO,
                "short": "Il manque un chiffre. Le numéro a 15 chiffres.",
                "long": "Il y a trop de chiffres. Le numéro a 15 chiffres.",
                "key": "Vérifiez le numéro : un chiffre n'est pas juste.",
            },
            "numeric",
            _nir,
            _compact,
        ),
        Format("siret", _sized("Le SIRET", 14), "numeric", _digits_of(14), _compact),
        Format("foreigner-number", _sized("Le numéro étranger", 10), "numeric", _digits_of(10), _compact),
        Format("country", {**_TOO, "digit": "Écrivez le nom d'un pays."}, _check=_name),
        Format(
            "e-photo-code",
            {
                **_TOO,
                "shape": "Écrivez seulement des lettres et des chiffres.",
                "short": "Il manque des signes. Le code a 22 signes.",
                "long": "Il y a trop de signes. Le code a 22 signes.",
            },
            _check=_code,
            _value=_compact,
        ),
        Format(
            "web-address",
            {
                **_TOO,
                "space": "Une adresse n'a pas d'espace.",
                "accent": "Cette adresse n'a pas d'accent.",
                "comma": "C'est une virgule. Il faut un point.",
                "no-dot": "Il manque un point dans l'adresse.",
                "unknown": "Ce site n'existe pas. Vérifiez l'adresse.",
            },
            "url",
            _web_address,
            _address_value,
        ),
        Format("search-words", {"empty": "Écrivez un ou deux mots.", "too-long": TOO_LONG}, "search"),
    )
}
