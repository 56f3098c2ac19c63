"""The deed of one answer: read where the learner stands, judge, save, and only then say so."""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.domains.learning import store
from app.domains.learning.progress import DONE, gained_by, level_of, merge
from app.domains.learning.said import packed, unpacked
from app.domains.people import guests, sessions
from app.domains.people import store as people
from app.domains.people.sessions import Visitor
from app.pure.steps.base import Form, Help, Level, Line, Outcome, Place, StepBase, Turn
from app.storage.writer import Reader, Writer

STALE = "Cette page est ancienne. Voici où vous êtes."
CHANGED = "Cet exercice est nouveau. On recommence cette étape."
AGAIN = "On recommence cette étape."
ATTEMPTS = 3
"""Somebody was faster twice in a row: then they see where they are."""
LEVELS: Mapping[str, Level] = {"hint": "hint", "show": "show", "do": "do"}
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


_Found = tuple[people.SessionRow, store.StateRow | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Act:
    """What came in: a posted form, for which stop, when; `guest` is the token of the guest that it may make."""

    stop: Stop
    form: Form
    revision: str
    once: UUID
    event: UUID
    guest: str
    now: datetime
    locale: str
    weight: int


@dataclass(frozen=True, slots=True)
class Learning:
    """The player's tools, made once at start."""

    writer: Writer
    reader: Reader
    secret: str

    async def show(self, token: str | None, stop: Stop, now: datetime) -> Reply:
        """Where the learner stands in a step; looking makes no row."""
        return _reply(await self._place(token, stop) if token else None, stop, now)

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
        event, guest = record_of(self.secret, once), sessions.guest_token(self.secret, once)
        act = _Act(stop, form, revision, once, event, guest, now, locale, weight)
        failed: IntegrityError | None = None
        for _ in range(ATTEMPTS):
            known, found = await self._recognise(token, act)
            made = known if known != token else None
            here, row = _reply(found, stop, now), found[1] if found else None
            if here.me and not here.me.awake:
                return replace(here, outcome=None)
            if row and row.once == once:
                return replace(here, token=made)
            if "again" not in form and (kept := _unfit(here, row, stop, revision)) is not None:
                return kept
            after = await _judged(here, act)
            try:
                me, levels = await self.writer.write(
                    partial(_save, here=here, row=row, after=after, act=act, token=known)
                )
            except _Faster:
                failed = None
            except IntegrityError as why:
                failed = why  # they were erased, or their work changed hands, between the look and the write
            else:
                return replace(after.reply, me=me, levels=levels, token=made)
        if failed:
            raise failed
        return replace(here, outcome=Outcome("note", (Line(STALE),)), help=None)

    async def _recognise(self, token: str | None, act: _Act) -> tuple[str, _Found | None]:
        """Who answers; where no session is (or it is over), the guest whom this very answer makes, or has made."""
        for known in (token, act.guest):
            found = await self._place(known, act.stop) if known else None
            if known and found and sessions.visitor(found[0], act.now):
                return known, found
        return act.guest, None

    async def _place(self, token: str, stop: Stop) -> _Found | None:
        key = sessions.hashed(token)
        return await self.reader.read(lambda c: store.place_of(c, key, stop.module, stop.step.id))


def record_of(secret: str, once: UUID) -> UUID:
    """The id of the event that an answer leaves. Not `once` itself: that key can open the guest it made, and an
    event's id stands in own data, in reports, in what is sent to others."""
    made = hmac.new(secret.encode(), b"event:" + once.bytes, hashlib.sha256).digest()
    return UUID(bytes=made[:16], version=4)


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


def _reply(found: _Found | None, stop: Stop, now: datetime) -> Reply:
    me = sessions.visitor(found[0], now) if found else None
    if found is None or me is None:
        return Reply(None, stop.step.begin(stop.place))
    _, row, levels = found
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


async def _judged(here: Reply, act: _Act) -> _After:
    """Help may search the pretend world for a while: others are served meanwhile."""
    if _level(act.form) in ("show", "do"):
        return await asyncio.to_thread(_judge, here, act.stop, act.form)
    return _judge(here, act.stop, act.form)


def _judge(here: Reply, stop: Stop, form: Form) -> _After:
    step, place = stop.step, stop.place
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
    done = turn.done or here.done
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
    return LEVELS.get((form.get("help") or ("",))[0])


def _save(
    connection: Connection, *, here: Reply, row: store.StateRow | None, after: _After, act: _Act, token: str
) -> tuple[Visitor | None, dict[str, str]]:
    """One transaction: the guest where there was none, the event, the step's state, the module's progress."""
    stop, now = act.stop, act.now
    if here.me is None:
        try:
            person_id, organisation_id = guests.welcome(connection, token, act.locale, now)
        except guests.AlreadyHere as why:
            raise _Faster from why
    else:
        person_id, organisation_id = here.me.person_id, here.me.organisation_id
        if now - here.me.seen_at > sessions.TOUCH:
            people.touch(connection, here.me.session_id, person_id, now)
    same = row is not None and row.content_hash == stop.content_hash
    helped = 0 if after.helped < 0 else max(row.helped if row and same else 0, after.helped)
    data = {**after.log, DONE: level_of(helped)} if after.kind == "finished" else after.log
    owner = {"organisation_id": organisation_id, "person_id": person_id, "module": stop.module}
    recorded = {
        **owner,
        "id": act.event,
        "step": stop.step.id,
        "kind": after.kind,
        "tone": after.tone,
        "data": data,
        "at": now,
    }
    if not store.append(connection, recorded):
        raise _Faster
    values = {
        "revision": after.reply.revision,
        "content_hash": stop.content_hash,
        "state": after.reply.state,
        "outcome": packed(after.reply.outcome, after.reply.help),
        "once": act.once,
        "helped": helped,
        "hints": after.reply.hints,
        "done_at": now if after.reply.done else None,
        "updated_at": now,
    }
    key = {"person_id": person_id, "module": stop.module, "step": stop.step.id}
    extra = {"organisation_id": organisation_id} if row is None else {}
    if not store.put_state(connection, key, row.revision if row else None, {**values, **extra}):
        raise _Faster
    gained = gained_by(stop.step.id, data)
    store.put_progress(connection, owner, stop.step.id, gained, act.weight, now)
    me = here.me
    if me is None:
        found = people.session_of(connection, sessions.hashed(token))
        me = sessions.visitor(found, now) if found else None
    return me, merge(here.levels, gained)
