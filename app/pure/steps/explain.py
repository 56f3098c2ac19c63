"""Step kind `explain`: read, look, listen, then go on."""

from typing import Any, Literal

from app.pure.steps.base import Form, Help, Level, Line, Outcome, Place, StepBase, Turn, Written


class Illustrated(Written):
    """A sentence with its picture."""

    picture: str
    text: str


class Explain(StepBase):
    kind: Literal["explain"]
    text: str
    items: tuple[Illustrated, ...] = ()

    def take(self, place: Place, state: dict[str, Any], form: Form) -> Turn:
        lines = (Line(self.done),) if self.done else ()
        return Turn({"seen": True}, Outcome("right", lines), done=True, log={})

    def assist(self, place: Place, state: dict[str, Any], level: Level, given: int) -> tuple[dict[str, Any], Help]:
        hints = self.help or ("Écoutez la page avec le bouton [Écouter].", "{Touchez} [Continuer] pour la suite.")
        rank = min(given, len(hints) - 1)
        return state, Help("hint", (Line(hints[rank]),), next="hint" if rank + 1 < len(hints) else None)
