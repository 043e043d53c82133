"""The ledger of packs: their drafts, what was published, and its files. Added to, never changed.

Anyone who adds to it has read it before and worked something out beside what it held. So every entry is made against the ``state`` that was
read: where another entry has joined since, it is refused with LedgerMoved, and the work is done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from casework.changes.saving import allowed
from casework.records.errors import CaseworkError
from casework.records.kept_models import DraftRow, PublicationFileRow, PublicationRow
from casework.records.records import Draft, Ledger, Publication, PublishedFile
from casework.storage import chain
from casework.storage.database import Casework

ENTRIES = ("draft", "publication")


class LedgerMoved(CaseworkError):
    """Another draft or publication has joined the ledger since it was read; nothing was entered."""


def ledger(casework: Casework, kind: str) -> Ledger:
    """All drafts and publications of a kind of pack, with the state to add to. Drafts come without ``answer`` (see ``draft_answer``)."""
    with casework.reading() as session:
        # The state first: an entry that joins in between then makes it too old, and never too new.
        state, newest = chain.newest_of(session, *ENTRIES)
        drafts = session.scalars(
            select(DraftRow).where(DraftRow.kind == kind).order_by(DraftRow.id).options(defer(DraftRow.answer))
        ).all()
        return Ledger(
            state,
            newest,
            tuple(_publications(session, kind, None)),
            tuple(_draft(row, answer=b"") for row in drafts),
        )


def publications(casework: Casework, kind: str | None = None, period: str | None = None) -> tuple[Publication, ...]:
    """What was published, oldest first: all of it, or of one kind of pack, or one period."""
    with casework.reading() as session:
        return tuple(_publications(session, kind, period))


def draft_answer(casework: Casework, draft_id: int) -> bytes:
    """What was worked out for a draft. Raises CaseworkError for one that is not there."""
    with casework.reading() as session:
        answer = session.scalar(select(DraftRow.answer).where(DraftRow.id == draft_id))
    if answer is None:
        raise CaseworkError("This draft is not in the ledger; open the page again.")
    return answer


def keep_draft(casework: Casework, draft: Draft, against: str) -> Draft:
    """Enter a draft, worked out beside the ledger of the state ``against``, in the name of the person who has signed in.

    Raises LedgerMoved, and CaseworkError for nobody's draft and for somebody who may make none.
    """
    draft = replace(draft, made_by=allowed(casework, draft.made_by, Draft))
    with casework.writing() as session:
        _check_state(session, against)
        row = DraftRow(**_values(draft))
        session.add(row)
        session.flush()
        return _draft(row, row.answer)


def publish(casework: Casework, publication: Publication, against: str, files: Mapping[str, bytes] | None = None) -> Publication:
    """Enter a pack and its files, worked out beside the ledger of the state ``against``, in the name of the person who has signed in.

    Raises LedgerMoved, and CaseworkError for a pack that is there already and for somebody who may publish none.
    """
    publication = replace(publication, published_by=allowed(casework, publication.published_by, Publication))
    with casework.writing() as session:
        _check_state(session, against)
        same = select(PublicationRow.id).where(
            PublicationRow.kind == publication.kind,
            PublicationRow.period == publication.period,
            PublicationRow.sha256 == publication.sha256,
        )
        if session.scalar(same):
            raise CaseworkError(f"This pack of {publication.period} is already in the ledger of publications.")
        row = PublicationRow(**_values(publication))
        session.add(row)
        session.flush()
        for what, content in (files or {}).items():
            session.add(
                PublicationFileRow(publication_id=row.id, what=what, content=content, sha256=hashlib.sha256(content).hexdigest())
            )
        return _publication(row)


def published_file(casework: Casework, publication_id: int, what: str) -> PublishedFile | None:
    """A file exactly as it was published; None where it was not kept. Raises CaseworkError for one that is no longer as it was."""
    with casework.reading() as session:
        row = session.scalar(
            select(PublicationFileRow).where(PublicationFileRow.publication_id == publication_id, PublicationFileRow.what == what)
        )
    if row is None:
        return None
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        raise CaseworkError(f"The {what} of this published pack has changed since it was published; restore the backup.")
    return PublishedFile(row.what, row.content, row.sha256)


def altered_files(session: Session) -> Iterable[str]:
    """What is wrong with the files of published packs, a sentence each."""
    for row in session.scalars(select(PublicationFileRow).order_by(PublicationFileRow.id)):
        if hashlib.sha256(row.content).hexdigest() != row.sha256:
            yield f"The {row.what} of publication {row.publication_id} has changed since it was published; restore the backup."


def _check_state(session: Session, against: str) -> None:
    """Hold the ledger until the transaction ends, and refuse where it is no longer what was read."""
    chain.lock(session)
    if chain.newest_of(session, *ENTRIES)[0] != against:
        raise LedgerMoved("Another draft or pack was added to the ledger after this one was started; make it again.")


def _publications(session: Session, kind: str | None, period: str | None) -> Iterable[Publication]:
    asked = select(PublicationRow).order_by(PublicationRow.published_at, PublicationRow.id)
    if kind is not None:
        asked = asked.where(PublicationRow.kind == kind)
    if period is not None:
        asked = asked.where(PublicationRow.period == period)
    return (_publication(row) for row in session.scalars(asked))


def _values(record: Publication | Draft) -> dict:
    return {field.name: getattr(record, field.name) for field in fields(record) if field.name != "id"}


def _publication(row: PublicationRow) -> Publication:
    return Publication(**{field.name: getattr(row, field.name) for field in fields(Publication)})


def _draft(row: DraftRow, answer: bytes) -> Draft:
    values = {field.name: getattr(row, field.name) for field in fields(Draft) if field.name != "answer"}
    return Draft(**values, answer=answer)
