"""What Salford asks about the home a child lives in: planning it, approving it, visiting it."""

from __future__ import annotations

from datetime import date

from tests.reference.days import Records, add_months, by_day, rows_of
from tests.reference.placements import placement_approved
from tests.reference.salford_due import Due, days, first, weeks
from tests.reference.salford_facts import ONE_DAY, Stay, approvals, is_one_of, meetings, stay, visits
from tests.reference.terms import ChildOnDay

RELATIVES_OR_FRIENDS = ("U1", "U2", "U3")
WITH_PARENTS = ("P1",)
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
NOT_KNOWN_MILES = 999
# What the tests' settings say.
OWN_AUTHORITY, NEIGHBOURS = "zz01", ("zz02", "next door")
ASSISTANT_DIRECTOR = ("Assistant Director", "AD")
STRATEGIC_DIRECTOR = (
    "Strategic Director",
    "Strategic Director for Children and Adult Services",
    "Director of Children's Services",
    "DCS",
)
APPROVED_BY = {"OUT_OF_BOROUGH": ASSISTANT_DIRECTOR, "DISTANT": STRATEGIC_DIRECTOR}


def birthday(born: date, age: int) -> date:
    """The day on which someone reaches an age: 1 March for those born on 29 February, in years that have no such day."""
    day = add_months(born, 12 * age)
    return day if day.day == born.day else day + ONE_DAY


def placement_planning(records: Records, child: ChildOnDay) -> list[Due]:
    here = stay(records, child)
    if here is None:
        return [Due(child.entered_care, None, None)]
    earliest = child.entered_care - weeks(16)
    if not here.since_entry:
        earliest = max(earliest, here.start - days(28))
        if here.start_before is not None:
            earliest = max(earliest, min(here.start, here.start_before + days(4)))
    held = first(meetings(records, child.child_id, ("PLACEMENT_PLANNING",), earliest, child.as_at))
    return [Due(here.start, here.start + days(3), held)]


def approvals_of_the_stay(records: Records, child: ChildOnDay, here: Stay) -> list[dict]:
    """What had been asked for by the day about the present home; a request without a day is taken to be known."""
    return [
        row
        for row in approvals(records, child.child_id, ("OUT_OF_BOROUGH", "DISTANT", "EMERGENCY"))
        if row["placement_id"] in here.placement_ids and (row["asked"] is None or row["asked"] <= child.as_at)
    ]


def emergency(records: Records, child: ChildOnDay) -> list[Due]:
    here = stay(records, child)
    if here is None:
        return []
    emergencies = [
        row for row in approvals(records, child.child_id, ("EMERGENCY",)) if row["asked"] is None or row["asked"] <= child.as_at
    ]
    if not any(placement_approved(records, row) in here.placement_ids for row in emergencies):
        return []
    held = first(meetings(records, child.child_id, ("CARE_PLANNING",), here.start, child.as_at))
    return [Due(here.start, here.start + days(5), held)]


def far_placement(records: Records, child: ChildOnDay, kind: str, will_do: tuple[str, ...]) -> list[Due]:
    here = stay(records, child)
    if here is None or not needs_approval(records, child):
        return []
    asked = approvals_of_the_stay(records, child, here)
    if how_far(records, child, asked) != kind:
        return []
    approved = [
        row["decided_date"]
        for row in asked
        if row["approval_type"] in will_do
        and row["decision"] == "APPROVED"
        and by_day(row["decided_date"], child.as_at)
        and is_one_of(row["decided_by"], APPROVED_BY[kind])
    ]
    return [Due(here.start, here.start, min(approved, default=None))]


def the_placement(records: Records, child: ChildOnDay) -> dict:
    return next(row for row in rows_of(records, "ssd_cla_placement") if row["clap_cla_placement_id"] == child.placement_id)


