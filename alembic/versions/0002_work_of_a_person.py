"""Find the rows of one person without reading everybody's: own data, recall, the cascade of an erasure."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("session", "keepsake", "event")


def upgrade() -> None:
    for table in TABLES:
        op.create_index(f"{table}_by_person", table, ["person_id"])
