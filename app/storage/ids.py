"""Identifiers of rows: UUIDv7 (RFC 9562), so that the newest stand together in an index."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A fresh identifier that sorts by the time it was made."""
    return UUID(int=uuid_utils.uuid7().int)
