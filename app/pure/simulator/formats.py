"""The formats of a form's fields, each with the ways in which it is written wrong and what the pretend site says.

Check digits are python-stdnum's; no pattern ever comes from YAML. Every check is total and linear.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum import iban, luhn
from stdnum.fr import nir, siret

from app.pure.simulator import answers

LONGEST = 2_000
Options = Mapping[str, Any]
Check = Callable[[str, date, Options], str | None]

_TOO_LONG = {"too-long": "Votre texte est très long. Écrivez moins."}
_COMMON = {"empty": "Écrivez votre réponse ici.", **_TOO_LONG}
_DIGITS = {
    **_COMMON,
    "letter-o": "Remplacez la lettre O par le chiffre 0.",
    "letter": "Écrivez seulement des chiffres.",
}
_DATE = re.compile(r"(\d{1,2})[ ./-]{1,3}(\d{1,2})[ ./-]{1,3}(\d{1,4})|(\d\d)(\d\d)(\d\d(?:\d\d)?)")
_YEAR_FIRST = re.compile(r"\d{4}[ ./-]\d{1,2}[ ./-]\d{1,2}")
_EMAIL = re.compile(r"[a-z0-9_.+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def _nothing_to_check(text: str, today: date, options: Options) -> str | None:
    return None


@dataclass(frozen=True)
class Format:
    """One format: `ways` are its ways of being wrong, each with what the site says; `inputmode` is the keyboard's."""

    name: str
    ways: Mapping[str, str]
    inputmode: str = "text"
    _check: Check = field(default=_nothing_to_check, repr=False)
    _value: Callable[[str], object] = field(default=answers.plain, repr=False)

    def check(self, text: str, today: date, **options: Any) -> str | None:
        """The first way in which a text is wrong, or None; never raises on any text.

        Options: `past` (a date), `options` (the ids of a one-of), `optional` (nothing is an answer too).
        """
        if len(text) > LONGEST:
            return "too-long"
        bare = text.strip()
        if not answers.plain(bare):
            return None if options.get("optional") else "empty"
        return self._check(bare, today, options)

    def same(self, one: str, other: str) -> bool:
        """Whether both mean the same: amounts and dates compare as values, numbers without their spaces."""
        if one.strip() == other.strip():
            return True
        if len(one) > LONGEST or len(other) > LONGEST:
            return False
        value = self._value(one)
        return value is not None and value == self._value(other)


# Words ----------------------------------------------------------------------------------------


def _name(text: str, today: date, options: Options) -> str | None:
    letters = [sign for sign in text if sign.isalpha() and answers.plain(sign) != "'"]
    if any(sign.isdecimal() for sign in text):
        return "digit"
    if not all(unicodedata.name(sign, "").startswith("LATIN") for sign in letters):
        return "alphabet"
    others = set(answers.plain(text)) - set(" -'.,()")
    return None if letters and all(sign.isalpha() for sign in others) else "sign"


def _country_value(text: str) -> str:
    """`La Guinée` is `Guinée`, `Cote d Ivoire` is `Côte d'Ivoire`."""
    return re.sub(r"^(?:les? |la |l )", "", re.sub(r"[ '-]+", " ", answers.plain(text)))


def _text_value(text: str) -> str:
    """`12, rue des Lilas` is `12 rue des Lilas`, `Jean Pierre` is `Jean-Pierre`."""
    return re.sub(r"[ .,;:-]+", " ", re.sub(r" ?' ?", "'", answers.plain(text))).strip()


def _one_of(text: str, today: date, options: Options) -> str | None:
    known: Collection[str] | None = options.get("options")
    return None if known is None or text in known else "empty"


def _tick(text: str, today: date, options: Options) -> str | None:
    return None if _ticked(text) else "empty"


def _ticked(text: str) -> bool:
    return answers.plain(text) not in ("", "0", "no", "non", "off", "false")


def _password(text: str, today: date, options: Options) -> str | None:
    """Twelve signs of four kinds (CNIL's example), or a long sentence."""
    if len(text) >= 24 and len(text.split()) >= 5:
        return None
    if len(text) < 12:
        return "short"
    wanted: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("no-small", str.islower),
        ("no-capital", str.isupper),
        ("no-digit", str.isdecimal),
        ("no-sign", lambda sign: not sign.isalnum()),
    )
    return next((way for way, is_one in wanted if not any(map(is_one, text))), None)


# Addresses ------------------------------------------------------------------------------------


def _email(text: str, today: date, options: Options) -> str | None:
    if re.search(r"\s", text):
        return "space"
    _, at, domain = text.partition("@")
    if not at:
        return "no-at"
    if "@" in domain:
        return "two-at"
    if "," in text:
        return "comma"
    if "." not in domain.strip("."):
        return "no-dot"
    if _is_accented(text):
        return "accent"
    return None if _EMAIL.fullmatch(answers.plain(text)) else "shape"


def _web_address(text: str, today: date, options: Options) -> str | None:
    """An address that is well written may still lead nowhere: whether it is `unknown` is the browser's to say."""
    if re.search(r"\s", text):
        return "space"
    if _is_accented(text):
        return "accent"
    return "comma" if "," in text else None


