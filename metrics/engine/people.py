"""The people behind identifiers, as somebody may see them; and whose records are restricted for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas

from metrics.engine.engine import Engine
from metrics.engine.scope import Scope

PEOPLE = """
select
    person.pers_person_id as child_id,
    person.pers_legacy_id as legacy_id,
    person.name,
    age_in_years(person.pers_dob, $as_at) as age,
    known.service,
    known.team,
    known.worker,
    spine.plan_shown as plan,
    spine.child_number is not null as in_care
from ssd_person as person
left join known_on_day as known on known.child_number = person.rowid and known.as_at = $as_at
left join spine on spine.child_number = person.rowid and spine.as_at = $as_at
where list_contains($child_ids::varchar[], person.pers_person_id)
"""


def people(engine: Engine, child_ids: Iterable[str], scope: Scope, as_at: date | None = None) -> pandas.DataFrame:
    """The children with these identifiers whose records the scope's roles may see, on one day, in no order.

    Columns: child_id, legacy_id, name, age (years), service, team and worker (missing for a child that nobody has on the day),
    plan (missing for none), in_care.
    """
    day = as_at or engine.as_at
    asked = {"child_ids": sorted(set(child_ids)), "as_at": day}
    with engine.view(scope, (day,), ()) as view:
        frame = view.execute(PEOPLE, asked).df()
    frame["age"] = frame["age"].astype("Int64")
    return frame


def restricted_children(engine: Engine, scope: Scope, *days: date) -> frozenset[str]:
    """The identifiers of the children whose records this scope's roles may not see tonight, or on any of the ``days`` given.

    Words written about a child last year are as restricted as the child is now.
    """
    return engine.hidden_children(scope, min((engine.as_at, *days)))
