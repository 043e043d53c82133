"""The chain of hashes over all that is kept, the drafts of packs, and the files of published packs."""

from __future__ import annotations

import sqlalchemy
from alembic import op

from casework.storage.chain import link_older

revision = "0002"
down_revision = "0001"

KEPT = ("publication_file", "draft", "chain")
# The tables of version 0001 whose rows are linked from now on. The hash of a row is defined once, in casework.storage.chain, since what is
# linked here is verified there.
OLDER = ("revision", "publication", "frozen_panel")


def upgrade() -> None:
    _tables()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in KEPT:
        (_sqlite_triggers if on_sqlite else _postgresql_trigger)(table)
    link_older(op.get_bind(), OLDER)


def _tables() -> None:
    op.create_table(
        "publication_file",
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("publication_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("what", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("content", sqlalchemy.LargeBinary(), nullable=False),
        sqlalchemy.Column("sha256", sqlalchemy.Text(), nullable=False),
        sqlalchemy.ForeignKeyConstraint(["publication_id"], ["publication.id"], name="fk_publication_file_publication_id"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_publication_file"),
        sqlalchemy.UniqueConstraint("publication_id", "what", name="uq_publication_file_publication_id_what"),
    )
    op.create_table(
        "draft",
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("kind", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("period", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("made_at", sqlalchemy.DateTime(timezone=True), nullable=False),
        sqlalchemy.Column("made_by", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("night_name", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("night_hash", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("basis", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("reasons", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("cells", sqlalchemy.LargeBinary(), nullable=False),
        sqlalchemy.Column("answer", sqlalchemy.LargeBinary(), nullable=False),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_table(
        "chain",
        sqlalchemy.Column("position", sqlalchemy.Integer(), autoincrement=False, nullable=False),
        sqlalchemy.Column("table_name", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("row_id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("content", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("previous", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("hash", sqlalchemy.Text(), nullable=False),
        sqlalchemy.PrimaryKeyConstraint("position", name="pk_chain"),
        sqlalchemy.UniqueConstraint("table_name", "row_id", name="uq_chain_table_name_row_id"),
    )


def _sqlite_triggers(table: str) -> None:
    for change in ("update", "delete"):
        op.execute(
            f"create trigger {table}_kept_{change} before {change} on {table} "
            f"begin select raise(abort, '{table} is kept for good'); end"
        )


def _postgresql_trigger(table: str) -> None:
    op.execute(
        f"create trigger {table}_kept before update or delete or truncate on {table} "
        "for each statement execute function kept_for_good()"
    )
