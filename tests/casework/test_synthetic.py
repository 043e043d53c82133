"""The invented panels: the same nights give the same panels, and a real council never gets any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework.agenda.actions import actions
from casework.agenda.agenda import agenda
from casework.agenda.discussions import discussions
from casework.agenda.themes import themes
from casework.changes.restricted import NOBODY
from casework.checking import check
from casework.freezing.frozen import Pack
from casework.records.errors import CaseworkError
from casework.records.records import CARRIED
from casework.storage.opening import open_casework
from casework.synthetic.panels import write_panels
from casework.synthetic.words import BARRIERS
from data.settings import Settings
from data.store.store import Store
from data.synthetic import write_county
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly


@pytest.fixture(scope="module")
def engines(tmp_path_factory, without_journeys):
    """The engines of three month ends of one county."""
    nights = write_county(
        tmp_path_factory.mktemp("months"), children=150, seed=3, nights=3, as_at=date(2026, 10, 31), step="month"
    )
    folder = tmp_path_factory.mktemp("months_store")
    (folder / "settings.toml").write_text("month_ends = 2\n", encoding="utf-8")
    store = Store(folder)
    for night in nights:
        run_nightly(store, night, date.fromisoformat(night.name[-10:]))
    return [Engine(night, store.settings) for night in reversed(store.nights())]


def _pack(engine, panel_date):
    return Pack("pack.xlsx", engine.night.name.encode())


def _written(casework, engines):
    made = write_panels(casework, engines, _pack)
    said = [discussions(casework, held.id, NOBODY) for held in made]
    return made, said, actions(casework, NOBODY)


def test_the_panels_live_and_their_records_are_whole(casework, engines):
    made, said, asked = _written(casework, engines)
    assert [held.status for held in made] == ["open", "closed", "closed"]
    assert [held.freeze is None for held in made] == [True, False, False]
    assert all(said[1:])
    assert any(item.source == CARRIED for item in agenda(casework, made[1].id, NOBODY))
    assert {action.state for action in asked} >= {"open", "done"}
    assert check(casework) == []
    assert all(held.freeze.frozen_at.date() == held.freeze.as_at for held in made[1:])


def test_the_same_nights_give_the_same_panels(tmp_path, engines):
    twice = [_written(open_casework(Settings(folder=tmp_path / name)), engines) for name in ("one", "two")]
    assert twice[0] == twice[1]


def test_barriers_of_the_invented_panels_are_on_the_coded_list(casework):
    assert {barrier.theme for barrier in BARRIERS} <= {theme.code for theme in themes(casework)}


def test_a_real_council_and_a_store_with_panels_are_refused(casework, engines, panel):
    with pytest.raises(CaseworkError, match="panels here already"):
        write_panels(casework, engines, _pack)
    real = Engine(engines[-1].night, replace(engines[-1].settings, council="Barsetshire"))
    with pytest.raises(CaseworkError, match="real council"):
        write_panels(casework, [real], _pack)
