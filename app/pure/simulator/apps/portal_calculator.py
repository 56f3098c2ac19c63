"""The small calculator beside a page: sums as people write them, `12 × 1 050`, read without ever running code."""

import re
from fractions import Fraction

LONGEST = 40
_SIGNS = str.maketrans({"×": "*", "x": "*", "X": "*", "·": "*", "÷": "/", ":": "/", "−": "-", "–": "-", ",": "."})
_TOKEN = re.compile(r"\d{1,12}(?:\.\d{1,6})?|[-+*/()]")


def result(text: str) -> str | None:
    """The result as French people write it (`12 600`, `0,5`), or None where the text is no sum."""
    try:
        tokens = _tokens(text)
        value, rest = _sum(tokens)
    except (ValueError, ZeroDivisionError, IndexError):
        return None
    if rest or abs(value) >= 10**15:
        return None
    return _written(value)


def _tokens(text: str) -> list[str]:
    if len(text) > LONGEST:
        raise ValueError("too long")
    plain = re.sub(r"[\s€=]", "", text.translate(_SIGNS))
    tokens = _TOKEN.findall(plain)
    if not tokens or "".join(tokens) != plain:
        raise ValueError("not a sum")
    return tokens


def _sum(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in "+-":
        sign, (term, after) = rest[0], _product(rest[1:])
        value, rest = (value + term if sign == "+" else value - term), after
    return value, rest


def _product(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, rest = _number(tokens)
    while rest and rest[0] in "*/":
        sign, (factor, after) = rest[0], _number(rest[1:])
        value, rest = (value * factor if sign == "*" else value / factor), after
    return value, rest


def _number(tokens: list[str]) -> tuple[Fraction, list[str]]:
    head, rest = tokens[0], tokens[1:]
    if head == "-":
        value, rest = _number(rest)
        return -value, rest
    if head == "(":
        value, rest = _sum(rest)
        if rest[0] != ")":
            raise ValueError("a bracket is open")
        return value, rest[1:]
    return Fraction(head), rest


def _written(value: Fraction) -> str:
    cents = round(abs(value) * 100)
    sign = "-" if value < 0 and cents else ""
    groups = f"{cents // 100:,}".replace(",", " ")
    return sign + groups + (f",{cents % 100:02}".rstrip("0") if cents % 100 else "")
