"""Which children's records are restricted for somebody: what other rooms need to keep to ``metrics.engine.scope``."""

from __future__ import annotations

from datetime import date

from metrics.engine.engine import Engine
from metrics.engine.scope import RESTRICTED, Scope


def restricted_children(engine: Engine, scope: Scope, *days: date) -> frozenset[str]:
    """The identifiers of the children whose records this scope's roles may not see tonight, or on any of the ``days`` given.

    Words written about a child last year are as restricted as the child is now.
    """
    roles = None if scope.roles is None else sorted(scope.roles)
    hidden: set[str] = set()
    with engine.cursor((engine.as_at,), ()) as cursor:
        for day in {engine.as_at, *days}:
            hidden |= {row[0] for row in cursor.execute(RESTRICTED, {"roles": roles, "as_at": day}).fetchall()}
    return frozenset(hidden)
