"""The deed of one answer: read where the learner stands, judge, save, and only then say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from app.domains.learning import store
from app.domains.learning.progress import level_of, merge
from app.domains.people import guests, sessions
from app.domains.people import store as people
from app.domains.people.sessions import Visitor
from app.pure.steps.base import Form, Help, Level, Line, Outcome, Place, StepBase, Turn
from app.storage.writer import Reader, Writer

STALE = "Cette page est ancienne. Voici où vous êtes."
CHANGED = "Cet exercice est nouveau. On recommence cette étape."
AGAIN = "On recommence cette étape."
HELPED: Mapping[str, int] = {"hint": 1, "show": 1, "do": 2}


@dataclass(frozen=True, slots=True)
class Stop:
    """A step on a module's path, and where it is played."""

    module: str
    step: StepBase
    content_hash: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reply:
    """Where the learner stands now and what is said. `token`: the cookie of a guest who has just been made."""

    me: Visitor | None
    state: dict[str, Any]
    revision: int = 0
    outcome: Outcome | None = None
    help: Help | None = None
    hints: int = 0
    done: bool = False
    levels: Mapping[str, str] = field(default_factory=dict)
    token: str | None = None


class _Faster(Exception):
    """Somebody was faster: this very act, or another one, is saved already."""


@dataclass(frozen=True, slots=True)
class Learning:
    """The player's tools, made once at start."""

    writer: Writer
    reader: Reader
    secret: str

    async def show(self, token: str | None, stop: Stop, now: datetime) -> Reply:
        """Where the learner stands in a step; looking makes no row."""
        if token is None:
            return Reply(None, stop.step.begin(stop.place))
        found = await self.reader.read(lambda c: store.place_of(c, sessions.hashed(token), stop.module, stop.step.id))
        return _reply(found, stop, now)

    async def answer(
        self,
        token: str | None,
        stop: Stop,
        form: Form,
        revision: str,
        once: UUID,
        now: datetime,
        locale: str,
        weight: int = 0,
    ) -> Reply:
        """Judge an answer and save it. Raises NotSaved when the database is away: nothing was acknowledged then.

        A repeat (same `once`) gets the kept outcome; an old page gets the current one with a kind sentence.
        """
        cookie = token
        for _ in range(3):
            known = token or sessions.guest_token(self.secret, once)
            found = await self.reader.read(
                lambda c, k=known: store.place_of(c, sessions.hashed(k), stop.module, stop.step.id)  # type: ignore[misc]
            )
            if found is None or sessions.visitor(found[0], now) is None:
                # an ended or unknown session: the answer begins a guest of its own
                known, found, token = sessions.guest_token(self.secret, once), None if token else found, None
            here = _reply(found, stop, now)
            made = known if known != cookie else None
            if here.me and not here.me.awake:
                return replace(here, outcome=None)
            if found and found[1] and found[1].once == once:
                return replace(here, token=made)
            row = found[1] if found else None
            if "again" not in form and (kept := _unfit(here, row, stop, revision)) is not None:
                return replace(kept, token=None)
            after = _judge(here, stop, form)
            try:
                me, levels = await self.writer.write(
                    lambda c, h=here, r=row, a=after, k=known: _save(  # type: ignore[misc]
                        c, h, r, a, stop, once, now, k, locale, weight
                    )
                )
            except _Faster:
                token = known
                continue
            return replace(after.reply, me=me, levels=levels, token=made)
        return replace(here, outcome=Outcome("note", (Line(STALE),)))


@dataclass(frozen=True, slots=True)
class _After:
    """What is to be saved of an act."""

    reply: Reply
    kind: str
    tone: str
    log: dict[str, Any]
    helped: int


def revision_of(reply: Reply, stop: Stop) -> str:
    """What the page's forms carry: the revision, and which content the page was drawn from."""
    return f"{reply.revision}-{stop.content_hash[:8]}"


def _reply(
    found: tuple[people.SessionRow, store.StateRow | None, dict[str, str]] | None, stop: Stop, now: datetime
) -> Reply:
    if found is None:
        return Reply(None, stop.step.begin(stop.place))
    session, row, levels = found
    me = sessions.visitor(session, now)
    if me is None:
        return Reply(None, stop.step.begin(stop.place))
    if row is None:
        return Reply(me, stop.step.begin(stop.place), levels=levels)
    if row.content_hash != stop.content_hash:
        note = Outcome("note", (Line(CHANGED),))
        return Reply(me, stop.step.begin(stop.place), row.revision, note, levels=levels)
    outcome, help_ = unpacked(row.outcome)
    return Reply(me, row.state, row.revision, outcome, help_, row.hints, row.done_at is not None, levels)


