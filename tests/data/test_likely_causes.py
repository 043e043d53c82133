"""Faults of an export that no single row shows: each is said with its likely cause, and only where it is there."""

from __future__ import annotations

import pytest

from data.settings import Settings
from metrics.quality import add_flags
from metrics.quality.allocation import warn_of_few_allocated
from metrics.quality.many_flags import warn_of_many_flags
from metrics.spine import build_spine
from tests.data.small_night import AS_AT, SMALL, read, small

CHILDREN = [f"C{number:03d}" for number in range(40)]


# A child who left care, so that every column that loads need has a value somewhere.
LEFT_CARE = {
    "ssd_person": {"pers_person_id": "LEFT", "pers_dob": "2014-03-01"},
    "ssd_cla_episodes": {
        "clae_person_id": "LEFT",
        "clae_cla_id": "LEFT",
        "clae_cla_placement_id": "PL-LEFT",
        "clae_cla_episode_start_date": "2024-01-31",
        "clae_cla_episode_start_reason": "S",
        "clae_cla_episode_ceased_date": "2024-06-30",
        "clae_cla_episode_ceased_reason": "E4A",
        "clae_entered_care_date": "2024-01-31",
    },
    "ssd_legal_status": {
        "lega_person_id": "LEFT",
        "lega_legal_status": "V2",
        "lega_legal_status_start_date": "2024-01-31",
        "lega_legal_status_end_date": "2024-06-30",
    },
    "ssd_cla_placement": {
        "clap_cla_placement_id": "PL-LEFT",
        "clap_person_id": "LEFT",
        "clap_cla_placement_start_date": "2024-01-31",
        "clap_cla_placement_end_date": "2024-06-30",
        "clap_cla_placement_type": "U6",
    },
    "ssd_cla_care_plan": {
        "lacp_person_id": "LEFT",
        "lacp_cla_care_plan_start_date": "2024-01-31",
        "lacp_cla_care_plan_end_date": "2024-06-30",
        "lacp_cla_care_plan_json": "RETURN1M",
    },
}


def night(**changes):
    """Forty children in care, each with a placement, a status and a plan, in three teams of two services."""
    base = {
        "ssd_person": [{"pers_person_id": child, "pers_forename": child, "pers_dob": "2015-03-01"} for child in CHILDREN],
        "ssd_cla_episodes": [
            {
                "clae_person_id": child,
                "clae_cla_id": child,
                "clae_cla_episode_start_date": "2025-01-31",
                "clae_cla_episode_start_reason": "SP"[at % 2],
            }
            for at, child in enumerate(CHILDREN)
        ],
        "ssd_legal_status": [
            {"lega_person_id": child, "lega_legal_status": ["C1", "C2"][at % 2], "lega_legal_status_start_date": "2025-01-31"}
            for at, child in enumerate(CHILDREN)
        ],
        "ssd_cla_placement": [
            {
                "clap_person_id": child,
                "clap_cla_placement_start_date": "2025-01-31",
                "clap_cla_placement_type": ["U6", "U4"][at % 2],
            }
            for at, child in enumerate(CHILDREN)
        ],
        "ssd_cla_care_plan": [plan(child, "") for child in CHILDREN],
        "ssd_department": [team(1, "North"), team(2, "North"), team(3, "South")],
    }
    for name, row in LEFT_CARE.items():
        base[name].append(row)
    return small(**base | changes)


def plan(child: str, end: str) -> dict:
    return {
        "lacp_person_id": child,
        "lacp_cla_care_plan_start_date": "2025-02-20",
        "lacp_cla_care_plan_end_date": end,
        "lacp_cla_care_plan_json": "LTFOST18",
    }


def team(number: int, parent: str) -> dict:
    return {
        "dept_team_id": f"T{number}",
        "dept_team_name": f"Team {number}",
        "dept_team_parent_id": parent,
        "dept_team_parent_name": parent,
    }


def warnings(tmp_path, **changes) -> list[str]:
    involvement = {**SMALL["ssd_involvements"][0], "invo_person_id": CHILDREN[0]}
    return list(read(tmp_path, night(ssd_involvements=[involvement], **changes)).report.warnings)


def test_a_usual_night_has_no_warning(tmp_path):
    assert warnings(tmp_path) == []


@pytest.mark.parametrize(("ended", "said"), [(36, 0), (37, 1)])
def test_hardly_any_plan_in_force_points_to_plan_ends_that_are_completions(tmp_path, ended, said):
    plans = [plan(child, "2025-03-01" if at < ended else "") for at, child in enumerate(CHILDREN)]
    found = warnings(tmp_path, ssd_cla_care_plan=plans)
    assert len(found) == said
    assert all(
        "only 3 of 40 children in care have a plan in force" in one and "plan_end_is_completion = true" in one for one in found
    )


def test_teams_of_one_service_point_to_types_as_parents(tmp_path):
    (found,) = warnings(tmp_path, ssd_department=[team(number, "Team") for number in (1, 2, 3)])
    assert found.startswith("ssd_department: all teams with a parent have the same one, Team")
    (found,) = warnings(tmp_path / "none", ssd_department=[team(number, "") for number in (1, 2, 3)])
    assert found.startswith("ssd_department: none of the 3 teams has a parent")


