"""Faults of an export that no single row shows: each is said with its likely cause, and only where it is there."""

from __future__ import annotations

import pytest

from data.settings import Settings
from metrics.quality.allocation import warn_of_few_allocated
from metrics.spine import build_spine
from tests.data.small_night import AS_AT, SMALL, read, small

CHILDREN = [f"C{number:03d}" for number in range(40)]


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
