"""The ledger of what was published: added to, never changed."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import select

from casework.database import Casework
from casework.errors import CaseworkError
from casework.kept_models import PublicationRow
from casework.records import Publication
from casework.saving import person


def publications(casework: Casework, kind: str | None = None, period: str | None = None) -> tuple[Publication, ...]:
    """What was published, oldest first: all of it, or of one kind of pack, or one period."""
    asked = select(PublicationRow).order_by(PublicationRow.published_at, PublicationRow.id)
    if kind is not None:
        asked = asked.where(PublicationRow.kind == kind)
    if period is not None:
        asked = asked.where(PublicationRow.period == period)
    with casework.reading() as session:
        return tuple(_publication(row) for row in session.scalars(asked))


def publish(casework: Casework, publication: Publication) -> Publication:
    """Enter a pack in the ledger. Raises CaseworkError for one that is there already."""
    person(publication.published_by)
    values = {field.name: getattr(publication, field.name) for field in fields(Publication) if field.name != "id"}
    with casework.writing() as session:
        same = select(PublicationRow.id).where(
            PublicationRow.kind == publication.kind,
            PublicationRow.period == publication.period,
            PublicationRow.sha256 == publication.sha256,
        )
        if session.scalar(same):
            raise CaseworkError(f"This pack of {publication.period} is in the ledger of publications already.")
        row = PublicationRow(**values)
        session.add(row)
        session.flush()
        return _publication(row)


def _publication(row: PublicationRow) -> Publication:
    return Publication(**{field.name: getattr(row, field.name) for field in fields(Publication)})
