"""Panels of areas: on one day each area of the council may have its panel, and the whole council its own. Older ones are the council's."""

from __future__ import annotations

import sqlalchemy
from alembic import op

revision = "0005"
down_revision = "0004"

OLDER = "id, version, policy_id, panel_date, status, notes"


def upgrade() -> None:
    (_sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql)()


def _sqlite() -> None:
    """SQLite cannot change what is unique in a table, so the table is made anew under its own name: what refers to its rows finds them
    again before the transaction ends, and until then nobody looks."""
    op.execute("pragma defer_foreign_keys = on")
    op.execute(f"create table panel_before as select {OLDER} from panel")
    op.drop_table("panel")
    op.create_table(
        "panel",
        sqlalchemy.Column("policy_id", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("panel_date", sqlalchemy.Date(), nullable=False),
        sqlalchemy.Column("area", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("status", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("notes", sqlalchemy.Text(), nullable=False),
        sqlalchemy.Column("id", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.Column("version", sqlalchemy.Integer(), nullable=False),
        sqlalchemy.CheckConstraint("status in ('open', 'closed')", name="ck_panel_status"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_panel"),
        sqlalchemy.UniqueConstraint("policy_id", "panel_date", "area", name="uq_panel_policy_id_panel_date_area"),
    )
    op.execute(f"insert into panel ({OLDER}, area) select {OLDER}, '' from panel_before")
    op.drop_table("panel_before")


def _postgresql() -> None:
    op.add_column("panel", sqlalchemy.Column("area", sqlalchemy.Text(), nullable=False, server_default=""))
    op.alter_column("panel", "area", server_default=None)
    op.drop_constraint("uq_panel_policy_id_panel_date", "panel", type_="unique")
    op.create_unique_constraint("uq_panel_policy_id_panel_date_area", "panel", ["policy_id", "panel_date", "area"])
