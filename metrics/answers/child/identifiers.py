"""Every identifier of every child, of either kind, to the child: for what is read back from a file."""

from __future__ import annotations

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope


def identifiers(engine: Engine, scope: Scope) -> dict[str, str]:
    """{identifier: child} of all whom the person asking may see anywhere in the council. A child's own identifier goes before another's."""
    with engine.view(scope.widened(), (engine.as_at,), ()) as view:
        rows = view.execute("select pers_person_id, pers_legacy_id from ssd_person where pers_person_id is not null").fetchall()
    return {legacy: child for child, legacy in rows if legacy} | {child: child for child, _ in rows}


def of_the_same_child(known: dict[str, str], identifier: str) -> tuple[str, ...]:
    """An identifier with the others of the same child among those that are ``known``; itself alone where it is not."""
    child = known.get(identifier, identifier)
    return tuple(sorted({identifier, child, *(other for other, its_child in known.items() if its_child == child)}))
