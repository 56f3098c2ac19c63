"""What a scene remembers: where each app stands, which goals are reached. Frozen, small, equal when it looks equal."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from app.pure.simulator.apps import BY_NAME

_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


@dataclass(frozen=True, slots=True)
class State:
    """Ids and typed text only: no language, no clock, never the author's words.

    `met` are goals whose fact happened before they came up; `counts` how often, where a pattern asks for times.
    """

    today: date
    front: str
    apps: tuple[tuple[str, Any], ...]
    documents: frozenset[str]
    day: int = 0
    reached: tuple[str, ...] = ()
    met: frozenset[str] = frozenset()
    counts: tuple[tuple[str, int], ...] = ()

    def app(self, name: str) -> Any:
        return next(state for key, state in self.apps if key == name)

    def with_app(self, name: str, app_state: Any) -> "State":
        return replace(self, apps=tuple((key, app_state if key == name else old) for key, old in self.apps))


def dump(state: State) -> dict[str, Any]:
    """The state as JSON values."""
    plain: dict[str, Any] = _adapter(State).dump_python(replace(state, apps=()), mode="json")
    plain["apps"] = {name: _adapter(type(app)).dump_python(app, mode="json") for name, app in state.apps}
    return plain


def load(plain: dict[str, Any]) -> State:
    """The state again; raises ValueError where it does not fit today's apps."""
    apps = tuple((name, _adapter(BY_NAME[name].state).validate_python(app)) for name, app in plain["apps"].items())
    state: State = _adapter(State).validate_python({**plain, "apps": ()})
    return replace(state, apps=apps)


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
