"""Whether the panel's records are whole: the file, what is frozen, the history behind every record, and the chain of hashes over all."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from casework.changes.saving import KINDS, all_fields, changeable, read, to_text
from casework.freezing.frozen import check_frozen
from casework.panels import panels
from casework.publishing.publications import altered_files
from casework.records.models import RevisionRow
from casework.storage import chain, chain_check
from casework.storage.database import Casework
from data.databases import chain_head
from data.databases.chain_head import Head


def check(casework: Casework, noted: Head | None = None) -> list[str]:
    """What is wrong, a sentence each; empty when all is well. ``noted``: a newest entry of the chain that somebody wrote down before."""
    problems = _file(casework) + _chain(casework, noted)
    for held in panels(casework):
        if held.freeze and (problem := check_frozen(casework, held.id)):
            problems.append(problem)
    with casework.reading() as session:
        problems += altered_files(session)
        for kind in KINDS:
            problems += _histories(session, kind)
    return problems


def newest_entry(casework: Casework) -> Head:
    """The newest entry of the chain of hashes, to be written down outside the tracker."""
    with casework.reading() as session:
        return chain.head(session)


def _chain(casework: Casework, noted: Head | None) -> list[str]:
    known, problems = [("the note", noted)] if noted else [], []
    if casework.head_file:
        try:
            kept = chain_head.read(casework.head_file)
        except (OSError, chain_head.HeadUnreadable):
            kept = None
            problems.append(f"{casework.head_file} cannot be read, so it is not known whether the end of the chain was cut off.")
        else:
            if kept is None:
                problems.append(f"{casework.head_file} is missing, so it is not known whether the end of the chain was cut off.")
            else:
                known.append((str(casework.head_file), kept))
    with casework.reading() as session:
        return problems + chain_check.problems(session, known)


def _file(casework: Casework) -> list[str]:
    if not casework.path:
        return []
    with casework.reading() as session:
        said = session.execute(text("pragma integrity_check")).scalar()
        broken = session.execute(text("pragma foreign_key_check")).all()
    problems = [] if said == "ok" else [f"The file {casework.path} is damaged: {said}."]
    return problems + ([f"{len(broken)} rows of {casework.path} refer to something that is missing."] if broken else [])


def _histories(session: Session, kind: type) -> list[str]:
    """Records whose newest history is not what they say now, or whose history has a gap."""
    table, entity, _ = KINDS[kind]
    applied = RevisionRow.entity == entity, RevisionRow.version.is_not(None)
    counts = dict(
        session.execute(select(RevisionRow.entity_id, func.count()).where(*applied).group_by(RevisionRow.entity_id)).all()
    )
    newest = {(row.entity_id, row.version): row.after for row in session.scalars(select(RevisionRow).where(*applied))}
    problems, there = [], set()
    for row in session.scalars(select(table)):
        there.add(row.id)
        record = read(session, kind, row)
        now = {name: to_text(value) for name, value in changeable(record).items()}
        kept = newest.get((row.id, row.version))
        if counts.get(row.id) != row.version or kept is None or all_fields(record, kept) != now:
            problems.append(
                f"The history of {entity.replace('_', ' ')} {row.id} does not end in what it says now; restore the backup."
            )
    gone = sorted(counts.keys() - there)
    words = entity.replace("_", " ").capitalize()
    return problems + [f"{words} {one} is missing, though its history is there; restore the backup." for one in gone]
