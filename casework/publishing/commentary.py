"""The words beside the measures of a pack, kept as every other record is: merged, with their history."""

from __future__ import annotations

from sqlalchemy import select

from casework.changes.saving import read, save
from casework.records.models import CommentaryRow
from casework.records.records import Commentary
from casework.storage.database import Casework


def commentaries(casework: Casework, kind: str, period: str) -> dict[str, Commentary]:
    """The commentary of one pack of one period, by measure."""
    asked = select(CommentaryRow).where(CommentaryRow.kind == kind, CommentaryRow.period == period)
    with casework.reading() as session:
        return {
            row.measure_id: read(session, Commentary, row) for row in session.scalars(asked.order_by(CommentaryRow.measure_id))
        }


def commentary(casework: Casework, kind: str, period: str, measure_id: str) -> Commentary:
    """The words beside one measure; an empty one, in version 0, to begin from where there are none yet."""
    return commentaries(casework, kind, period).get(measure_id) or Commentary(kind, period, measure_id)


def save_commentary(casework: Casework, changed: Commentary, who: str) -> Commentary:
    """Keep the words beside a measure. Raises EditedMeanwhile (casework.changes.saving)."""
    return save(casework, changed, who)
