"""Salford's key stages, read off a child on a day: when each falls due, and whether it is done."""

from __future__ import annotations

from datetime import date

from tests.reference import salford_leaving, salford_placement
from tests.reference.days import Records, add_months, by_day, in_force, rows_of, within
from tests.reference.salford_due import Due, days, first, standing, weeks
from tests.reference.salford_facts import ONE_DAY, events, left_care, meetings, reviews, working_days_after
from tests.reference.salford_placement import RELATIVES_OR_FRIENDS
from tests.reference.terms import ChildOnDay, spine

CONSULTATION = "consultation_review_possible"


def since_entry(records: Records, child: ChildOnDay, kinds: tuple[str, ...]) -> date | None:
    """The first meeting of these kinds, from sixteen weeks before entry to care."""
    return first(meetings(records, child.child_id, kinds, child.entered_care - weeks(16), child.as_at))


def legal_discussion(records: Records, child: ChildOnDay) -> list[Due]:
    held = since_entry(records, child, ("LEGAL_DISCUSSION", "LEGAL_PLANNING"))
    return [Due(child.entered_care, working_days_after(child.entered_care, 10), held)]


def police_protection(records: Records, child: ChildOnDay) -> list[date]:
    found = set(events(records, child.child_id, "POLICE_PROTECTION", child.entered_care, child.as_at))
    for row in rows_of(records, "ssd_legal_status"):
        start = row["lega_legal_status_start_date"]
        if row["lega_person_id"] == child.child_id and row["lega_legal_status"] == "L1":
            found |= {start} if within(child.entered_care, start, child.as_at) else set()
    return sorted(found)


def legal_planning(records: Records, child: ChildOnDay) -> list[Due]:
    protected = police_protection(records, child)
    due = working_days_after(child.entered_care, 10)
    found = [
        Due(
            start,
            start + days(3),
            first(meetings(records, child.child_id, ("LEGAL_PLANNING", "LEGAL_DISCUSSION"), start, child.as_at)),
        )
        for start in protected
    ]
    if not any(start <= due for start in protected):
        found.append(Due(child.entered_care, due, since_entry(records, child, ("LEGAL_PLANNING",))))
    return found


def planning_before_second_review(records: Records, child: ChildOnDay) -> list[Due]:
    held = reviews(records, child)
    if len(held) >= 2:
        second = held[1]
    elif held:
        second = add_months(held[0], 3)
    else:
        second = add_months(working_days_after(child.entered_care, 20), 3)
    return [Due(child.entered_care, second - ONE_DAY, since_entry(records, child, ("PPM",)))]


def final_care_planning(records: Records, child: ChildOnDay) -> list[Due]:
    return [Due(child.entered_care, child.entered_care + weeks(26), since_entry(records, child, ("FINAL_CARE_PLANNING",)))]


def progress(records: Records, child: ChildOnDay) -> list[Due]:
    mine = [row for row in rows_of(records, "local_care_proceedings") if row["person_id"] == child.child_id]
    concluded = [row["concluded_date"] for row in mine if within(child.entered_care, row["concluded_date"], child.as_at)]
    if not concluded or any(in_force(row["issued_date"], row["concluded_date"], child.as_at) for row in mine):
        return []
    held = meetings(records, child.child_id, ("PROGRESS",), max(concluded), child.as_at)
    clock = held[-1] if held else max(concluded)
    return [Due(clock, add_months(clock, 12), None)]


def stability(records: Records, child: ChildOnDay) -> list[Due]:
    found = []
    for concern in events(records, child.child_id, "STABILITY_CONCERN", child.entered_care, child.as_at):
        held = first(meetings(records, child.child_id, ("CARE_PLANNING",), concern, child.as_at))
        resolved = first(events(records, child.child_id, "STABILITY_RESOLVED", concern, child.as_at))
        if resolved is None or (held is not None and held <= resolved):
            found.append(Due(concern, working_days_after(concern, 10), held))
    return found


def review_report(records: Records, child: ChildOnDay) -> list[Due]:
    if child.last_review_date is None:
        return []
    written = sorted(
        row["note_date"]
        for row in rows_of(records, "local_case_notes")
        if row["person_id"] == child.child_id
        and row["note_type"] == "CARE_PLAN_SUMMARY"
        and within(child.last_review_date, row["note_date"], child.as_at)
    )
    return [Due(child.last_review_date, working_days_after(child.last_review_date, 20), first(written))]


IN_CARE = {
    "legal_discussion_10d": legal_discussion,
    "legal_planning_10d": legal_planning,
    "ppm_before_review_2": planning_before_second_review,
    "final_care_plan_26w": final_care_planning,
    "progress_meeting_12m": progress,
    "stability_meeting_10d": stability,
    "review_report_20d": review_report,
    **salford_placement.IN_CARE,
    **salford_leaving.IN_CARE,
}
RULES = tuple(dict.fromkeys((*IN_CARE, *salford_leaving.LEFT)))


def stages(records: Records, rule: str, as_at: date, settings) -> dict[str, tuple[str, date, date | None, date | None]]:
    """{child: (state, since, due, done)} of everybody whom a stage is about at the close of the day."""
    found = {}
    if rule in IN_CARE:
        for child_id, child in spine(records, as_at, settings).items():
            found[child_id] = standing(IN_CARE[rule](records, child), as_at)
    if rule in salford_leaving.LEFT:
        for child_id, left in left_care(records, as_at, settings).items():
            found[child_id] = standing(salford_leaving.LEFT[rule](records, left, as_at), as_at)
    return {child_id: answer for child_id, answer in found.items() if answer is not None}


def consultation_possible(records: Records, as_at: date, settings) -> dict[str, tuple[date, date]]:
    """{child: (matched, a year later)} of the children matched long-term who do not live with relatives or friends."""
    found = {}
    for child_id, child in spine(records, as_at, settings).items():
        matched = [
            row["match_date"]
            for row in rows_of(records, "local_carer_matches")
            if row["person_id"] == child_id
            and row["match_type"] == "LTF"
            and within(child.entered_care, row["match_date"], as_at)
            and not by_day(row["ended_date"], as_at)
        ]
        if matched and child.placement_type not in RELATIVES_OR_FRIENDS:
            found[child_id] = (max(matched), add_months(max(matched), 12))
    return found
