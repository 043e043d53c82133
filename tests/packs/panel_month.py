"""A small county with two panels of October and November: what was said, asked for, done and left, and one restricted child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from casework.agenda.actions import complete_action, save_action
from casework.agenda.agenda import build_agenda
from casework.agenda.discussions import save_discussion
from casework.freezing.freezing import freeze
from casework.freezing.frozen import Pack
from casework.panels import find_panel, plan_panel
from casework.records.records import Action, Discussion, Panel
from casework.storage.database import Casework
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from tests.packs.nights import engine_of, night
from tests.support.copies import copy_of
from tests.support.once_a_run import made_once

FIRST, SECOND = date(2026, 9, 30), date(2026, 11, 4)
PAT = "Pat Clerk"
HOSTILE = "=1+1 \x0b<w:p>&amp;</w:p>"
SHOWN = "=1+1 \ufffd<w:p>&amp;</w:p>"
RESTRICTED = "003"


@dataclass(frozen=True)
class Month:
    engine: Engine
    casework: Casework
    first: Panel
    second: Panel
    store: Path


def make_month(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Month:
    """The month in the folder, to read and to write: made once a run, and copied."""
    made = made_once(tmp_path_factory, "panel-month", _make)
    store = copy_of(Store(made / "store"), folder / "store", with_casework=True)
    engine, casework = Engine(store.current(), store.settings), open_casework(store.settings, store.path)
    first, second = (find_panel(casework, "hertfordshire", day) for day in (FIRST, SECOND))
    return Month(engine, casework, first, second, store.path)


def _make(folder: Path) -> None:
    """Children 001 and 002 in North, 003 (restricted) in North, 004 in South, all with a residential plan since February 2025."""
    children = {f"00{place}": ("T2" if place == 4 else "T1", "RESPLMT", f"W{place}") for place in range(1, 5)}
    restriction = {"person_id": "003", "restriction_type": "adoption", "start_date": "2025-02-01", "allowed_roles": "director"}
    engine = engine_of(folder, night(children, {"T1": "North", "T2": "South"}, local_restrictions=[restriction]))
    casework = open_casework(engine.settings, folder / "store")
    first = freeze(casework, engine, "hertfordshire", FIRST, PAT, Pack("p.xlsx", b"p"), FIRST)
    build_agenda(casework, first.id, engine, ["plan_residential"], PAT)
    said = {
        "001": Discussion(
            first.id, "001", frozenset({"health", "court_delay"}), "Long talk", "Wait for court", "Waiting", SECOND
        ),
        "002": Discussion(first.id, "002", summary=HOSTILE, decision="@SUM(A1)", next_panel_date=SECOND),
        RESTRICTED: Discussion(first.id, RESTRICTED, summary="secret", decision="secret decision", next_panel_date=SECOND),
    }
    for one in said.values():
        save_discussion(casework, one, PAT)
    save_action(casework, Action(first.id, "001", "Ask the court", "Zoë Ångström", date(2026, 10, 20)), PAT)
    save_action(casework, Action(first.id, "002", HOSTILE, "=Sam", date(2026, 11, 3)), PAT)
    save_action(casework, Action(first.id, RESTRICTED, "secret action", "secret owner", date(2026, 10, 1)), PAT)
    done = save_action(casework, Action(first.id, "001", "Tell the school", "Ann", date(2026, 10, 5)), PAT)
    complete_action(casework, done, date(2026, 10, 4), "Told", PAT)
    second = plan_panel(casework, "hertfordshire", SECOND, PAT)
    build_agenda(casework, second.id, engine, ["plan_residential"], PAT)
    casework.close()
