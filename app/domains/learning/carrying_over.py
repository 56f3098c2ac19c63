"""Work goes from one device, or from a guest, to where it is kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from app.domains.learning import store
from app.domains.people import sessions
from app.domains.people import store as people
from app.domains.people.sessions import Visitor


def open_for(
    connection: Connection, owner: tuple[UUID, UUID], me: Visitor | None, take_along: bool, token: str, now: datetime
) -> None:
    """This device goes on with that work; what a guest did here goes along if they say that it is theirs.

    Not from a device that slept: the next person at a shared computer can't take what the one before left there.
    """
    person_id, organisation_id = owner
    if me:
        sessions.end(connection, me, now)
    if me and me.person_id != person_id and take_along and me.kind == "guest" and me.awake:
        store.give_to(connection, me.person_id, person_id, organisation_id)
        people.give_to(connection, me.person_id, person_id, organisation_id)
        people.erase(connection, me.person_id)
    people.add_session(connection, organisation_id, person_id, sessions.hashed(token), now)
