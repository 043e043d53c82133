"""A night whose every text tries to be more than text, with a restricted record and with optional extracts left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from data.store.store import Store
from metrics.engine.policy import FOLDER as POLICIES
from metrics.nightly import run_nightly
from tests.support.extracts import write_extracts
from tests.support.once_a_run import made_once

AS_AT = date(2026, 10, 31)
ELSEWHERE = "elsewhere.example"
TEAM = f"![x](http://{ELSEWHERE}/x.png) :red[North]"
SERVICE = f'<a href="http://{ELSEWHERE}">East</a>'
WORKER = "<b>Wendy</b>"
CHILD = "<img src=x onerror=alert(1)>"
SURNAME = '=HYPERLINK("http://elsewhere.example")'
RESTRICTED_NAME = "Quentin Quill"


def _child(number: str, forename: str, surname: str, plan: str) -> dict[str, list[dict]]:
    return {
        "ssd_person": [{"pers_person_id": number, "pers_forename": forename, "pers_surname": surname, "pers_dob": "2018-06-15"}],
        "ssd_cla_episodes": [
            {"clae_person_id": number, "clae_cla_id": f"P{number}", "clae_cla_episode_start_date": "2024-05-01"}
        ],
        "ssd_legal_status": [
            {"lega_person_id": number, "lega_legal_status": "C2", "lega_legal_status_start_date": "2024-05-01"},
        ],
        "ssd_cla_placement": [
            {"clap_person_id": number, "clap_cla_placement_start_date": "2024-05-01", "clap_cla_placement_type": "U6"},
        ],
        "ssd_cla_care_plan": [
            {"lacp_person_id": number, "lacp_cla_care_plan_start_date": "2024-06-01", "lacp_cla_care_plan_json": plan},
        ],
        "ssd_involvements": [
            {
                "invo_person_id": number,
                "invo_professional_id": "W1",
                "invo_professional_role_id": "ALLOC",
                "invo_professional_team": "T1",
                "invo_involvement_start_date": "2024-05-01",
            }
        ],
    }


def odd_records() -> dict[str, list[dict]]:
    """The records: one child who may be seen, one who may not."""
    records: dict[str, list[dict]] = {
        "ssd_department": [
            {"dept_team_id": "T1", "dept_team_name": TEAM, "dept_team_parent_id": "S1", "dept_team_parent_name": SERVICE},
        ],
        "ssd_professionals": [{"prof_professional_id": "W1", "prof_professional_name": WORKER}],
        "local_restrictions": [
            {"person_id": "002", "restriction_type": "ADOPTION", "start_date": "2025-01-01", "allowed_roles": "adoption"},
        ],
    }
    first, last = RESTRICTED_NAME.split()
    for child in (_child("001", CHILD, SURNAME, "LTFOST18"), _child("002", first, last, "LTFOST18")):
        for table, rows in child.items():
            records.setdefault(table, []).extend(rows)
    return records


def publish_records(folder: Path, records: dict[str, list[dict]]) -> Store:
    """Publish a night of these records into a store of its own."""
    store = Store(folder / "store")
    run_nightly(store, write_extracts(folder / "extracts", records, someone_else=True), AS_AT)
    return store


def _publish(folder: Path) -> None:
    (folder / "store").mkdir(parents=True)
    _use(Store(folder / "store"), sorted(path.stem for path in POLICIES.glob("*.toml")))
    publish_records(folder, odd_records())


def _use(store: Store, policies: Iterable[str]) -> None:
    in_use = list(dict.fromkeys(["hertfordshire", *policies]))
    (store.path / "settings.toml").write_text(f"policies = {in_use}\n", encoding="utf-8")


def publish_odd_night(tmp_path_factory: pytest.TempPathFactory, folder: Path, *policies: str) -> Store:
    """The odd night in a store of its own in the folder, beside its extracts, for a council that follows these policies beside
    Hertfordshire's. It is loaded once a run, with every policy."""
    shutil.copytree(made_once(tmp_path_factory, "odd-night", _publish), folder, dirs_exist_ok=True)
    store = Store(folder / "store")
    _use(store, policies)
    return store
