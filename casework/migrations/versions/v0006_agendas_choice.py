"""A panel keeps from which lists, and for which services, its agenda was made. Of agendas made before that is not known: they have none."""

from __future__ import annotations

import sqlalchemy
from alembic import op

revision = "0006"
down_revision = "0005"

OLDER = "id, version, policy_id, panel_date, area, status, notes"
NEW = ("lists", "services")


def upgrade() -> None:
    (_sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql)()


def _sqlite() -> None:
    """SQLite cannot take a default away, so the table is made anew, as in 0005."""
    op.execute("pragma defer_foreign_keys = on")
    op.execute(f"create table panel_before as select {OLDER} from panel")
    op.drop_table("panel")
    op.create_table(
        "panel",
        *(sqlalchemy.Column(name, sqlalchemy.Text(), nullable=False) for name in ("policy_id", "area", "status", "notes")),
        sqlalchemy.Column("panel_date", sqlalchemy.Date(), nullable=False),
        *(sqlalchemy.Column(name, sqlalchemy.JSON(), nullable=False) for name in NEW),
        *(sqlalchemy.Column(name, sqlalchemy.Integer(), nullable=False) for name in ("id", "version")),
        sqlalchemy.CheckConstraint("status in ('open', 'closed')", name="ck_panel_status"),
        sqlalchemy.PrimaryKeyConstraint("id", name="pk_panel"),
        sqlalchemy.UniqueConstraint("policy_id", "panel_date", "area", name="uq_panel_policy_id_panel_date_area"),
    )
    op.execute(f"insert into panel ({OLDER}, lists, services) select {OLDER}, '[]', '[]' from panel_before")
    op.drop_table("panel_before")


def _postgresql() -> None:
    for name in NEW:
        op.add_column("panel", sqlalchemy.Column(name, sqlalchemy.JSON(), nullable=False, server_default="[]"))
        op.alter_column("panel", name, server_default=None)