def needs_approval(records: Records, child: ChildOnDay) -> bool:
    """Not with parents, not with relatives or friends, not with the council's own foster carers."""
    own_carers = child.placement_type in FOSTER and the_placement(records, child)["clap_cla_placement_provider"] == "PR1"
    return child.placement_type not in WITH_PARENTS + RELATIVES_OR_FRIENDS and not own_carers


def how_far(records: Records, child: ChildOnDay, asked: list[dict]) -> str | None:
    """The authority says how far: a neighbour's is out of the borough, any other is distant. Not recorded: the request, or the miles."""
    authority = (the_placement(records, child)["clap_cla_placement_la"] or "").strip().lower()
    if authority:
        return None if authority == OWN_AUTHORITY else "OUT_OF_BOROUGH" if authority in NEIGHBOURS else "DISTANT"
    for kind in ("DISTANT", "OUT_OF_BOROUGH"):
        if any(row["approval_type"] == kind for row in asked):
            return kind
    miles = the_placement(records, child)["clap_cla_placement_distance"]
    if miles is None or miles >= NOT_KNOWN_MILES or miles < 20:
        return None
    return "DISTANT" if miles >= 40 else "OUT_OF_BOROUGH"


def requests(records: Records, child: ChildOnDay, kinds: tuple[str, ...]) -> set[date]:
    """The days on which a placement of these kinds was asked for, about the present home or naming none."""
    here = stay(records, child)
    asked = {
        row["asked"] for row in (approvals_of_the_stay(records, child, here) if here else []) if row["approval_type"] in kinds
    }
    asked |= {
        row["asked"]
        for row in approvals(records, child.child_id, kinds)
        if row["placement_id"] is None and row["asked"] is not None and child.entered_care <= row["asked"] <= child.as_at
    }
    return asked - {None}


def tracking_panel(records: Records, child: ChildOnDay) -> list[Due]:
    """The first panel since each request, whenever it was; until then it is due on the day of the request."""
    asked = requests(records, child, ("OUT_OF_BOROUGH", "DISTANT", "EMERGENCY"))
    looked = {day: first(meetings(records, child.child_id, ("PLACEMENT_TRACKING_PANEL",), day, child.as_at)) for day in asked}
    return [Due(day, looked[day] or day, looked[day]) for day in asked]


def far_placement_assessed(records: Records, child: ChildOnDay) -> list[Due]:
    """A care planning meeting from six weeks before each request for a far placement on."""
    return [
        Due(day, day, first(meetings(records, child.child_id, ("CARE_PLANNING",), day - weeks(6), child.as_at)))
        for day in requests(records, child, ("OUT_OF_BOROUGH", "DISTANT"))
    ]


def visit(records: Records, child: ChildOnDay) -> list[Due]:
    """Foster placements only."""
    here = stay(records, child)
    if here is None or child.placement_type not in FOSTER:
        return []
    start = here.start
    seen = visits(records, child.child_id, start, child.as_at)
    if not seen:
        return [Due(start, start + weeks(1), None)]
    last = seen[-1]
    due = last + weeks(6) if last < add_months(start, 12) else add_months(last, 6)
    born = next(row["pers_dob"] for row in rows_of(records, "ssd_person") if row["pers_person_id"] == child.child_id)
    if born is not None:
        due = min(due, max(last + weeks(8), birthday(born, 16)))
    return [Due(last, due, None)]


IN_CARE = {
    "placement_planning_72h": placement_planning,
    "emergency_meeting_5d": emergency,
    "out_of_borough_approval": lambda records, child: far_placement(
        records, child, "OUT_OF_BOROUGH", ("OUT_OF_BOROUGH", "DISTANT", "EMERGENCY")
    ),
    "distant_approval": lambda records, child: far_placement(records, child, "DISTANT", ("DISTANT", "EMERGENCY")),
    "placement_tracking_panel": tracking_panel,
    "far_placement_meeting": far_placement_assessed,
    "statutory_visit": visit,
}
