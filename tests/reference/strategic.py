"""The groupings and the milestones of the councillors' scorecard, counted child by child."""

from __future__ import annotations

from collections import Counter
from datetime import date

from tests.reference.days import Records, rows_of
from tests.reference.england import milestones
from tests.reference.terms import ChildOnDay, spine

AGES = ((0, "Under 1"), (4, "1 to 4"), (9, "5 to 9"), (15, "10 to 15"))
SEXES = {"F": "Female", "M": "Male"}
ETHNICITIES = {
    "White": ("WBRI", "WIRI", "WOTH", "WIRT", "WROM"),
    "Mixed or multiple": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian or Asian British": ("AIND", "APKN", "ABAN", "AOTH", "CHNE"),
    "Black or Black British": ("BCRB", "BAFR", "BOTH"),
    "Other ethnic group": ("OOTH",),
}
LEGAL = {
    "Placement order": ("E1", "D1"),
    "Interim care order": ("C1",),
    "Care order": ("C2",),
    "Accommodated by agreement (section 20)": ("V2",),
}
PLACEMENTS = {
    "Placed for adoption": ("A3", "A4", "A5", "A6"),
    "Fostered by relatives or friends": ("U1", "U2", "U3"),
    "Fostered by others": ("U4", "U5", "U6"),
    "Residential": ("K1", "K2", "R1", "R2", "R3", "R5", "S1"),
    "With parents": ("P1",),
    "Supported or independent": ("P2", "P3", "H5", "K3"),
}


def _among(groups: dict[str, tuple[str, ...]], code: str | None, otherwise: str, unknown: str) -> str:
    if code is None:
        return unknown
    return next((title for title, codes in groups.items() if code in codes), otherwise)


def age(child: ChildOnDay) -> str:
    if child.age is None:
        return "Not known"
    return next((title for last, title in AGES if child.age <= last), "16 and 17")


def plan(child: ChildOnDay) -> str:
    if not child.options:
        return "No current plan"
    return "Parallel plan" if len(child.options) > 1 else child.options[0].replace("_", " ").capitalize()


def groupings(records: Records, day: date, settings) -> Counter:
    """{(grouping, "county" or service, category): children in care on the day}."""
    people = {row["pers_person_id"]: row for row in rows_of(records, "ssd_person")}
    counted: Counter = Counter()
    for child in spine(records, day, settings).values():
        person = people[child.child_id]
        said = {
            "age": age(child),
            "sex": SEXES.get(person["pers_sex"], "Not known"),
            "ethnicity": _among(ETHNICITIES, (person["pers_ethnicity"] or "").strip().upper(), "Not known", "Not known"),
            "legal_status": _among(LEGAL, child.legal_status, "Protection, remand or other", "No legal status recorded"),
            "placement": _among(PLACEMENTS, child.placement_type, "Other or temporary", "Not known"),
            "plan": plan(child),
        }
        for group in ("county", child.service):
            counted.update((grouping, group, category) for grouping, category in said.items())
            counted.update(("option", group, option) for option in child.options)
    return counted


def in_time(records: Records, rule: str, day: date, settings) -> Counter:
    """{("county" or service, "in time" or "due"): children} of a milestone: done in time, of what is done or overdue."""
    children, counted = spine(records, day, settings), Counter()
    for child, (_, _, _, state) in milestones(records, rule, day, settings).items():
        for group in ("county", children[child].service):
            if state in ("done in time", "done late", "overdue"):
                counted[(group, "due")] += 1
            if state == "done in time":
                counted[(group, "in time")] += 1
    return counted
