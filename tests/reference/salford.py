"""Salford's key stages, read off a child on a day: when each falls due, and whether it is done."""

from __future__ import annotations

from datetime import date

from tests.reference import salford_leaving, salford_placement
from tests.reference.days import Records, add_months, by_day, in_force, rows_of, within
from tests.reference.hertfordshire_papers import before_second_review
from tests.reference.orders import legal_status_rows, long_term_matches
from tests.reference.pre_proceedings import pre_proceedings
from tests.reference.salford_due import Due, days, first, standing, weeks
from tests.reference.salford_facts import (
    ONE_DAY,
    documents,
    events,
    left_care,
    meetings,
    reviews,
    stay,
    under_18_and_alive,
    working_days_after,
)
from tests.reference.south_east import second_review_due
from tests.reference.south_east_terms import proceedings_in_force, reviews_held
from tests.reference.terms import ChildOnDay, spine

CONSULTATION = "consultation_review_possible"


def since_entry(records: Records, child: ChildOnDay, kinds: tuple[str, ...]) -> date | None:
    """The first meeting of these kinds, from sixteen weeks before entry to care."""
    return first(meetings(records, child.child_id, kinds, child.entered_care - weeks(16), child.as_at))


def legal_discussion(records: Records, child: ChildOnDay) -> list[Due]:
    held = since_entry(records, child, ("LEGAL_DISCUSSION", "LEGAL_PLANNING"))
    return [Due(child.entered_care, working_days_after(child.entered_care, 10), held)]


def police_protection(records: Records, child: ChildOnDay) -> list[date]:
    earliest = child.entered_care - days(3)
    found = set(events(records, child.child_id, "POLICE_PROTECTION", earliest, child.as_at))
    for row in rows_of(records, "ssd_legal_status"):
        start = row["lega_legal_status_start_date"]
        if row["lega_person_id"] == child.child_id and row["lega_legal_status"] == "L1":
            found |= {start} if within(earliest, start, child.as_at) else set()
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
    recorded = second_review_due(records, child)
    if len(held) < 2 and recorded is not None and recorded >= child.as_at:
        second = min(second, recorded)
    decided = subject_to_public_law_outline(records, child)
    if decided is None:
        return [Due(child.entered_care, second - ONE_DAY, since_entry(records, child, ("PPM",)))]
    earliest = min(decided, child.entered_care - weeks(16))
    held_then = first(meetings(records, child.child_id, ("PPM",), earliest, child.as_at))
    return [Due(decided, child.entered_care - ONE_DAY, held_then)]


def subject_to_public_law_outline(records: Records, child: ChildOnDay) -> date | None:
    """Since when the child had been in pre-proceedings or proceedings on the day before entry to care; for proceedings, since the decision
    to start the pre-proceedings that led to them."""
    before = child.entered_care - ONE_DAY
    decided = pre_proceedings(records, child.child_id)
    issued = {
        row["issued_date"]
        for row in rows_of(records, "local_care_proceedings")
        if row["person_id"] == child.child_id and in_force(row["issued_date"], row["concluded_date"], before)
    }
    since = [one.decided for one in decided if in_force(one.decided, one.ended, before) or one.led_to in issued]
    return min([*since, *issued], default=None)


def final_care_planning(records: Records, child: ChildOnDay) -> list[Due]:
    return [Due(child.entered_care, child.entered_care + weeks(26), since_entry(records, child, ("FINAL_CARE_PLANNING",)))]


def final_order(records: Records, child: ChildOnDay) -> date | None:
    """The first day in care under a care, placement or freeing order, for a child who is under one: its court case is over."""
    if not {"C2", "E1", "D1"} & set(child.legal_statuses):
        return None
    days = []
    for row in legal_status_rows(records, child.child_id, child.as_at):
        began = max(row["lega_legal_status_start_date"], child.entered_care)
        ended = row["lega_legal_status_end_date"]
        if row["lega_legal_status"] in ("C2", "E1", "D1") and (ended is None or ended > began):
            days.append(began)
    return min(days)


def progress(records: Records, child: ChildOnDay) -> list[Due]:
    mine = [row for row in rows_of(records, "local_care_proceedings") if row["person_id"] == child.child_id]
    concluded = [row["concluded_date"] for row in mine if within(child.entered_care, row["concluded_date"], child.as_at)]
    if any(in_force(row["issued_date"], row["concluded_date"], child.as_at) for row in mine):
        return []
    since = max(concluded) if concluded else final_order(records, child)
    if since is None:
        return []
    held = meetings(records, child.child_id, ("PROGRESS",), since, child.as_at)
    clock = held[-1] if held else since
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
    sent = [
        row["sent_date"]
        for row in documents(records, child.child_id, "REVIEW_REPORT", child.last_review_date, child.as_at)
        if row["about_date"] in (None, child.last_review_date)
    ]
    return [Due(child.last_review_date, working_days_after(child.last_review_date, 20), first(sent))]


