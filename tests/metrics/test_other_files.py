"""Files that are not what they seem beside the load before: another council's, with other identifiers, or left over from last month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

import tracker
from data.errors import NightRefused
from data.store.store import Store
from metrics.nightly import run_nightly
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts

pytestmark = pytest.mark.usefixtures("without_journeys")

NIGHT = date(2026, 9, 30)
CHILDREN = [f"{number:05d}" for number in range(1, 31)]


def records(children: list[str], note: str = "") -> dict[str, list[dict]]:
    """Children in care, of whom ``note`` makes every file that has it another one."""
    return {
        "ssd_person": [{"pers_person_id": child, "pers_dob": "2015-03-01", "pers_surname": note} for child in children],
        "ssd_cla_episodes": [
            {"clae_person_id": child, "clae_cla_id": f"P{child}", "clae_cla_episode_start_date": "2025-01-31"}
            for child in children
        ],
        "ssd_legal_status": [
            {"lega_person_id": child, "lega_legal_status": "C2", "lega_legal_status_start_date": "2025-01-31"}
            for child in children
        ],
        "ssd_cla_placement": [
            {"clap_person_id": child, "clap_cla_placement_start_date": "2025-01-31", "clap_cla_placement_type": "U6"}
            for child in children
        ],
        "ssd_cla_care_plan": [
            {"lacp_person_id": child, "lacp_cla_care_plan_start_date": "2025-02-20", "lacp_cla_care_plan_json": "LTFOST18"}
            for child in children
        ],
        "ssd_involvements": [
            {"invo_person_id": child, "invo_professional_role_id": "ALLOC", "invo_involvement_start_date": "2025-01-31"}
            for child in children
        ],
        "ssd_department": [{"dept_team_id": "T1", "dept_team_name": "North"}],
        "local_events": [{"person_id": children[0], "event_type": "RISK_ASSESSMENT", "event_date": "2025-06-01"}],
    }


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("other")
    (folder / "settings.toml").write_text("month_ends = 1\n", encoding="utf-8")
    run_nightly(Store(folder), write_extracts(folder / "extracts", records(CHILDREN)), NIGHT)
    return Store(folder)


OTHERS: dict[str, tuple[Callable[[int, str], str], int]] = {
    "without leading zeros": (lambda at, child: child.lstrip("0"), 30),
    "another council's": (lambda at, child: f"X{child}", 30),
    "a quarter": (lambda at, child: f"X{child}" if at < 7 else child, 7),
    "a fifth, as who left in a long time": (lambda at, child: f"X{child}" if at < 6 else child, 0),
}


@pytest.mark.parametrize(("rename", "gone"), OTHERS.values(), ids=OTHERS)
def test_a_load_of_other_children_is_refused_unless_somebody_accepts_it(store, tmp_path, rename, gone):
    now = copy_of(store, tmp_path / "store")
    extracts = write_extracts(tmp_path / "extracts", records([rename(at, child) for at, child in enumerate(CHILDREN)]))
    if not gone:
        assert run_nightly(now, extracts, NIGHT + timedelta(days=1)).published
        return
    with pytest.raises(NightRefused) as refused:
        run_nightly(now, extracts, NIGHT + timedelta(days=1))
    assert f"{gone} of the 30 children in care on 30/09/2026 are not in this data load's ssd_person" in str(refused.value)
    assert "accept-change" in str(refused.value)
    accepted = run_nightly(now, extracts, NIGHT + timedelta(days=1), accept_change=True)
    assert accepted.published and f"{gone} of the 30 children" in accepted.message


def left_over(folder: Path, names: tuple[str, ...]) -> Path:
    """New extracts of every table, with these files of the load before."""
    write_extracts(folder, records(CHILDREN, note="new"))
    for path in folder.glob("*.csv"):
        path.write_text(
            path.read_text(encoding="utf-8") + "," * path.read_text(encoding="utf-8").splitlines()[0].count(",") + "\n"
        )
    for name in names:
        old = write_extracts(folder.parent / f"{folder.name}-old", records(CHILDREN))
        (folder / f"{name}.csv").write_bytes((old / f"{name}.csv").read_bytes())
    return folder


@pytest.mark.parametrize(
    ("names", "days", "said"),
    [
        (("ssd_cla_episodes",), 6, ()),
        (("ssd_cla_episodes",), 7, ("ssd_cla_episodes",)),
        (("ssd_cla_episodes", "local_events"), 34, ("ssd_cla_episodes",)),
        (("ssd_cla_episodes", "local_events"), 35, ("ssd_cla_episodes", "local_events")),
        (("ssd_department",), 60, ()),
        ((), 60, ()),
    ],
)
def test_a_file_left_over_from_a_load_long_before_is_named(store, tmp_path, names, days, said):
    now = copy_of(store, tmp_path / "store")
    extracts = left_over(tmp_path / "extracts", names)
    report = run_nightly(now, extracts, NIGHT + timedelta(days=days)).report
    found = [one for one in report.warnings if "is the very file of the data load of 30/09/2026" in one]
    assert sorted(one.split(".csv")[0] for one in found) == sorted(said)


def test_a_file_that_stays_the_same_night_after_night_is_named_with_the_first_of_them(store, tmp_path):
    now = copy_of(store, tmp_path / "store")
    for days in (3, 6):
        extracts = write_extracts(tmp_path / f"night{days}", records(CHILDREN, note=f"new {days}"))
        run_nightly(now, extracts, NIGHT + timedelta(days=days))
    extracts = write_extracts(tmp_path / "night9", records(CHILDREN, note="new 9"))
    report = run_nightly(now, extracts, NIGHT + timedelta(days=9)).report
    found = [one for one in report.warnings if "the very file" in one]
    assert "ssd_cla_episodes.csv is the very file of the data load of 30/09/2026" in " ".join(found)
    assert not any(one.startswith("ssd_person") for one in found)


def test_check_says_both_beforehand(store, tmp_path, capsys):
    day = (NIGHT + timedelta(days=9)).isoformat()
    old = left_over(tmp_path / "old" / day, ("ssd_cla_episodes",))
    assert tracker.main(["check", "--extracts", str(old), "--store", str(store.path)]) == 0
    assert "ssd_cla_episodes.csv is the very file" in capsys.readouterr().out
    others = write_extracts(tmp_path / "others" / day, records([f"X{child}" for child in CHILDREN]))
    assert tracker.main(["check", "--extracts", str(others), "--store", str(store.path)]) == 1
    assert "30 of the 30 children in care" in capsys.readouterr().err
