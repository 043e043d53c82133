"""The children in care on a day by age, sex, ethnicity, legal status, placement and plan, for the county and its services."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

from data.contract.contract import code_sets
from metrics.engine.engine import Engine
from metrics.engine.whole_council import Why
from metrics.strategic.declared import plan_of

HERE = Path(__file__).parent
COUNTY = "county"
PLAN, PARALLEL, NO_PLAN = "plan", "Parallel plan", "No current plan"
# The first whole age of each category, and the first that it does not reach.
AGES = {"Under 1": (0, 1), "1 to 4": (1, 5), "5 to 9": (5, 10), "10 to 15": (10, 16), "16 and 17": (16, 18)}
# The main groups, by the groups of data/contract/codes/ethnicity.csv.
ETHNIC_GROUPS = {
    "white": "White",
    "mixed": "Mixed or multiple",
    "asian": "Asian or Asian British",
    "black": "Black or Black British",
    "other": "Other ethnic group",
}
# The groupings whose column an extract may lack.
NEEDS = {"sex": ("ssd_person", "pers_sex"), "ethnicity": ("ssd_person", "pers_ethnicity")}


def _plans() -> tuple[str, ...]:
    options = dict.fromkeys(group for code in code_sets()["plan_option"].codes.values() for group in code.groups)
    return (*(plan_of(option) for option in options), PARALLEL, NO_PLAN)


@cache
def ethnic_groups() -> dict[str, str]:
    """The SSDA903 code of an ethnicity -> its main group; without the codes for refused and not obtained."""
    return {code.code: ETHNIC_GROUPS[code.groups[0]] for code in code_sets()["ethnicity"].codes.values() if code.groups}


@cache
def dimensions() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Id of each grouping -> its title and its categories, in the order in which they are read."""
    return {
        "age": ("Age", (*AGES, "Not known")),
        "sex": ("Sex", ("Female", "Male", "Not known")),
        "ethnicity": ("Ethnicity", (*dict.fromkeys(ethnic_groups().values()), "Not known")),
        "legal_status": (
            "Legal status",
            (
                "Care order",
                "Interim care order",
                "Placement order",
                "Accommodated by agreement (section 20)",
                "Protection, remand or other",
                "No legal status recorded",
            ),
        ),
        "placement": (
            "Placement",
            (
                "Fostered by relatives or friends",
                "Fostered by others",
                "Placed for adoption",
                "With parents",
                "Residential",
                "Supported or independent",
                "Other or temporary",
                "Not known",
            ),
        ),
        PLAN: ("Plan", _plans()),
    }


def grouped_children(engine: Engine, as_at: date) -> list[tuple[str, str, str, str]]:
    """(child id, service, grouping, category) of every child in care on the day; ``option`` has a row for each option of the plan."""
    codes = ethnic_groups()
    parameters = {"as_at": as_at, "ethnic_codes": list(codes), "ethnic_groups": list(codes.values())}
    with engine.whole_council(Why.PUBLISHED_FIGURES, (as_at,), ()) as cursor:
        return cursor.execute((HERE / "dimensions.sql").read_text(encoding="utf-8"), parameters).fetchall()


def count_dimensions(engine: Engine, as_at: date) -> Counter[tuple[str, str, str]]:
    """{(grouping, county or service, category): children in care}. The grouping ``option`` counts every option of a plan."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for _, service, dimension, category in grouped_children(engine, as_at):
        counted[(dimension, COUNTY, category)] += 1
        counted[(dimension, service, category)] += 1
    return counted
