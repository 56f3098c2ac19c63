"""The closed list of patterns by which goals, traps, remarks and rules recognise what happened."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from app.pure.simulator import answers

_KEYS = frozenset({"not", "min", "max", "all", "says", "values"})


def fits(with_: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Whether every pattern matches its datum; a datum that is absent matches only `none` and `not`."""
    return all(matches(_whole(key, pattern), data.get(key)) for key, pattern in with_.items())


def matches(pattern: Any, value: Any) -> bool:
    """Whether a pattern matches a value: text, number, flag, set of names, or texts by name."""
    if pattern == "none":
        return value is None or value is False or value == 0 or value == "" or value == frozenset()
    if isinstance(pattern, Mapping):
        return all(_holds(key, part, value) for key, part in pattern.items())
    if isinstance(value, Set):
        names = pattern if _is_list(pattern) else [pattern]
        return set(value) == {str(name) for name in names}
    if _is_list(pattern):
        return any(matches(one, value) for one in pattern)
    if isinstance(pattern, bool) or isinstance(value, bool):
        return pattern is value
    return value is not None and (pattern == value or str(pattern) == str(value))


def problems_of(pattern: Any) -> list[str]:
    """What an author has got wrong in a pattern, in words; empty where all is well."""
    if isinstance(pattern, Mapping):
        unknown = [str(key) for key in pattern if key not in _KEYS]
        found = [f'a pattern knows {", ".join(sorted(_KEYS))}, not "{key}"' for key in unknown]
        for key in ("min", "max"):
            if key in pattern and (not isinstance(pattern[key], int) or isinstance(pattern[key], bool)):
                found.append(f"{key} is a whole number")
        for key in ("all", "says"):
            if key in pattern and not _is_list(pattern[key]):
                found.append(f"{key} is a list, written in brackets")
        if "values" in pattern and not isinstance(pattern["values"], Mapping):
            found.append("values is a map from field to value")
        return found + problems_of(pattern.get("not"))
    if _is_list(pattern):
        return [problem for one in pattern for problem in problems_of(one)]
    return []


def faults(with_: Mapping[str, Any]) -> list[str]:
    """What an author has got wrong in a `with`."""
    return [problem for key, pattern in with_.items() for problem in problems_of(_whole(key, pattern))]


def names_in(pattern: Any) -> frozenset[str]:
    """Every plain text in a pattern: the targets that it names."""
    if isinstance(pattern, str):
        return frozenset({pattern})
    if isinstance(pattern, Mapping):
        return frozenset[str]().union(*(names_in(part) for part in pattern.values()))
    if _is_list(pattern):
        return frozenset[str]().union(*(names_in(part) for part in pattern))
    return frozenset()


def _whole(key: str, pattern: Any) -> Any:
    """`with: {values: {home.rent: "620"}}` names the datum and the pattern by one word."""
    return {"values": pattern} if key == "values" and isinstance(pattern, Mapping) else pattern


def _holds(key: str, part: Any, value: Any) -> bool:
    match key:
        case "not":
            return not matches(part, value)
        case "min":
            return _is_number(value) and value >= part
        case "max":
            return _is_number(value) and value <= part
        case "all":
            return isinstance(value, Set) and {str(name) for name in part} <= set(value)
        case "says":
            return isinstance(value, str) and any(_says(value, str(word)) for word in part)
        case "values":
            return _values(part, value)
    return False


def _values(part: Any, value: Any) -> bool:
    known = value if isinstance(value, Mapping) else {}
    return all(_same_value(wanted, known.get(name)) for name, wanted in part.items())


def _same_value(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, str) and isinstance(value, str):
        return wanted == value or answers.same_answer(value, wanted, "amount")
    return matches(wanted, value)


def _says(text: str, word: str) -> bool:
    """A word, or several in a row, without case, accents and a final s."""
    have, want = _words(text), _words(word)
    return any(have[i : i + len(want)] == want for i in range(len(have) - len(want) + 1))


def _words(text: str) -> list[str]:
    bare = "".join(sign if sign.isalnum() else " " for sign in answers.plain(text))
    return [word.removesuffix("s") if len(word) > 2 else word for word in bare.split()]


def _is_list(pattern: Any) -> bool:
    return isinstance(pattern, Sequence) and not isinstance(pattern, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
