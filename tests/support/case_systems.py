"""The synthetic county as each case system's public SSD script would write it: its columns, blanks, types and texts.

Each system has two halves. ``losing`` takes away what the system truly lacks, in the contract's own form; ``written_by`` writes that same
county in the system's own form. Loaded, the two must give the same figures.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from data.contract.contract import code_sets, tables
from tests.support.extracts import csv_text

Rows = list[dict[str, str]]
County = dict[str, Rows]

REASONS = {
    "S": "Started to be looked after",
    "L": "Change of legal status only",
    "P": "Change of placement and carer(s) only",
    "T": "Change of placement (but same carer(s)) only",
    "B": "Change of legal status and placement and carer(s) at the same time",
    "U": "Change of legal status and change of placement (but same carer(s)) at the same time",
}
ENDS = {
    "X1": "Episode ceases, and new episode begins on same day, for any reason",
    "E11": "Adopted - application for an adoption order unopposed",
    "E12": "Adopted \u2013 consent dispensed with by the court",
    "E2": "Died",
    "E3": "Care taken over by another local authority in the UK",
    "E4A": "Returned home to live with parent(s), relative(s), or other person(s) with parental responsibility as part of the care "
    "planning process (not under a special guardianship order or residence order or (from 22 April 2014) a child arrangement order).",
    "E4B": "Returned home to live with parent(s), relative(s), or other person(s) with parental responsibility which was not part of the "
    "current care planning process (not under a special guardianship order or residence order or (from 22 April 2014) a child "
    "arrangement order).",
    "E13": "Left care to live with parent(s), relative(s), or other person(s) with no parental responsibility.",
    "E41": "Residence order (or, from 22 April 2014, a child arrangement order which sets out with whom the child is to live) granted",
    "E43": "Special guardianship made to former foster carers",
    "E44": "Special guardianship made to carers other than former foster carers",
    "E45": "Special guardianship order made to former foster carer(s), who was/are a relative(s) or friend(s)",
    "E46": "Special guardianship order made to former foster carer(s), other than relative(s) or friend(s)",
    "E47": "Special guardianship order made to carer(s), other than former foster carer(s), who was/are a relative(s) or friend(s)",
    "E48": "Special guardianship order made to carer(s), other than former foster carer(s), other than relative(s) or friend(s)",
    "E5": "Moved into independent living arrangement and no longer looked-after: supportive accommodation providing formalised "
    "advice/support arrangements (such as most hostels, young men\u2019s Christian association, foyers, staying close and care leavers "
    "projects). Includes both children leaving care before and at age 18",
    "E6": "Moved into independent living arrangement and no longer looked-after : accommodation providing no formalised advice/support "
    "arrangements (such as bedsit, own flat, living with friend(s)). Includes both children leaving care before and at age 18",
    "E7": "Transferred to residential care funded by adult social care services",
    "E8": "Period of being looked-after ceased for any other reason (where none of the other reasons apply)",
    "E9": "Sentenced to custody",
    "E14": "Accommodation on remand ended",
    "E15": "Age assessment determined child is aged 18 or over and E5, E6 and E7 do not apply, such as an unaccompanied asylum-seeking "
    "child (UASC) whose age has been disputed",
    "E16": "Child moved abroad",
    "E17": "Aged 18 (or over) and remained with current carers (inc under staying put arrangements)",
}
STATUSES = {
    "C1": "Interim care order",
    "C2": "Full care order",
    "D1": "Freeing order granted",
    "E1": "Placement order granted",
    "V2": "Single period of accommodation under section 20 (Children Act 1989)",
    "V3": "Accommodated under an agreed series of short-term breaks, when individual episodes of care are recorded",
    "V4": "Accommodated under an agreed series of short-term breaks, when agreements are recorded (NOT individual episodes of care)",
    "L1": "Under police protection and in local authority accommodation",
    "L2": "Emergency protection order (EPO)",
    "L3": "Under child assessment order and in local authority accommodation",
    "J1": "Remanded to local authority accommodation or to youth detention accommodation",
    "J2": "Placed in local authority accommodation under the Police and Criminal Evidence Act 1984, including secure accommodation. "
    "However, this would not necessarily be accommodation where the child would be detained.",
    "J3": "Sentenced to Youth Rehabilitation Order (Criminal Justice and Immigration Act 2008 as amended by Legal Aid, Sentencing and "
    "Punishment of Offenders Act (LASPOA) 2012 with residence or intensive fostering requirement)",
}
# What a LCS or Mosaic form would hold of a plan's options: Annex A's seven values.
ANNEX_A = {
    "REMAINSUP": "a) Return to family", "RETURN1M": "a) Return to family", "RETURN6M": "a) Return to family",
    "RETURNEV": "a) Return to family", "ADOPTION": "b) Adoption", "SPECGUARD": "c) SGO/CAO",
    "SUPPLIV": "d) Supported living in the community", "RESPLMT": "e) Long-term residential placement",
    "LTFOST18": "f) Long-term fostering", "LTRELFR": "f) Long-term fostering", "OTHERPLN": "g) Other",
}  # fmt: skip
LEFT_OUT_BY_LCS = ("K3", "P3", "T2", "T3", "T4", "Z11", "Z12", "Z13", "Z14")
UNKNOWN_TO_ECLIPSE = ("A3", "K1", "R3", "T1", "U2", "U5")
MOSAIC_HAS_NO = {
    "ssd_person": ("pers_forename", "pers_surname", "pers_legacy_id"),
    "ssd_cla_episodes": ("clae_cla_placement_id", "clae_entered_care_date", "clae_cla_last_iro_contact_date"),
    "ssd_cla_placement": ("clap_person_id", "clap_cla_placement_distance"),
}


def read_county(folder: Path) -> County:
    """Every SSD table of a folder of extracts, and its local ones, as rows of text."""
    county = {}
    for name in tables():
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            county[name] = list(csv.DictReader(file))
    return county


def write_county(folder: Path, county: County) -> Path:
    """A file for each table of the county that has rows, with the columns of its first row."""
    folder.mkdir(parents=True)
    for name, rows in county.items():
        if rows:
            (folder / f"{name}.csv").write_text(csv_text(rows[0], rows), encoding="utf-8")
    return folder


def day(text: str) -> date | None:
    """A date as the county's files write it; None for anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _dates(county: County, form: str) -> None:
    """Every date that can be read, in another form."""
    for name, rows in county.items():
        columns = [column.name for column in tables()[name].columns if column.kind == "date"] if name in tables() else []
        for row in rows:
            for column in columns:
                if column in row and (found := day(row[column])):
                    row[column] = found.strftime(form)


