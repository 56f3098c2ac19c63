"""The courses as they are served: the last good library, and what is wrong with the files since."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from app.pure.content.library import Library
from app.pure.content.loader import load, stamps
from app.pure.content.problem import Problem


@dataclass
class Courses:
    """Holds the library of a folder. `refresh` reads it again when a file changed and keeps the last good one.

    `pictures`: the names that a `picture:` may have; None leaves them unchecked.
    """

    folder: Path
    library: Library = field(default_factory=Library)
    problems: list[Problem] = field(default_factory=list)
    pictures: Collection[str] | None = None
    _stamps: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    def refresh(self) -> bool:
        """Whether something new is served."""
        now = stamps(self.folder)
        if now == self._stamps:
            return False
        self._stamps = now
        library, self.problems = load(self.folder, pictures=self.pictures)
        if self.errors and self.library.modules:
            return False
        self.library = library
        return True
