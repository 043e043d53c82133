"""A night is published whole, once, and never over a better one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from data.errors import NightRefused
from data.store.store import Store, StoreBusy
from metrics.engine.engine import Engine
from metrics.nightly import run_nightly, standing_dates
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

NIGHT = date(2026, 10, 31)


def _county(folder: Path, children: int) -> Path:
    numbers = [str(number) for number in range(1, children + 1)]
    return write_extracts(
        folder,
        {
            "ssd_person": [{"pers_person_id": number, "pers_dob": "2015-01-01"} for number in numbers],
            "ssd_cla_episodes": [
                {"clae_person_id": number, "clae_cla_episode_start_date": "2026-01-01", "clae_cla_episode_start_reason": "S"}
                for number in numbers
            ],
        },
        someone_else=True,
    )


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of one night of ten children, the day before. Copy it."""
    folder = tmp_path_factory.mktemp("ten")
    run_nightly(Store(folder / "store"), _county(folder / "extracts", 10), NIGHT - timedelta(days=1))
    return Store(folder / "store")


@pytest.fixture
def store(ten: Store, tmp_path: Path) -> Store:
    """A store of its own after the night of ten children."""
    return copy_of(ten, tmp_path / "store")


def test_the_standing_dates_are_the_night_and_36_month_ends():
    dates = standing_dates(date(2024, 3, 31), 36, date(2018, 3, 31))
    assert len(dates) == 37
    assert dates[-2:] == (date(2024, 2, 29), date(2024, 3, 31))
    assert dates[0] == date(2021, 3, 31)
    assert standing_dates(date(2026, 3, 15), 1, date(2026, 2, 28)) == (date(2026, 2, 28), date(2026, 3, 15))


def test_the_same_extracts_three_times_are_one_night(tmp_path):
    extracts, store = _county(tmp_path / "extracts", 10), Store(tmp_path / "store")
    first = run_nightly(store, extracts, NIGHT)
    again = [run_nightly(store, extracts, NIGHT + timedelta(days=days)) for days in (0, 1)]
    assert first.published
    assert [result.published for result in again] == [False, False]
    assert {result.night.name for result in again} == {first.night.name}
    assert "nothing new was published" in again[0].message
    assert len(store.nights()) == 1


def test_the_same_extracts_read_with_another_spelling_are_another_night(tmp_path):
    extracts, store = _county(tmp_path / "extracts", 10), Store(tmp_path / "store")
    run_nightly(store, extracts, NIGHT)
    (store.path / "spellings.csv").write_text("codes,text,code\nlegal_status,Looked after by agreement,V2\n", encoding="utf-8")
    assert run_nightly(store, extracts, NIGHT).published
    assert not run_nightly(store, extracts, NIGHT).published


def test_the_same_extracts_in_a_fresh_store_give_the_same_figures(tmp_path, county_nights):
    stores = [Store(tmp_path / name) for name in ("one", "two")]
    nights = [run_nightly(store, county_nights[0], NIGHT - timedelta(days=1)).night for store in stores]
    engines = [Engine(night, store.settings) for night, store in zip(nights, stores, strict=True)]
    dates = engines[0].trend_dates(NIGHT - timedelta(days=1))
    figures = [engine.figures("hertfordshire", asking(), "team", dates) for engine in engines]
    assert figures[0].equals(figures[1])
    for key in ("children_in_care", "rejects", "flags", "extracts_hash"):
        assert nights[0].manifest[key] == nights[1].manifest[key]


def test_an_older_night_is_refused_and_the_newer_stays(tmp_path):
    store = Store(tmp_path / "store")
    shown = run_nightly(store, _county(tmp_path / "new", 10), NIGHT).night
    with pytest.raises(NightRefused, match="older than the load of 31/10/2026"):
        run_nightly(store, _county(tmp_path / "old", 11), NIGHT - timedelta(days=1))
    assert store.current().name == shown.name


def test_a_corrected_extract_of_the_same_day_replaces_the_night(tmp_path):
    store = Store(tmp_path / "store")
    run_nightly(store, _county(tmp_path / "one", 10), NIGHT)
    second = run_nightly(store, _county(tmp_path / "two", 11), NIGHT)
    assert second.published
    assert store.current().name == second.night.name


@pytest.mark.parametrize(("after", "refused"), [(12, False), (13, True), (8, False), (7, True)])
def test_a_leap_of_more_than_a_fifth_in_children_in_care_refuses_the_night(store, tmp_path, after, refused):
    first = store.current()
    if refused:
        with pytest.raises(NightRefused, match="--accept-change"):
            run_nightly(store, _county(tmp_path / "two", after), NIGHT)
        assert store.current().name == first.name
    accepted = run_nightly(store, _county(tmp_path / "two", after), NIGHT, accept_change=True).night
    assert store.current().name == accepted.name
    assert bool(accepted.manifest["accepted_change"]) == refused


def test_a_refused_night_leaves_the_last_good_one_and_no_stray(store, tmp_path):
    good = store.current()
    bad = _county(tmp_path / "two", 10)
    (bad / "ssd_legal_status.csv").unlink()
    with pytest.raises(NightRefused, match="ssd_legal_status"):
        run_nightly(store, bad, NIGHT)
    assert store.current().name == good.name
    assert list((tmp_path / "store" / "building").iterdir()) == []


def test_two_loads_at_once_one_runs_and_the_other_says_busy(store, tmp_path):
    with store.lock(), pytest.raises(StoreBusy):
        run_nightly(Store(tmp_path / "store"), _county(tmp_path / "two", 10), NIGHT)


def test_a_night_restored_from_a_backup_verifies_and_answers(tmp_path, county_store):
    restored = copy_of(county_store, tmp_path / "restored")
    assert restored.current().name == county_store.current().name
    assert restored.verify(restored.current()) == []
