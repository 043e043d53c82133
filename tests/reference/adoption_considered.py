"""Whether a child's plan was ever presented to the agency decision maker, where it might have been."""

from __future__ import annotations

from datetime import date

from tests.reference.days import Records, by_day, rows_of
from tests.reference.salford_placement import birthday
from tests.reference.terms import ChildOnDay

AT_HOME = {"return_home", "supported_at_home"}


def never_considered(records: Records, child: ChildOnDay, from_age: int, below_age: int) -> tuple[date, str] | None:
    """(since when all of it has held, the plan) of a child of these ages with a plan that is not to be at home and no decision."""
    if child.age is None or not from_age <= child.age < below_age or not child.options or AT_HOME & set(child.options):
        return None
    for row in rows_of(records, "ssd_permanence"):
        if row["perm_person_id"] == child.child_id and by_day(row["perm_adm_decision_date"], child.as_at):
            return None
    (born,) = [row["pers_dob"] for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child.child_id]
    return max(child.entered_care, birthday(born, from_age), min(child.option_since.values())), child.plan_shown