def _is_accented(text: str) -> bool:
    return any((unicodedata.decomposition(sign) and sign.isalpha()) or sign in "œæŒÆ" for sign in text)


def _address_value(text: str) -> str:
    return re.sub(r"^https?:/{0,2}", "", answers.plain(text)).removeprefix("www.").rstrip("/")


# Numbers --------------------------------------------------------------------------------------


def _compact(text: str) -> str:
    return re.sub(r"[ ./()_-]", "", answers.plain(text)).upper()


def _not_digits(number: str) -> str | None:
    """The letter O in the place of a zero is a slip of its own: it looks right."""
    if number.isdecimal():
        return None
    return "letter-o" if re.fullmatch(r"[0-9O]*[0-9][0-9O]*", number) else "letter"


def _wrong_length(number: str, length: int) -> str | None:
    if len(number) == length:
        return None
    return "short" if len(number) < length else "long"


def _digits_of(length: int) -> Check:
    def check(text: str, today: date, options: Options) -> str | None:
        number = _compact(text)
        return _not_digits(number) or _wrong_length(number, length)

    return check


def _phone(text: str, today: date, options: Options) -> str | None:
    number = _phone_value(text)
    if number.startswith(("+", "00")) and number[1:].isdecimal():
        return "start"
    if way := _not_digits(number) or _wrong_length(number, 10):
        return way
    return None if number.startswith("0") else "start"


def _phone_value(text: str) -> str:
    return re.sub(r"^(?:\+33|0033)0?", "0", _compact(text))


def _date(text: str, today: date, options: Options) -> str | None:
    written = answers.plain(text)
    if _YEAR_FIRST.fullmatch(written):
        return "order"
    found = _date_parts(written)
    if found is None:
        return "shape"
    day, month, year = found
    if len(year) != 4:
        return "short-year"
    if int(month) > 12 >= int(day):
        return "order"
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return "unknown-day"
    return "future" if options.get("past") and value > today else None


def _date_parts(written: str) -> tuple[str, str, str] | None:
    """Day, month, year; `01022026` too, because some keyboards of digits have no slash."""
    found = _DATE.fullmatch(written)
    if found is None:
        return None
    day, month, year = (part for part in found.groups() if part is not None)
    return day, month, year


def _date_value(text: str) -> tuple[int, int, int] | None:
    found = _date_parts(answers.plain(text))
    return (int(found[0]), int(found[1]), int(found[2])) if found else None


def _amount(text: str, today: date, options: Options) -> str | None:
    value = answers.amount(text)
    if value is not None:
        return "negative" if value < 0 else None
    return "letter-o" if _not_digits(re.sub(r"[,€]", "", _compact(text))) == "letter-o" else "not-a-number"


def _whole_number(text: str, today: date, options: Options) -> str | None:
    number = _whole(text)
    if number.isdecimal():
        return None if len(number) <= 12 else "not-a-number"
    return "letter-o" if _not_digits(number.upper()) == "letter-o" else "not-a-number"


def _whole_value(text: str) -> str | None:
    number = _whole(text)
    return (number.lstrip("0") or "0") if number.isdecimal() else None


def _whole(text: str) -> str:
    return re.sub(r"[ ']", "", answers.plain(text)).removesuffix(".")


def _siret(text: str, today: date, options: Options) -> str | None:
    number = _compact(text)
    way = _not_digits(number) or _wrong_length(number, 14)
    return way or (None if siret.is_valid(number) else "key")


def _iban(text: str, today: date, options: Options) -> str | None:
    number = _compact(text)
    if number.isdecimal() and 13 <= len(number) <= 19 and number[0] in "23456" and luhn.is_valid(number):
        return "card-number"
    if not number.startswith("FR"):
        return "not-fr"
    if not number.isascii() or not number.isalnum():
        return "sign"
    return _wrong_length(number, 27) or (None if iban.is_valid(number, check_country=False) else "key")


def _nir(text: str, today: date, options: Options) -> str | None:
    """Thirteen digits and their key; 7 and 8 begin the numbers given for a while. Corsica writes 2A and 2B."""
    number = _compact(text)
    if way := _not_digits(re.sub(r"^(\d{5})2[AB]", r"\g<1>20", number)):
        return way
    if len(number) == 13:
        return "no-key"
    if way := _wrong_length(number, 15):
        return way
    if number[0] not in "123478":
        return "start"
    return None if nir.is_valid(number) else "key"


def _e_photo_code(text: str, today: date, options: Options) -> str | None:
    code = _compact(text)
    return _wrong_length(code, 22) if re.fullmatch(r"[A-Z0-9]*", code) else "sign"


def _sized(count: int) -> dict[str, str]:
    return {
        **_DIGITS,
        "short": f"Il manque un chiffre ou plus. Il faut {count} chiffres.",
        "long": f"Il y a trop de chiffres. Il faut {count} chiffres.",
    }


