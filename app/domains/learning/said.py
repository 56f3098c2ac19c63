"""The last outcome or help as JSON: kept, so that a repeat, or a page fetched anew, says the same."""

from collections.abc import Mapping
from typing import Any

from app.pure.steps.base import Help, Line, Outcome


def packed(outcome: Outcome | None, help_: Help | None) -> dict[str, Any]:
    """What was said, as JSON values."""
    if help_:
        return {
            "level": help_.level,
            "lines": _packed_lines(help_.lines),
            "point": help_.point,
            "field": help_.field,
            "example": help_.example,
            "next": help_.next,
            "done": help_.done,
        }
    if outcome:
        return {"tone": outcome.tone, "lines": _packed_lines(outcome.lines), "marks": dict(outcome.marks)}
    return {}


def unpacked(plain: Mapping[str, Any]) -> tuple[Outcome | None, Help | None]:
    """The kept outcome or help again."""
    if "level" in plain:
        rest = {key: value for key, value in plain.items() if key != "lines"}
        return None, Help(lines=_lines(plain["lines"]), **rest)
    if "tone" in plain:
        return Outcome(plain["tone"], _lines(plain["lines"]), plain["marks"]), None
    return None, None


def _packed_lines(lines: tuple[Line, ...]) -> list[list[Any]]:
    # pairs, not an object: JSONB forgets the order of keys, and a repeat must get the very same page
    return [[line.text, [list(pair) for pair in line.data]] for line in lines]


def _lines(plain: list[list[Any]]) -> tuple[Line, ...]:
    return tuple(Line(text, tuple(dict(data).items())) for text, data in plain)
