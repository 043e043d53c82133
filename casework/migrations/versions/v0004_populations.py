"""A frozen figure keeps whom it is a share of. What was kept as ``population`` was the children in care, and is called so; panels frozen
before have no population of the rule's own, and their hashes hold as they are."""

from __future__ import annotations

import sqlalchemy
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # No batch: SQLite would make the table anew, without the triggers that keep it.
    op.execute("alter table frozen_figure rename column population to in_care")
    op.add_column("frozen_figure", sqlalchemy.Column("population", sqlalchemy.Integer(), nullable=True))
    op.add_column("frozen_rule", sqlalchemy.Column("out_of", sqlalchemy.Text(), nullable=True))
