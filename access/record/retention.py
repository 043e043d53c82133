"""Retention: entries older than the settings say are removed from the beginning, and what was removed is itself an entry."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from access.record.entries import Kind, Shown, Visitor, moment
from access.record.record import AccessRecord, link
from access.record.tables import ENTRY, LIST
from data.settings import Settings


def remove_old(record: AccessRecord, settings: Settings, visitor: Visitor) -> int:
    """Remove the entries older than ``keep_access_days``; gives how many. Raises AccessRecordError.

    They go from the beginning up to the first that is to be kept, whatever the clock said in between. The removal is recorded with the
    number and the hash of the last one removed, from which the chain goes on.
    """
    return remove_before(record, record.clock() - timedelta(days=settings.keep_access_days), visitor)


def remove_before(record: AccessRecord, first_kept: datetime, visitor: Visitor) -> int:
    """As ``remove_old``, before a moment."""
    with record.writing() as connection:
        kept = connection.scalar(select(func.min(ENTRY.c.position)).where(ENTRY.c.at >= moment(first_kept)))
        query = select(ENTRY.c.position, ENTRY.c.hash).order_by(ENTRY.c.position.desc()).limit(1)
        last = connection.execute(query if kept is None else query.where(ENTRY.c.position < kept)).first()
        if last is None:
            return 0
        going = connection.scalar(select(func.count()).select_from(ENTRY).where(ENTRY.c.position <= last.position)) or 0
        said = Shown(
            Kind.REMOVED, f"{going} entries up to {last.position}, older than {moment(first_kept)[:10]}", sha256=last.hash
        )
        newest = link(connection, record.newest(connection), record.clock(), visitor, said, removed_to=last.position)
        connection.execute(delete(ENTRY).where(ENTRY.c.position <= last.position))
        connection.execute(delete(LIST).where(LIST.c.list_hash.not_in(select(ENTRY.c.list_hash))))
    record.moved(newest)
    return going
