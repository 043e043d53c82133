"""Notes about children that people keep outside panels."""

from __future__ import annotations

import sqlalchemy
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "note",
        sqlalchemy.Column("child_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("text", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("withdrawn", sqlalchemy.Boolean(), nullable=False),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_child_id", "note", ["child_id"])
