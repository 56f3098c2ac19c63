"""A device that knows somebody: one's own for 30 days, a shared one for 20 minutes without a touch.

The cookie is a random token (a guest's first is an HMAC of the answer's one-use key); only its hash is in the table.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection

from app.domains.people import store

OWN = timedelta(days=30)
SHARED = timedelta(minutes=20)
GONE = timedelta(hours=12)
"""A shared device that slept so long asks nothing any more: it has forgotten."""
TOUCH = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whom this device knows. `mine` is None until they said whether it is theirs."""

    person_id: UUID
    organisation_id: UUID
    session_id: UUID
    kind: str
    nickname: str | None
    mine: bool | None
    seen_at: datetime
    status: Literal["awake", "asleep", "gone"]

    @property
    def awake(self) -> bool:
        return self.status == "awake"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def guest_token(secret: str, once: UUID) -> str:
    """The token of the guest that this answer makes: a repeat of the answer finds the same guest."""
    return hmac.new(secret.encode(), b"guest:" + once.bytes, hashlib.sha256).hexdigest()


def hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def find(connection: Connection, token: str, now: datetime) -> Visitor | None:
    """Whom a token means; None for a stranger, an ended session, or one that is long over."""
    row = store.session_of(connection, hashed(token))
    if row is None:
        return None
    return visitor(row, now)


def visitor(row: store.SessionRow, now: datetime) -> Visitor | None:
    """The person of a session's row, awake or asleep; None when the session is over."""
    silent = now - row.seen_at
    status: Literal["awake", "asleep", "gone"] = "awake"
    if row.mine:
        status = "awake" if silent <= OWN else "gone"
    elif silent > SHARED:
        status = "asleep" if silent <= GONE else "gone"
    if status == "gone":
        return None
    return Visitor(
        row.person_id, row.organisation_id, row.session_id, row.kind, row.nickname, row.mine, row.seen_at, status
    )


def wake(connection: Connection, me: Visitor, now: datetime) -> None:
    """« Oui, c'est moi »: the session goes on."""
    store.touch(connection, me.session_id, me.person_id, now)


def say_whose(connection: Connection, me: Visitor, mine: bool, now: datetime) -> None:
    """The answer to « Cet appareil est à vous ? »."""
    store.set_mine(connection, me.session_id, mine)
    store.touch(connection, me.session_id, me.person_id, now)


def end(connection: Connection, me: Visitor, now: datetime) -> None:
    """« J'ai fini »: the device forgets."""
    store.end_session(connection, me.session_id, now)
