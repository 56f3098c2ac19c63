"""A problem in a course file, as an author is told of it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """Where it is (file, line, column, both from 1), what it is, how to mend it."""

    path: str
    line: int
    column: int
    where: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        word = "" if self.severity == "error" else "warning: "
        return f"{self.path}:{self.line}:{self.column}: {word}{place}{self.message}"