def _without(rows: Rows, columns: tuple[str, ...]) -> None:
    for row in rows:
        for column in columns:
            row.pop(column, None)


def _ticked(text: str) -> str:
    """A plan's text as the single Annex A value of its first ticked key; a blank plan is empty, and what cannot be read stays."""
    if not text.startswith("{"):
        return ANNEX_A.get(text.strip(), text)
    try:
        answers = json.loads(text)
    except ValueError:
        return text
    ticked = [key for key, answer in answers.items() if str(answer or "").strip().lower() not in ("", "n", "no", "false", "0")]
    return ANNEX_A[ticked[0]] if ticked else ""


# --- LCS


def losing_lcs(county: County) -> None:
    """Placements of the types that the script leaves out; every plan row with the child's latest answers; types for services."""
    kept = [row for row in county["ssd_cla_placement"] if row["clap_cla_placement_type"].strip().upper() not in LEFT_OUT_BY_LCS]
    county["ssd_cla_placement"] = kept
    latest = {row["lacp_person_id"]: row["lacp_cla_care_plan_json"] for row in county["ssd_cla_care_plan"]}
    for row in county["ssd_cla_care_plan"]:
        row["lacp_cla_care_plan_json"] = latest[row["lacp_person_id"]]
    for row in county["ssd_department"]:
        row["dept_team_parent_id"], row["dept_team_parent_name"] = "TEAM", "Team"
    county["ssd_permanence"] = [{**row, "perm_ffa_cp_decision_date": ""} for row in county["ssd_permanence"]]