def _signs(count: int) -> dict[str, str]:
    return {
        **_COMMON,
        "sign": "Écrivez seulement des lettres et des chiffres.",
        "short": f"Il manque un signe ou plus. Il faut {count} signes.",
        "long": f"Il y a trop de signes. Il faut {count} signes.",
    }


_NAME = {
    **_COMMON,
    "digit": "Écrivez seulement des lettres.",
    "alphabet": "Écrivez avec les lettres françaises : A, B, C.",
    "sign": "Écrivez seulement des lettres.",
}

FORMATS: Mapping[str, Format] = {
    known.name: known
    for known in (
        Format("text", _COMMON, _value=_text_value),
        Format("name", _NAME, _check=_name, _value=_text_value),
        Format(
            "email",
            {
                **_TOO_LONG,
                "empty": "Écrivez l'adresse e-mail.",
                "space": "Enlevez l'espace dans l'adresse e-mail.",
                "no-at": "Il manque @ (arobase) dans l'adresse.",
                "two-at": "Il y a deux @. Gardez un seul @.",
                "comma": "Remplacez la virgule par un point.",
                "no-dot": "Il manque un point après @.",
                "accent": "Enlevez l'accent dans l'adresse e-mail.",
                "shape": "Vérifiez l'adresse. Modèle : nom@service.example.",
            },
            "email",
            _email,
        ),
        Format(
            "phone-fr",
            {**_sized(10), "start": "Un numéro français commence par 0 ou +33."},
            "tel",
            _phone,
            _phone_value,
        ),
        Format("postcode-fr", _sized(5), "numeric", _digits_of(5), _compact),
        Format(
            "date-fr",
            {
                **_COMMON,
                "shape": "Écrivez en chiffres : jour/mois/année.",
                "short-year": "Écrivez l'année avec 4 chiffres.",
                "order": "Écrivez le jour, puis le mois, puis l'année.",
                "unknown-day": "Vérifiez le jour et le mois.",
                "future": "La date est après aujourd'hui. Vérifiez l'année.",
            },
            # A keyboard of digits alone has no slash on some phones, and the card shows slashes.
            "text",
            _date,
            _date_value,
        ),
        Format(
            "amount",
            {
                **_COMMON,
                "letter-o": _DIGITS["letter-o"],
                "not-a-number": "Écrivez seulement un montant, en chiffres.",
                "negative": "Enlevez le signe moins (-).",
            },
            "decimal",
            _amount,
            answers.amount,
        ),
        Format(
            "whole-number",
            {
                **_COMMON,
                "letter-o": _DIGITS["letter-o"],
                "not-a-number": "Écrivez seulement un nombre entier, en chiffres.",
            },
            "numeric",
            _whole_number,
            _whole_value,
        ),
        Format("one-of", {**_TOO_LONG, "empty": "Choisissez une réponse."}, _check=_one_of, _value=str.strip),
        Format("tick", {**_TOO_LONG, "empty": "Cochez la case."}, _check=_tick, _value=_ticked),
        Format("code-6", _sized(6), "numeric", _digits_of(6), _compact),
        Format(
            "password",
            {
                **_COMMON,
                "short": "Écrivez 12 signes ou plus.",
                "no-small": "Ajoutez une petite lettre.",
                "no-capital": "Ajoutez une majuscule.",
                "no-digit": "Ajoutez un chiffre.",
                "no-sign": "Ajoutez un signe : ! ou ?",
            },
            _check=_password,
            # A password is compared letter by letter, by `same` itself.
            _value=lambda text: None,
        ),
        Format(
            "iban",
            {
                **_signs(27),
                "not-fr": "Écrivez l'IBAN. Il commence par FR.",
                "card-number": "C'est un numéro de carte. Écrivez l'IBAN.",
                "key": "Comparez chaque chiffre avec votre RIB.",
            },
            _check=_iban,
            _value=_compact,
        ),
        Format(
            "nir",
            {
                **_sized(15),
                "no-key": "Écrivez aussi la clé : les 2 derniers chiffres.",
                "start": "Ce numéro commence par 1 ou 2.",
                "key": "Vérifiez chaque chiffre, et la clé à la fin.",
            },
            _check=_nir,
            _value=_compact,
        ),
        Format("siret", {**_sized(14), "key": "Vérifiez chaque chiffre du SIRET."}, "numeric", _siret, _compact),
        Format("foreigner-number", _sized(10), "numeric", _digits_of(10), _compact),
        Format("country", _NAME, _check=_name, _value=_country_value),
        Format("e-photo-code", _signs(22), _check=_e_photo_code, _value=_compact),
        Format(
            "web-address",
            {
                **_TOO_LONG,
                "empty": "Écrivez l'adresse du site.",
                "space": "Enlevez l'espace dans l'adresse.",
                "accent": "Enlevez l'accent dans l'adresse.",
                "comma": "Remplacez la virgule par un point.",
                "unknown": "Site introuvable. Vérifiez chaque lettre de l'adresse.",
            },
            "url",
            _web_address,
            _address_value,
        ),
        Format("search-words", {**_TOO_LONG, "empty": "Écrivez un mot ou deux."}, "search"),
    )
}
