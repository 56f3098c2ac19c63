"""People, learning, and the open door that guests come through."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from app.domains.people.tables import OPEN_DOOR
from app.storage.columns import Json, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    organisation = op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("nickname", sa.String),
        sa.Column("locale", sa.String, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
    )
    op.create_index("person_by_silence", "person", ["organisation_id", "seen_at"])
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        _person(),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("mine", sa.Boolean),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
    )
    op.create_index("session_of_person", "session", ["organisation_id", "person_id"])
    op.create_table(
        "keepsake",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        _person(),
        sa.Column("code_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("revoked_at", Moment),
    )
    op.create_index("keepsake_of_person", "keepsake", ["organisation_id", "person_id"])
    op.create_table(
        "event",
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        _person(),
        sa.Column("module", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("tone", sa.String, nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("event_of_person", "event", ["organisation_id", "person_id", "sequence"])
    op.create_table(
        "step_state",
        _person(primary_key=True),
        sa.Column("module", sa.String, primary_key=True),
        sa.Column("step", sa.String, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("state", Json, nullable=False),
        sa.Column("outcome", Json, nullable=False),
        sa.Column("once", sa.Uuid, nullable=False),
        sa.Column("helped", sa.Integer, nullable=False),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("done_at", Moment),
        sa.Column("updated_at", Moment, nullable=False),
    )
    op.create_table(
        "module_progress",
        _person(primary_key=True),
        sa.Column("module", sa.String, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("levels", Json, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
    )
    op.bulk_insert(
        organisation,
        [
            {
                "id": OPEN_DOOR,
                "name": "Porte ouverte",
                "kind": "open-door",
                "created_at": datetime(2026, 1, 1, tzinfo=UTC),
            }
        ],
    )


def _person(*, primary_key: bool = False) -> sa.Column[object]:
    reference = sa.ForeignKey("person.id", ondelete="CASCADE")
    return sa.Column("person_id", sa.Uuid, reference, nullable=False, primary_key=primary_key)