@pytest.mark.parametrize(("different", "said"), [(0, 1), (1, 0)])
def test_a_status_that_is_the_same_on_every_row_is_said(tmp_path, different, said):
    statuses = [
        {
            "lega_person_id": child,
            "lega_legal_status": "C1" if at < different else "C2",
            "lega_legal_status_start_date": "2025-01-31",
        }
        for at, child in enumerate(CHILDREN)
    ]
    statuses.append({**LEFT_CARE["ssd_legal_status"], "lega_legal_status": "C2"})
    found = warnings(tmp_path, ssd_legal_status=statuses)
    assert [one.split(":")[0] for one in found] == ["ssd_legal_status"] * said


@pytest.mark.parametrize(("allocated", "said"), [(20, 0), (19, 1)])
def test_fewer_than_half_with_an_allocated_worker_names_the_roles_there_are(tmp_path, allocated, said):
    involvements = [
        {
            "invo_person_id": child,
            "invo_professional_id": "W1",
            "invo_professional_team": "T1",
            "invo_professional_role_id": "ALLOC" if at < allocated else "KEYSW",
            "invo_involvement_start_date": "2025-01-31",
        }
        for at, child in enumerate(CHILDREN)
    ]
    reading = read(tmp_path, night(ssd_involvements=involvements))
    build_spine(reading.con, (AS_AT,), Settings())
    found = warn_of_few_allocated(reading.con, Settings())
    assert len(found) == said
    assert all("Only 19 of 40 children in care" in one and "KEYSW (21), ALLOC (19)" in one for one in found)


NEEDED = [
    ("ssd_cla_episodes", "clae_entered_care_date"),
    ("ssd_cla_episodes", "clae_cla_episode_start_reason"),
    ("ssd_legal_status", "lega_legal_status_end_date"),
    ("ssd_cla_placement", "clap_cla_placement_type"),
    ("ssd_cla_care_plan", "lacp_cla_care_plan_end_date"),
]


@pytest.mark.parametrize(("table", "column"), NEEDED)
@pytest.mark.parametrize("written", ["", "NULL"])
def test_a_needed_column_without_a_value_in_any_row_is_named(tmp_path, table, column, written):
    rows = [row | {column: written} for row in night()[table]]
    (found,) = [one for one in warnings(tmp_path, **{table: rows}) if one.startswith(f"{table}.csv: no row has")]
    assert f"no row has a value in {column}. Ask for it" in found


def placed(numbers: list[str]) -> list[dict]:
    """A placement of each child, under such a number."""
    kinds = ["U6", "U4"]
    return [
        {
            "clap_cla_placement_id": number,
            "clap_person_id": child,
            "clap_cla_placement_start_date": "2025-01-31",
            "clap_cla_placement_type": kinds[at % 2],
        }
        for at, (number, child) in enumerate(zip(numbers, CHILDREN, strict=True))
    ] + [LEFT_CARE["ssd_cla_placement"]]


def approvals(numbers: list[str]) -> list[dict]:
    """An approval of each child's placement."""
    return [
        {"person_id": child, "placement_id": number, "approval_type": "DISTANT", "decided_date": "2025-02-01"}
        for number, child in zip(numbers, CHILDREN, strict=True)
    ]


# How the file of approvals writes the placements 00100 to 00139, and what is said of it.
FORMS = {
    "as they are": (lambda at: f"00{100 + at}", None),
    "without zeros": (lambda at: str(100 + at), "has lost its leading zeros"),
    "some without": (lambda at: f"00{100 + at}" if at < 13 else str(100 + at), "27 of 40 values of placement_id"),
    "few without": (lambda at: f"00{100 + at}" if at < 27 else str(100 + at), None),
    "shortened": (lambda at: "1.0E+03", "in different forms, or one is cut short"),
    "of no placement": (lambda at: "", None),
}


@pytest.mark.parametrize(("write", "said"), FORMS.values(), ids=FORMS)
def test_references_to_records_that_are_not_there_are_said_with_their_cause(tmp_path, write, said):
    numbers = [f"00{100 + at}" for at in range(40)]
    tables = {"ssd_cla_placement": placed(numbers), "local_approvals": approvals([write(at) for at in range(40)])}
    found = [one for one in warnings(tmp_path, **tables) if one.startswith("local_approvals: ")]
    assert len(found) == bool(said)
    assert all(said in one for one in found)


def many_flags(tmp_path, **changes) -> list[str]:
    reading = read(tmp_path, night(**changes))
    build_spine(reading.con, (AS_AT,), Settings())
    add_flags(reading.con)
    return list(warn_of_many_flags(reading.con))


def test_a_few_flags_are_no_fault_of_the_export_and_many_are_named_with_what_to_do(tmp_path):
    people = night()["ssd_person"]

    def born(wrong: int) -> list[dict]:
        return [row | ({"pers_dob": "1915-03-01"} if at < wrong else {}) for at, row in enumerate(people)]

    # The night has no placement for LEFT's open days, but nobody of it is in care without one.
    assert many_flags(tmp_path / "few", ssd_person=born(19)) == []
    (found,) = many_flags(tmp_path / "many", ssd_person=born(20))
    assert found.startswith("ssd_cla_episodes: 20 of 41 rows, of 0 of 20 children in care, are flagged 'open episode at 18'.")
    assert found.endswith("Record the day and the reason the episode ceased.")


DEATHS = {"1901": "1901-01-01", "epoch": "1970-01-01", "yesterday": "2026-10-30"}


@pytest.mark.parametrize("died", DEATHS.values(), ids=DEATHS)
def test_children_who_are_left_out_because_all_have_died_are_said(tmp_path, died):
    people = [row | {"pers_death_date": died} for row in night()["ssd_person"]]
    (found,) = [one for one in many_flags(tmp_path, ssd_person=people) if "open after death" in one]
    assert "40 of 41 rows, of 0 of 0 children in care" in found
