"""What every pretend app is made of. One app never imports another; facts and rules tie them."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from app.pure.simulator.act import Act, Moved
from app.pure.simulator.desk import Desk
from app.pure.simulator.start import Start


class Content(BaseModel):
    """What an author writes for an app."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class App:
    """A pretend app: pure functions from what the author wrote and what the learner did to what is on the screen.

    `state` is a frozen dataclass of plain values: ids and what was typed, never the author's words.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    icon: ClassVar[str] = ""
    """Its picture on the home screen; empty for an app that only lives inside another."""
    content: ClassVar[type[Content]]
    state: ClassVar[type[Any]]
    facts: ClassVar[Mapping[str, tuple[str, ...]]]
    """The vocabulary: each fact with the names of its data."""
    effects: ClassVar[tuple[str, ...]] = ()
    """What rules may do to it."""
    picks: ClassVar[frozenset[str]] = frozenset()
    """Verbs that the search tries only on targets which a goal, rule, trap or slot names."""
    parts: ClassVar[tuple[str, ...]] = ()
    """Parts of its screen that are no act but can be pointed at (`browser.title`)."""

    def start(self, content: Any, desk: Desk) -> Any:
        """The state before anything is touched."""
        raise NotImplementedError

    def prepare(self, content: Any, state: Any, start: Start, desk: Desk) -> Any:
        """Take up what a step's `start` says of this app: a page shown, a thing opened, fields given."""
        return state

    def actions(self, content: Any, state: Any, desk: Desk) -> Iterable[Act]:
        """All that its screen offers, in the order of the screen."""
        raise NotImplementedError

    def carry(self, content: Any, state: Any, fields: Mapping[str, str], desk: Desk) -> Any:
        """Keep what is typed in the fields of its screen, whatever button was pressed."""
        return state

    def act(self, content: Any, state: Any, act: Act, desk: Desk) -> Moved:
        """Do one act that the screen offers."""
        raise NotImplementedError

    def back(self, content: Any, state: Any, desk: Desk) -> Any:
        """The device's own back button; None where there is nothing to go back to."""
        return None

    def effect(self, content: Any, state: Any, deed: str, target: str, again: bool, desk: Desk) -> Any:
        """Let a rule change it."""
        return state

    def inside(self, content: Any, state: Any) -> str:
        """The app that is drawn inside this one now (a portal inside the browser); empty for none."""
        return ""

    def examples(self, content: Any, state: Any, act: Act, desk: Desk) -> Mapping[str, str]:
        """What to type in the fields of an act, where the author gave `from` instead of a goal's `try`."""
        return {}

    def distance(self, content: Any, state: Any, fact: str, about: str, desk: Desk) -> int:
        """At least how many acts of this app stand between here and a fact; 0 where nothing is known of it.

        It guides the search and never misleads it as long as it is no more than the truth.
        """
        return 0

    def worded(self, content: Any, field: str, text: str) -> str:
        """A typed value as people read it: the label of a choice; empty for a tick, where there is nothing to copy."""
        return text

    def shown(self, content: Any, target: str, desk: Desk) -> str:
        """The name people read for a thing of this app."""
        return target

    def news(self, content: Any, state: Any, desk: Desk) -> int:
        """How many things wait unread: the number on its picture."""
        return 0

    def screen(self, content: Any, state: Any, desk: Desk) -> Any:
        """What the template shows, ready to be shown."""
        raise NotImplementedError

    def names(self, content: Any) -> Iterable[str]:
        """Targets that its own content names (what a slot accepts): the search may touch them."""
        return ()

    def labels(self, content: Any) -> Iterable[str]:
        """Every label that can be on its screens, for the check of `[labels]` in sentences."""
        return ()
