"""Which children's records are restricted for somebody: what other rooms need to keep to ``metrics.engine.scope``."""

from __future__ import annotations

from datetime import date

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope


def restricted_children(engine: Engine, scope: Scope, *days: date) -> frozenset[str]:
    """The identifiers of the children whose records this scope's roles may not see tonight, or on any of the ``days`` given.

    Words written about a child last year are as restricted as the child is now.
    """
    return engine.hidden_children(scope, min((engine.as_at, *days)))
