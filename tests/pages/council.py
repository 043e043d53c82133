"""A council that follows one more policy than Hertfordshire's: its store, and the engine over it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casework.agenda.actions import complete_action, save_action
from casework.agenda.agenda import build_agenda
from casework.agenda.discussions import save_discussion
from casework.records.records import Action, Discussion
from casework.storage.opening import open_casework
from data.store.store import Store
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly
from packs.panel.freezing import freeze_panel
from tests.pages import odd_night
from tests.support.copies import copy_of
from tests.support.once_a_run import made_once
from tests.support.scopes import asking


def publish(folder: Path, policy: str, extracts: Path) -> Store:
    """A new store in the folder, with the night of the extracts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(f'policies = ["hertfordshire", "{policy}"]\n', encoding="utf-8")
    store = Store(folder)
    run_nightly(store, extracts, odd_night.AS_AT)
    return store


def council_of(folder: Path, policy: str, every_policy: Store) -> Store:
    """The shared county in a new store in the folder, for a council that follows a policy beside Hertfordshire's: of the night of every
    policy it shows these two."""
    store = copy_of(every_policy, folder)
    (folder / "settings.toml").write_text(f'policies = ["hertfordshire", "{policy}"]\n', encoding="utf-8")
    return store


def shown(store: Store, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine over a store, which the pages show from now on."""
    monkeypatch.setenv("TRACKER_STORE", str(store.path))
    return Engine(store.current(), store.settings)


POLICIES = ("hertfordshire", "hertfordshire_service", "england", "salford", "cheshire_east", "slough", "south_east")
COUNCIL = "Synthetic Borough (not real children)"
# Some tests take every file of every page at once.
SETTINGS = f'council = "{COUNCIL}"\narea = "borough"\nfiles_an_hour = 10000\npolicies = {list(POLICIES)}\n'.replace("'", '"')
WHO = "Pat (clerk)"
FIRST_PANEL = date(2026, 10, 6)


def borough_of(tmp_path_factory: pytest.TempPathFactory, folder: Path, every_policy: Store) -> Store:
    """A copy of the borough that a run makes once."""
    made = made_once(tmp_path_factory, "borough", lambda place: publish_borough(place, every_policy))
    return copy_of(Store(made), folder, with_casework=True)


def publish_borough(folder: Path, every_policy: Store) -> Store:
    """A borough that uses every policy and has held a panel: all that the pages can show."""
    store = copy_of(every_policy, folder)
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    engine = Engine(store.current(), store.settings)
    _hold_panels(engine, folder, discussed_child(engine))
    return store


def discussed_child(engine: Engine) -> str:
    """The child whom the borough's panel discussed."""
    return next(iter(engine.children("hertfordshire", ["ltf_12m"], asking())["child_id"]))


def _hold_panels(engine: Engine, store: Path, child_id: str) -> None:
    """A panel that discussed a child, gave two actions and was followed by another: all that panels' pages can show."""
    casework = open_casework(engine.settings, store)
    first = freeze_panel(casework, engine, "hertfordshire", FIRST_PANEL, WHO, date(2026, 9, 30))
    build_agenda(casework, first.id, engine, ["ltf_12m"], WHO)
    save_discussion(casework, Discussion(first.id, child_id, frozenset({"court_delay"}), "Long talk", "Wait for court"), WHO)
    save_action(casework, Action(first.id, child_id, "Ask the court", "Ann", date(2026, 10, 20)), WHO)
    done = save_action(casework, Action(first.id, child_id, "Tell the school", "Ann", date(2026, 10, 15)), WHO)
    complete_action(casework, done, date(2026, 10, 14), "Told", WHO)
    second = freeze_panel(casework, engine, "hertfordshire", odd_night.AS_AT, WHO)
    build_agenda(casework, second.id, engine, ["ltf_12m"], WHO)