def _unfit(here: Reply, row: store.StateRow | None, stop: Stop, revision: str) -> Reply | None:
    """The current page with a kind sentence, where the posted one is too old to be judged."""
    number, _, drawn_from = revision.partition("-")
    if drawn_from and drawn_from != stop.content_hash[:8]:
        return replace(here, outcome=Outcome("note", (Line(CHANGED),)), help=None)
    if number != str(row.revision if row else 0):
        return replace(here, outcome=Outcome("note", (Line(STALE),)), help=None)
    return None


def _judge(here: Reply, stop: Stop, form: Form) -> _After:
    step, place = stop.step, stop.place
    changed = here.outcome is not None and here.outcome.lines[:1] == (Line(CHANGED),)
    revision = here.revision + 1
    if "again" in form:
        note = Outcome("note", (Line(AGAIN),))
        return _After(Reply(here.me, step.begin(place), revision, note), "restarted", "", {}, -1)
    level = _level(form)
    if level:
        state, help_ = step.assist(place, _typed(step, place, here.state, form), level, here.hints)
        hints = here.hints + (help_.level == "hint")
        done = help_.done or here.done
        state = step.settle(place, state) if help_.done else state
        reply = Reply(here.me, state, revision, None, help_, hints, done)
        return _After(reply, "finished" if help_.done else "helped", level, {"level": help_.level}, HELPED[help_.level])
    turn = step.take(place, here.state, form)
    state = step.settle(place, turn.state) if turn.done else turn.state
    done = turn.done or (here.done and not changed)
    reply = Reply(here.me, state, revision, turn.outcome, None, here.hints, done)
    tone = turn.outcome.tone if turn.outcome else ""
    return _After(reply, "finished" if turn.done else "answered", tone, turn.log, 0)


def _typed(step: StepBase, place: Place, state: dict[str, Any], form: Form) -> dict[str, Any]:
    """Asking for help keeps what was typed: an act without a name only carries the fields along."""
    turn: Turn = (
        step.take(place, state, {**form, "act": ("",)}) if step.kind == "scene" else Turn(state, None, False, {})
    )
    return turn.state


def _level(form: Form) -> Level | None:
    asked = (form.get("help") or ("",))[0]
    return asked if asked in ("hint", "show", "do") else None  # type: ignore[return-value]


def _save(
    connection: Connection,
    here: Reply,
    row: store.StateRow | None,
    after: _After,
    stop: Stop,
    once: UUID,
    now: datetime,
    token: str,
    locale: str,
    weight: int,
) -> tuple[Visitor | None, dict[str, str]]:
    """One transaction: the guest where there was none, the event, the step's state, the module's progress."""
    if here.me is None:
        try:
            person_id, organisation_id = guests.welcome(connection, token, locale, now)
        except guests.AlreadyHere as why:
            raise _Faster from why
    else:
        person_id, organisation_id = here.me.person_id, here.me.organisation_id
        if now - here.me.seen_at > sessions.TOUCH:
            people.touch(connection, here.me.session_id, person_id, now)
    owner = {"organisation_id": organisation_id, "person_id": person_id, "module": stop.module}
    recorded = {
        **owner,
        "id": once,
        "step": stop.step.id,
        "kind": after.kind,
        "tone": after.tone,
        "data": after.log,
        "at": now,
    }
    if not store.append(connection, recorded):
        raise _Faster
    helped = 0 if after.helped < 0 else max(row.helped if row else 0, after.helped)
    values = {
        "revision": after.reply.revision,
        "content_hash": stop.content_hash,
        "state": after.reply.state,
        "outcome": packed(after.reply),
        "once": once,
        "helped": helped,
        "hints": after.reply.hints,
        "done_at": now if after.reply.done else None,
        "updated_at": now,
    }
    key = {"person_id": person_id, "module": stop.module, "step": stop.step.id}
    extra = {"organisation_id": organisation_id} if row is None else {}
    if not store.put_state(connection, key, row.revision if row else None, {**values, **extra}):
        raise _Faster
    gained: dict[str, str] = {stop.step.id: level_of(helped)} if after.kind == "finished" else {}
    store.put_progress(connection, owner, stop.step.id, gained, weight, now)
    me = here.me
    if me is None:
        found = people.session_of(connection, sessions.hashed(token))
        me = sessions.visitor(found, now) if found else None
    return me, merge(here.levels, gained)


def packed(reply: Reply) -> dict[str, Any]:
    """The last outcome or help as JSON: kept so that a repeat, or a page fetched anew, says the same."""
    if reply.help:
        said = reply.help
        return {
            "level": said.level,
            "lines": _packed_lines(said.lines),
            "point": said.point,
            "field": said.field,
            "example": said.example,
            "next": said.next,
            "done": said.done,
        }
    if reply.outcome:
        return {
            "tone": reply.outcome.tone,
            "lines": _packed_lines(reply.outcome.lines),
            "marks": dict(reply.outcome.marks),
        }
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
    return [[line.text, dict(line.data)] for line in lines]


def _lines(plain: list[list[Any]]) -> tuple[Line, ...]:
    return tuple(Line(text, tuple(data.items())) for text, data in plain)