def written_by_lcs(county: County) -> None:
    """Descriptions for codes, SQL Server's dates, people of ssd_permanence by their legacy identifiers, merged people's placements."""
    legacy = {row["pers_person_id"]: row["pers_legacy_id"] for row in county["ssd_person"]}
    for row in county["ssd_cla_episodes"]:
        _describe(row, "clae_cla_episode_start_reason", REASONS)
        _describe(row, "clae_cla_episode_ceased_reason", ENDS)
    for row in county["ssd_legal_status"]:
        _describe(row, "lega_legal_status", STATUSES)
    for row in county["ssd_permanence"]:
        row["perm_person_id"] = legacy.get(row["perm_person_id"], row["perm_person_id"])
        row["perm_placed_foster_carer_date"] = "1900-01-01 00:00:00.000"
    for row in county["ssd_professionals"]:
        row |= {"prof_staff_id": "", "prof_professional_caseload": "0"}
    merged = [
        {**row, "clap_cla_placement_id": f"M{row['clap_cla_placement_id']}", "clap_person_id": f"9{row['clap_person_id']}"}
        for row in county["ssd_cla_placement"][::9]
    ]
    county["ssd_cla_placement"] += merged
    _dates(county, "%Y-%m-%d 00:00:00.000")


def _describe(row: dict[str, str], column: str, words: dict[str, str]) -> None:
    row[column] = words.get(row[column].strip().upper(), row[column])


# --- Mosaic


def losing_mosaic(county: County) -> None:
    """No workers, teams or names; no placement on an episode; one option a plan, and no end of it."""
    for name in ("ssd_involvements", "ssd_department", "ssd_professionals"):
        county[name] = []
    person = {row["pers_legacy_id"]: row["pers_person_id"] for row in county["ssd_person"]}
    for row in county["ssd_permanence"]:
        row["perm_person_id"] = person.get(row["perm_person_id"], row["perm_person_id"])
    for row in county["ssd_person"]:
        row["pers_forename"] = row["pers_surname"] = row["pers_legacy_id"] = ""
    for row in county["ssd_cla_episodes"]:
        row["clae_entered_care_date"] = row["clae_cla_last_iro_contact_date"] = ""
    for row in county["ssd_cla_care_plan"]:
        row["lacp_cla_care_plan_json"] = _ticked(row["lacp_cla_care_plan_json"])
        row["lacp_cla_care_plan_end_date"] = ""
    for row in county["ssd_permanence"]:
        row["perm_adopted_by_carer_flag"] = row["perm_part_of_sibling_group"] = ""
    # A placement whose period of care is unknown, or two children's, has no child.
    people: dict[str, set[str]] = {}
    for row in county["ssd_cla_episodes"]:
        people.setdefault(row["clae_cla_id"], set()).add(row["clae_person_id"])
    known = [row for row in county["ssd_cla_placement"] if people.get(row["clap_cla_id"], set()) == {row["clap_person_id"]}]
    county["ssd_cla_placement"] = known