def final_evidence(records: Records, child: str, as_at: date, *, in_care: bool) -> list[Due]:
    """The reviewing officer has the final evidence before the day of filing; of concluded proceedings, only what was sent is told."""
    found = []
    for row in rows_of(records, "local_care_proceedings"):
        if row["person_id"] != child or not by_day(row["issued_date"], as_at):
            continue
        until = min(as_at, row["concluded_date"] or as_at)
        sent = [
            paper["sent_date"]
            for paper in documents(records, child, "FINAL_EVIDENCE_TO_IRO", row["issued_date"], until)
            if paper["sent_to"] in (None, "IRO")
        ]
        filed = row["final_evidence_due_date"]
        if in_force(row["issued_date"], row["concluded_date"], as_at) or (in_care and sent):
            found.append(Due(row["issued_date"], filed - ONE_DAY if filed else None, first(sent)))
    return found


def minutes_to_reviewing_officer(records: Records, child: ChildOnDay) -> list[Due]:
    """The minutes of the planning meeting, held from 16 weeks before entry on, reach the officer before the day of the second review."""
    asked = before_second_review("PPM_MINUTES", "IRO", 1, 0, weeks_before_entry=16)(records, child)
    return [Due(one.since, one.due, one.done) for one in asked]


def evidence_reviewed(records: Records, child: ChildOnDay) -> list[Due]:
    """No period: of proceedings in force, whether the officer has looked at the evidence since it was sent."""
    court = proceedings_in_force(records, child)
    if court is None:
        return []
    papers = documents(records, child.child_id, "FINAL_EVIDENCE_TO_IRO", court["issued_date"], child.as_at)
    sent = [paper for paper in papers if paper["sent_to"] in ("IRO", None)]
    if not sent:
        return []
    day = sent[0]["sent_date"]
    answers = [
        paper["sent_date"]
        for kind in ("PLAN_ENDORSED_BY_IRO", "PLAN_CHALLENGED_BY_IRO")
        for paper in documents(records, child.child_id, kind, day, child.as_at)
    ]
    looked = sorted(answers + [held for held in reviews_held(records, child) if held >= day])
    return [Due(day, None, first(looked))]


def decision_or_panel(records: Records, child: ChildOnDay) -> list[Due]:
    """No period: reached, or not."""
    reached = [
        row["panel_date"]
        for row in rows_of(records, "local_permanence_options")
        if row["person_id"] == child.child_id and row["option_type"] in ("SGO", "CONNECTED_PERSON", "ADOPTION", "LTF")
    ]
    reached += [
        row["ratified_date"] or row["match_date"]
        for row in rows_of(records, "local_carer_matches")
        if row["person_id"] == child.child_id and row["match_type"] == "LTF"
    ]
    reached += [
        row["perm_adm_decision_date"] for row in rows_of(records, "ssd_permanence") if row["perm_person_id"] == child.child_id
    ]
    return [Due(child.entered_care, None, first(sorted(day for day in reached if within(child.entered_care, day, child.as_at))))]


def timetable(records: Records, child: ChildOnDay) -> list[Due]:
    if child.as_at >= child.entered_care + weeks(16):
        return []
    held = sorted(
        row["note_date"]
        for row in rows_of(records, "local_case_notes")
        if row["person_id"] == child.child_id
        and row["note_type"] == "SUPERVISION"
        and within(child.entered_care, row["note_date"], child.as_at)
    )
    return [Due(child.entered_care, child.entered_care + weeks(4), first(held))]


IN_CARE = {
    "timetable_in_first_supervision": timetable,
    "legal_discussion_10d": legal_discussion,
    "legal_planning_10d": legal_planning,
    "ppm_before_review_2": planning_before_second_review,
    "final_care_plan_26w": final_care_planning,
    "final_evidence_to_iro": lambda records, child: final_evidence(records, child.child_id, child.as_at, in_care=True),
    "ppm_minutes_to_iro": minutes_to_reviewing_officer,
    "final_evidence_reviewed": evidence_reviewed,
    "decision_or_panel": decision_or_panel,
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
    if rule == "final_evidence_to_iro":
        for child_id in under_18_and_alive(records, as_at) - set(found):
            found[child_id] = standing(final_evidence(records, child_id, as_at, in_care=False), as_at)
    return {child_id: answer for child_id, answer in found.items() if answer is not None}


def consultation_possible(records: Records, as_at: date, settings) -> dict[str, tuple[date, date, bool]]:
    """{child: (matched and placed, a year later, over a year)} of those matched in a long-term foster placement, not with relatives."""
    found = {}
    for child_id, child in spine(records, as_at, settings).items():
        matched = [
            row["match_date"] for row in long_term_matches(records, child_id, child.entered_care, as_at, child.placement_id)
        ]
        here = stay(records, child)
        if matched and here is not None and child.placement_type == "U4":
            since = max(max(matched), here.start)
            found[child_id] = (since, add_months(since, 12), add_months(since, 12) < as_at)
    return found
