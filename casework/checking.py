"""Whether the panel's records are whole: the file, what is frozen, and the history behind every record."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from casework.database import Casework
from casework.frozen import check_frozen
from casework.models import RevisionRow
from casework.panels import panels
from casework.saving import KINDS, changeable, read, to_text


def check(casework: Casework) -> list[str]:
    """What is wrong, a sentence each; empty when all is well."""
    problems = _file(casework)
    for held in panels(casework):
        if held.freeze and (problem := check_frozen(casework, held.id)):
            problems.append(problem)
    with casework.reading() as session:
        for kind in KINDS:
            problems += _histories(session, kind)
    return problems


def _file(casework: Casework) -> list[str]:
    if not casework.path:
        return []
    with casework.reading() as session:
        said = session.execute(text("pragma integrity_check")).scalar()
        broken = session.execute(text("pragma foreign_key_check")).all()
    problems = [] if said == "ok" else [f"The file {casework.path} is damaged: {said}."]
    return problems + ([f"{len(broken)} rows of {casework.path} name something that is not there."] if broken else [])


def _histories(session: Session, kind: type) -> list[str]:
    """Records whose newest history is not what they say now, or whose history has a gap."""
    table, entity, _ = KINDS[kind]
    applied = RevisionRow.entity == entity, RevisionRow.version.is_not(None)
    counts = dict(
        session.execute(select(RevisionRow.entity_id, func.count()).where(*applied).group_by(RevisionRow.entity_id)).all()
    )
    newest = {(row.entity_id, row.version): row.after for row in session.scalars(select(RevisionRow).where(*applied))}
    problems = []
    for row in session.scalars(select(table)):
        now = {name: to_text(value) for name, value in changeable(read(session, kind, row)).items()}
        if counts.get(row.id) != row.version or newest.get((row.id, row.version)) != now:
            problems.append(
                f"The history of {entity.replace('_', ' ')} {row.id} does not end in what it says now; restore the backup."
            )
    return problems
