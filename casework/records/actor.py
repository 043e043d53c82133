"""Who reads and writes the panels' records from a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from metrics.engine.engine import Engine
from metrics.engine.people import people
from metrics.engine.scope import Scope


@dataclass(frozen=True)
class Actor:
    """``name``: who is recorded as writing; "" where nobody has signed in, and the name that is given is recorded. ``kinds``: the records
    that they may write. ``engine`` and ``scope``: whose records they may see tonight."""

    name: str
    kinds: frozenset[type]
    engine: Engine
    scope: Scope

    def outside(self, child_ids: Iterable[str]) -> frozenset[str]:
        """Those of the children whom they do not reach at all. A restricted record within their reach is none of them: it is counted."""
        asked = frozenset(child_ids)
        if self.scope.reach is None or not asked:
            return frozenset()
        seen = people(self.engine, asked, replace(self.scope.widened(), roles=None))["child_id"]
        return asked - set(seen)
