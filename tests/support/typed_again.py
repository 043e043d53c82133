"""Nights of two children, of whom child 1's plan is typed again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from data.night.night import Night
from data.store.store import Store
from metrics.nightly import run_nightly
from tests.support.builder import plan_columns
from tests.support.extracts import write_extracts

TYPED_FIRST, TYPED_AGAIN = "2026-03-01", "2026-09-01"


def empty_store(folder: Path) -> Store:
    """A store whose nights are quickly made: two month ends."""
    folder.mkdir()
    (folder / "settings.toml").write_text("month_ends = 2\n", encoding="utf-8")
    return Store(folder)


def load(store: Store, night: str, ticks: str = "RETURN6M", plan_start: str = TYPED_FIRST, restricted: bool = False) -> Night:
    """A night on which child 1's plan ticks this, from this day; child 2 is in care with no plan."""
    of_child = {"clae_cla_episode_start_date": "2026-01-01", "clae_cla_episode_start_reason": "S"}
    plan = {
        "lacp_cla_care_plan_start_date": plan_start,
        "lacp_cla_care_plan_json": plan_columns(ticks)["lacp_cla_care_plan_json"],
    }
    restriction = {"person_id": "1", "restriction_type": "OTHER", "start_date": "2026-01-01", "allowed_roles": "IRO"}
    extracts = write_extracts(
        store.path.parent / f"extracts {night} {ticks} {plan_start}",
        {
            # The very same extracts would be no new night.
            "ssd_person": [{"pers_person_id": number, "pers_dob": "2018-01-01", "pers_surname": night} for number in "12"],
            "ssd_cla_episodes": [{"clae_person_id": number, **of_child} for number in "12"],
            "ssd_cla_care_plan": [{"lacp_person_id": "1", **plan}],
            "ssd_care_leavers": [],
            **({"local_restrictions": [restriction]} if restricted else {}),
        },
        someone_else=True,
    )
    return run_nightly(store, extracts, date.fromisoformat(night)).night


def typed_again_after(store: Store, first: str, every: int, nights: int, **plan) -> Night:
    """Nights so many days apart; from 1 September 2026 on child 1's plan begins that day in the extracts."""
    days = [date.fromisoformat(first) + timedelta(days=every * place) for place in range(nights)]
    for day in days:
        start = TYPED_FIRST if day.isoformat() < TYPED_AGAIN else TYPED_AGAIN
        shown = load(store, day.isoformat(), plan_start=start, **plan)
    return shown
