"""How Alembic meets the records: over the connection and in the transaction that ``casework.storage.upgrading`` hands it."""

from __future__ import annotations

from alembic import context

from casework.records import kept_models  # noqa: F401 its tables belong to the metadata
from casework.records.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
