"""Small nights of a few children, for packs that say little."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from tests.support.extracts import write_extracts

AS_AT = date(2026, 10, 31)


def engine_of(folder: Path, records: dict) -> Engine:
    """The engine over a night of these records, published in a store in the folder."""
    store = Store(folder / "store")
    run_nightly(store, write_extracts(folder / "extracts", records, someone_else=True), AS_AT)
    return Engine(store.current(), store.settings)


def night(children, teams, **more):
    """Records: {child: (team's number, plan, worker)}, {team's number: name}; every child entered care in January 2025."""
    return {
        "ssd_person": [{"pers_person_id": child, "pers_legacy_id": f"={child}", "pers_dob": "2015-03-01"} for child in children],
        "ssd_cla_episodes": [
            {"clae_person_id": child, "clae_cla_id": f"P{child}", "clae_cla_episode_start_date": "2025-01-31"}
            for child in children
        ],
        "ssd_cla_care_plan": [
            {"lacp_person_id": child, "lacp_cla_care_plan_start_date": "2025-02-20", "lacp_cla_care_plan_json": plan}
            for child, (_, plan, _) in children.items()
        ],
        "ssd_involvements": [
            {
                "invo_person_id": child,
                "invo_professional_id": worker,
                "invo_professional_role_id": "ALLOC",
                "invo_professional_team": team,
                "invo_involvement_start_date": "2025-01-31",
            }
            for child, (team, _, worker) in children.items()
        ],
        "ssd_department": [{"dept_team_id": team, "dept_team_name": name} for team, name in teams.items()],
        **more,
    }
