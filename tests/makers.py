"""What tests need, with honest defaults: a player on a real database, and stops on the path of a real module."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Engine

from app.domains.learning.player import Learning, Reply, Stop, revision_of
from app.pure.content.library import Library
from app.pure.content.loader import load
from app.pure.steps.base import Place
from app.settings import HOME
from app.storage.engine import open_engine
from app.storage.writer import reader_of, writer_of

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SECRET = "a secret only for tests, long enough"
T = TypeVar("T")
_LIBRARIES: list[Library] = []


def library() -> Library:
    """The shipped courses, read once."""
    if not _LIBRARIES:
        _LIBRARIES.append(load(HOME / "courses")[0])
    return _LIBRARIES[0]


def stop(step: str, module: str = "premier-mail") -> Stop:
    """A step of a shipped module, ready to be played."""
    lesson = library().modules[module]
    place = Place(today=NOW.date(), scene=library().scene(module, step))
    return Stop(module, lesson.step(step), lesson.hash_of(step), place)


@dataclass
class Learner:
    """Somebody who answers: keeps the cookie, the last page, and the clock."""

    learning: Learning
    token: str | None = None
    now: datetime = NOW
    last: Reply = field(default_factory=lambda: Reply(None, {}))

    def answer(
        self,
        at: Stop,
        form: Mapping[str, Sequence[str]],
        *,
        once: UUID | None = None,
        revision: str | None = None,
    ) -> Reply:
        """Answer a step as its page stands, or with an older revision or a repeated key."""
        if revision is None:
            shown = run(self.learning.show(self.token, at, self.now))
            revision = revision_of(shown, at)
        self.last = run(self.learning.answer(self.token, at, form, revision, once or uuid4(), self.now, "fr"))
        self.token = self.last.token or self.token
        return self.last


def learning(engine: Engine) -> Learning:
    return Learning(writer_of(engine), reader_of(engine), SECRET)


def engine(url: str) -> Engine:
    return open_engine(url)


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)