def written_by_mosaic(county: County) -> None:
    """Without the columns that the scripts lack; ends a day early where the episode goes on; the plan's end is its completion; NULLs."""
    starts = {
        (row["clae_person_id"], row["clae_cla_id"], day(row["clae_cla_episode_start_date"])) for row in county["ssd_cla_episodes"]
    }
    for row in county["ssd_cla_episodes"]:
        row["clae_cla_primary_need"] = row.pop("clae_cla_primary_need_code")
        ended = day(row["clae_cla_episode_ceased_date"])
        goes_on = row["clae_cla_episode_ceased_reason"].strip().upper() == "X1"
        if ended and goes_on and (row["clae_person_id"], row["clae_cla_id"], ended) in starts:
            row["clae_cla_episode_ceased_date"] = (ended - timedelta(days=1)).isoformat()
    for row in county["ssd_cla_care_plan"]:
        row["lacp_cla_care_plan_id"] = row.pop("lacp_table_id")
        began = day(row["lacp_cla_care_plan_start_date"])
        row["lacp_cla_care_plan_end_date"] = (began + timedelta(days=9)).isoformat() if began else ""
    for row in county["ssd_person"]:
        row["pers_sex"] = {"M": "Male", "F": "Female", "U": "Unknown"}.get(row["pers_sex"], row["pers_sex"])
    for name, columns in MOSAIC_HAS_NO.items():
        _without(county[name], columns)
    county["ssd_involvements"] = [
        {
            "invo_involvements_id": str(number), "invo_professional_id": "NULL", "invo_professional_role_id": "ALLWORK",
            "invo_professional_team": "12", "invo_involvement_start_date": "2025-01-01", "invo_involvement_end_date": "NULL",
        }
        for number in range(60)
    ]  # fmt: skip
    blank = dict.fromkeys(("dept_team_id", "dept_team_name", "dept_team_parent_id", "dept_team_parent_name"), "NULL")
    county["ssd_department"] = [dict(blank) for _ in range(60)]
    _dates(county, "%Y-%m-%d 00:00:00.000")
    for name in ("ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"):
        for row in county[name]:
            row |= {column: "NULL" for column, text in row.items() if text == ""}


# --- Eclipse


def losing_eclipse(county: County) -> None:
    """No plans, no dates of adoption, no services, no category of need; placement types that have no code."""
    for row in county["ssd_cla_episodes"]:
        row["clae_cla_primary_need_code"] = ""
    county["ssd_cla_care_plan"], county["ssd_permanence"] = [], []
    for row in county["ssd_department"]:
        row["dept_team_parent_id"] = row["dept_team_parent_name"] = ""
    for row in county["ssd_cla_placement"]:
        if row["clap_cla_placement_type"].strip().upper() in UNKNOWN_TO_ECLIPSE:
            row["clap_cla_placement_type"] = ""


def written_by_eclipse(county: County) -> None:
    """One blank plan row, permanence rows without a date, DQ, needs N0 and N9, PostgreSQL's timestamps."""
    county["ssd_cla_care_plan"] = [dict.fromkeys(tables()["ssd_cla_care_plan"].column_names, "")]
    blank = dict.fromkeys(tables()["ssd_permanence"].column_names, "")
    county["ssd_permanence"] = [
        blank | {"perm_table_id": f"A{number}", "perm_person_id": row["pers_person_id"]}
        for number, row in enumerate(county["ssd_person"][:40])
    ]
    for number, row in enumerate(county["ssd_cla_episodes"]):
        row["clae_cla_primary_need_code"] = "N0" if number % 2 else "N9"
    for row in county["ssd_cla_placement"]:
        row["clap_cla_placement_type"] = row["clap_cla_placement_type"] or "DQ"
    for row in county["ssd_legal_status"]:
        _describe(row, "lega_legal_status", STATUSES)
    _dates(county, "%Y-%m-%d 00:00:00")


SYSTEMS: dict[str, tuple[Callable[[County], None], Callable[[County], None]]] = {
    "lcs": (losing_lcs, written_by_lcs),
    "mosaic": (losing_mosaic, written_by_mosaic),
    "eclipse": (losing_eclipse, written_by_eclipse),
}

assert set(ENDS) == set(code_sets()["episode_ceased_reason"].codes)
assert set(STATUSES) == set(code_sets()["legal_status"].codes)
