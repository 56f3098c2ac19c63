"""The closed list of patterns by which goals, traps, remarks and rules recognise what happened.

A value (equal) · a list (one of; of a set: exactly these) · {not: v} · {min, max} · {all: […]} (at least these) ·
none · {says: […]} · {values: {field: v}}. `times: n` counts facts and belongs to the world.
"""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from app.pure.simulator import answers

_KEYS = ("not", "min", "max", "all", "says", "values")


def fits(with_: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Whether every pattern matches its datum; a datum that is absent matches `none` and nothing else."""
    return all(matches(_whole(key, pattern), data.get(key)) for key, pattern in with_.items())


def matches(pattern: Any, value: Any) -> bool:
    """Whether a pattern matches a value: text, number, flag, set of names, or texts by field. Never raises."""
    if pattern == "none":
        return _is_none(value)
    if value is None:
        return _is_list(pattern) and "none" in pattern
    if isinstance(pattern, Mapping):
        return all(_holds(key, part, value) for key, part in pattern.items())
    if isinstance(value, Set):
        return set(value) == _names(pattern)
    if _is_list(pattern):
        return any(matches(one, value) for one in pattern)
    return _equal(pattern, value)


def faults(with_: Mapping[str, Any]) -> list[str]:
    """What an author has got wrong in a `with`, in words."""
    return [problem for key, pattern in with_.items() for problem in _problems_inside(_whole(key, pattern))]


def problems_of(pattern: Any) -> list[str]:
    """What an author has got wrong in a pattern, in words; empty where all is well (and where there is no pattern)."""
    if isinstance(pattern, Mapping):
        return [problem for key, part in pattern.items() for problem in _problems_of_part(str(key), part)] or (
            [] if pattern else ["a pattern in braces is empty; leave it out, or write none"]
        )
    if _is_list(pattern):
        return [problem for one in pattern for problem in _problems_inside(one)]
    if pattern is None or isinstance(pattern, str | int):
        return []
    return [f'"{pattern}" is no pattern; put it between quotes']


def names_in(pattern: Any) -> frozenset[str]:
    """Every plain text in a pattern, wherever it stands: the targets that it names (`none` is no name)."""
    if isinstance(pattern, str):
        return frozenset() if pattern == "none" else frozenset({pattern})
    if isinstance(pattern, Mapping):
        return frozenset[str]().union(*(names_in(part) for part in pattern.values()))
    if _is_list(pattern):
        return frozenset[str]().union(*(names_in(part) for part in pattern))
    return frozenset()


def _whole(key: str, pattern: Any) -> Any:
    """`with: {values: {home.rent: "620"}}` names the datum and the pattern by one word."""
    return {"values": pattern} if key == "values" and isinstance(pattern, Mapping) else pattern


def _is_none(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == 0 or (isinstance(value, Set | Mapping) and not value)


def _holds(key: str, part: Any, value: Any) -> bool:
    match key:
        case "not":
            return not matches(part, value)
        case "min":
            return _is_number(part) and _is_number(value) and value >= part
        case "max":
            return _is_number(part) and _is_number(value) and value <= part
        case "all":
            return isinstance(value, Set) and _names(part) <= set(value)
        case "says":
            return isinstance(value, str) and any(_says(value, str(words)) for words in _listed(part))
        case "values":
            fields = value if isinstance(value, Mapping) and isinstance(part, Mapping) else None
            return fields is not None and all(_same_value(one, fields.get(name)) for name, one in part.items())
    return False


def _same_value(pattern: Any, value: Any) -> bool:
    """As `matches`, but of two amounts `620` is `620,00`, wherever in the pattern it stands."""
    if isinstance(pattern, Mapping) and set(pattern) == {"not"}:
        return value is not None and not _same_value(pattern["not"], value)
    if isinstance(pattern, Mapping) and isinstance(value, str) and (number := answers.amount(value)) is not None:
        return all(_compares(key, part, number, value) for key, part in pattern.items())
    if _is_list(pattern):
        return any(_same_value(one, value) for one in pattern)
    return matches(pattern, value) or (
        isinstance(pattern, str | int) and isinstance(value, str) and _same_amount(str(pattern), value)
    )


def _compares(key: str, part: Any, number: Any, value: str) -> bool:
    if key in ("min", "max") and _is_number(part):
        return bool(number >= part if key == "min" else number <= part)
    return _holds(key, part, value) if key != "not" else not _same_value(part, value)


def _same_amount(one: str, other: str) -> bool:
    """`01000` and `1000` stay two things: a postcode is no amount."""
    first, second = answers.amount(one), answers.amount(other)
    return first is not None and first == second and _leads_with_zero(one) == _leads_with_zero(other)


def _leads_with_zero(text: str) -> bool:
    bare = answers.digits(text)
    return len(bare) > 1 and bare[0] == "0" and not answers.plain(text).startswith(("0,", "0."))


def _equal(pattern: Any, value: Any) -> bool:
    if isinstance(pattern, bool) or isinstance(value, bool):
        return pattern is value
    return bool(pattern == value) or (pattern is not None and str(pattern) == str(value))


def _says(text: str, wanted: str) -> bool:
    """A word, or several in a row, without case, accents and a final s."""
    have, want = _words(text), _words(wanted)
    return bool(want) and any(have[i : i + len(want)] == want for i in range(len(have) - len(want) + 1))


def _words(text: str) -> list[str]:
    bare = "".join(sign if sign.isalnum() else " " for sign in answers.plain(text))
    return [word.removesuffix("s") if len(word) > 2 else word for word in bare.split()]


def _problems_of_part(key: str, part: Any) -> list[str]:
    match key:
        case "not":
            return _problems_inside(part)
        case "min" | "max":
            return [] if _is_number(part) else [f"{key} is a whole number"]
        case "all":
            return [] if _is_list(part) and part else ["all is a list of names, written in brackets"]
        case "says":
            said = _is_list(part) and part and all(_words(str(words)) for words in part)
            return [] if said else ["says is a list of words, written in brackets"]
        case "values":
            if not isinstance(part, Mapping):
                return ["values is a map from field to value"]
            return [problem for inner in part.values() for problem in _problems_inside(inner)]
    return [f'a pattern knows {", ".join(_KEYS)}, not "{key}"']


def _problems_inside(pattern: Any) -> list[str]:
    return ["a pattern is missing; write none for nothing"] if pattern is None else problems_of(pattern)


def _names(pattern: Any) -> set[str]:
    return {str(name) for name in _listed(pattern)}


def _listed(pattern: Any) -> Sequence[Any]:
    return pattern if _is_list(pattern) else [pattern]


def _is_list(pattern: Any) -> bool:
    return isinstance(pattern, Sequence) and not isinstance(pattern, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
