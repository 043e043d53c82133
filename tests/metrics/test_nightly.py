"""A night is published whole, once, and never over a better one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from data.errors import NightRefused
from data.night.night import Night, open_night
from data.store.store import Store, StoreBusy
from metrics.answers.reported import reported_nights
from metrics.engine.engine import Engine
from metrics.nightly import NightlyResult, run_nightly, standing_dates
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

NIGHT = date(2026, 10, 31)
YESTERDAY, TOMORROW = NIGHT - timedelta(days=1), NIGHT + timedelta(days=1)


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
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    """Stores that tests begin with. Copy them. After a night of ten children as at the day before, eleven are loaded as at the night
    (``right``), the day before (``early``), the day after (``late``) or 30 days after (``far``)."""
    folder = tmp_path_factory.mktemp("made")
    stores = {"ten": Store(folder / "ten")}
    run_nightly(stores["ten"], _county(folder / "extracts", 10), YESTERDAY, date_given=True)
    eleven = _county(folder / "eleven", 11)
    for name, day in {"right": NIGHT, "early": YESTERDAY, "late": TOMORROW, "far": NIGHT + timedelta(days=30)}.items():
        stores[name] = copy_of(stores["ten"], folder / name)
        run_nightly(stores[name], eleven, day, date_given=True)
    return stores


@pytest.fixture(scope="module")
def corrected(made: dict[str, Store], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Store, NightlyResult]]:
    """The ``far``, ``late`` or ``early`` store after its last load's date was corrected to the night's, and that load. Copy it."""

    @cache
    def of(name: str) -> tuple[Store, NightlyResult]:
        folder = tmp_path_factory.mktemp("corrected")
        store = copy_of(made[name], folder / "store")
        return store, run_nightly(store, _county(folder / "eleven", 11), NIGHT, date_given=True, correct_date=True)

    return of


@pytest.fixture
def store(request: pytest.FixtureRequest, made: dict[str, Store], tmp_path: Path) -> Store:
    """A store of its own, after the night of ten children alone or as the test begins with."""
    return copy_of(made[getattr(request, "param", "ten")], tmp_path / "store")


def begins_with(*names: str) -> pytest.MarkDecorator:
    """Which of the ``made`` stores a test begins with."""
    return pytest.mark.parametrize("store", names, indirect=True)


def test_the_standing_dates_are_the_night_and_36_month_ends():
    dates = standing_dates(date(2024, 3, 31), 36, date(2018, 3, 31))
    assert len(dates) == 37
    assert dates[-2:] == (date(2024, 2, 29), date(2024, 3, 31))
    assert dates[0] == date(2021, 3, 31)
    assert standing_dates(date(2026, 3, 15), 1, date(2026, 2, 28)) == (date(2026, 2, 28), date(2026, 3, 15))


def test_the_same_extracts_three_times_are_one_night(store, tmp_path):
    extracts = _county(tmp_path / "extracts", 10)
    again = [run_nightly(store, extracts, day) for day in (YESTERDAY, NIGHT)]
    assert [result.published for result in again] == [False, False]
    assert {result.night.name for result in again} == {store.current().name}
    assert "nothing new was published" in again[0].message
    assert len(store.nights()) == 1


def test_the_same_extracts_under_a_date_that_somebody_gives_are_another_night(store, tmp_path):
    extracts = _county(tmp_path / "extracts", 10)
    assert not run_nightly(store, extracts, YESTERDAY, date_given=True).published
    with pytest.raises(
        NightRefused, match="older than the load of 30/10/2026 that is shown.* if its date is wrong, give --correct-date"
    ):
        run_nightly(store, extracts, YESTERDAY - timedelta(days=1), date_given=True)
    second = run_nightly(store, extracts, NIGHT, date_given=True)
    assert second.published and store.current().as_at == NIGHT
    assert not run_nightly(store, extracts, TOMORROW).published, "nobody gave it"
    assert list(reported_nights(store)) == [YESTERDAY, NIGHT] and second.night.corrects == ()


def _observed(night: Night) -> list[date]:
    """The dates whose plans a night knows from the loads themselves."""
    with open_night(night) as connection:
        return [row[0] for row in connection.execute("select as_at from observed_night order by 1").fetchall()]


@pytest.mark.parametrize("name", ["far", "late", "early"])
def test_a_wrong_date_is_corrected_and_nothing_is_said_of_it_any_more(made, corrected, tmp_path, name):
    """The load before is of the day before, so a wrong date of that day is possible too."""
    (mistaken, before), extracts = made[name].nights(), _county(tmp_path / "eleven", 11)
    once, result = corrected(name)
    store = copy_of(once, tmp_path / "store")
    assert result.published and store.current().name == result.night.name and result.night.corrects == (mistaken.name,)
    assert {day: night.name for day, night in reported_nights(store).items()} == {
        YESTERDAY: before.name,
        NIGHT: result.night.name,
    }
    assert _observed(result.night) == [YESTERDAY, NIGHT]
    assert result.report and "ssd_person" in "\n".join(result.report.moved), "compared with the load before, of ten children"
    assert f"Against the data load of {YESTERDAY:%d/%m/%Y}:" in result.report.moved
    again = run_nightly(store, extracts, NIGHT, date_given=True, correct_date=True)
    assert not again.published and again.night.name == result.night.name
    later = run_nightly(store, _county(tmp_path / "twelve", 12), TOMORROW)
    assert _observed(later.night) == [YESTERDAY, NIGHT, TOMORROW]


def test_the_first_load_of_all_can_have_its_date_corrected(store, tmp_path):
    right = YESTERDAY - timedelta(days=1)
    night = run_nightly(store, _county(tmp_path / "extracts", 10), right, correct_date=True).night
    assert store.current().as_at == right and _observed(night) == [right] and list(reported_nights(store)) == [right]


@begins_with("late")
def test_a_date_is_corrected_of_the_load_shown_alone_and_never_to_before_the_load_behind_it(store, tmp_path):
    (mistaken, first), extracts = store.nights(), _county(tmp_path / "eleven", 11)
    with pytest.raises(NightRefused, match=r"as at 29/10/2026, older than the load of 30/10/2026; nothing was published"):
        run_nightly(store, extracts, YESTERDAY - timedelta(days=1), correct_date=True)
    with pytest.raises(NightRefused, match="not those of the load of 01/11/2026 that is shown"):
        run_nightly(store, _county(tmp_path / "twelve", 12), NIGHT, correct_date=True)
    with pytest.raises(NightRefused, match="there is none yet"):
        run_nightly(Store(tmp_path / "other"), extracts, NIGHT, correct_date=True)
    assert store.current().name == mistaken.name and [night.name for night in store.nights()] == [mistaken.name, first.name]


@begins_with("right")
def test_a_date_that_was_right_stays_right_when_another_of_the_same_extracts_is_corrected(store, tmp_path):
    """The same extracts were right on two days; then a third date was a mistake, and the one given in its place was one too."""
    extracts = _county(tmp_path / "eleven", 11)
    for day in (TOMORROW, NIGHT + timedelta(days=30)):
        run_nightly(store, extracts, day, date_given=True)
    run_nightly(store, extracts, NIGHT + timedelta(days=20), correct_date=True)
    corrected = run_nightly(store, extracts, NIGHT + timedelta(days=2), correct_date=True).night
    assert list(reported_nights(store)) == [YESTERDAY, NIGHT, TOMORROW, NIGHT + timedelta(days=2)]
    assert _observed(corrected) == list(reported_nights(store)) and len(corrected.corrects) == 2
    # To a date of which there is a load already, too: the mistake is set aside all the same.
    run_nightly(store, extracts, NIGHT + timedelta(days=30), date_given=True)
    assert run_nightly(store, extracts, NIGHT + timedelta(days=2), correct_date=True).published
    assert NIGHT + timedelta(days=30) not in reported_nights(store) and store.current().as_at == NIGHT + timedelta(days=2)


def test_a_corrected_load_follows_the_one_that_the_mistaken_load_followed(store, tmp_path):
    """Not a bad load in between, from which somebody went back."""
    good = store.current()
    run_nightly(store, _county(tmp_path / "twelve", 12), YESTERDAY)
    store.rollback(good.name)
    extracts = _county(tmp_path / "eleven", 11)
    assert run_nightly(store, extracts, TOMORROW).night.manifest["follows"] == good.name
    corrected = run_nightly(store, extracts, NIGHT, correct_date=True).night
    assert corrected.manifest["follows"] == good.name and corrected.manifest["moves"]["since"] == YESTERDAY.isoformat()
    assert good.manifest["follows"] is None, "the first of all"


def test_who_goes_back_to_a_load_says_that_its_date_is_right(made, corrected, tmp_path):
    store = copy_of(corrected("late")[0], tmp_path / "store")
    assert list(reported_nights(store)) == [YESTERDAY, NIGHT]
    store.rollback(made["late"].current().name)
    assert list(reported_nights(store)) == [YESTERDAY, NIGHT, TOMORROW]


@begins_with("early")
def test_an_older_load_is_corrected_by_going_back_to_it_and_forward_again(store, tmp_path):
    mistaken, extracts = store.current(), _county(tmp_path / "eleven", 11)
    latest = run_nightly(store, _county(tmp_path / "twelve", 12), TOMORROW).night
    store.rollback(mistaken.name)
    right = run_nightly(store, extracts, NIGHT, correct_date=True).night
    store.rollback(latest.name)
    assert store.problems == () and store.current().name == latest.name
    found = {day: night.name for day, night in reported_nights(store).items()}
    assert (found[NIGHT], found[TOMORROW]) == (right.name, latest.name) and mistaken.name not in found.values()
    assert run_nightly(store, _county(tmp_path / "thirteen", 13), TOMORROW + timedelta(days=1)).published


def test_a_damaged_load_gives_way_to_one_whose_date_was_right(made, corrected, tmp_path):
    _, right = made["late"].nights()
    store = copy_of(corrected("late")[0], tmp_path / "store")
    damaged = store.current().database
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert store.current().name == right.name


def test_the_same_extracts_read_with_another_spelling_are_another_night(store, tmp_path):
    extracts = _county(tmp_path / "extracts", 10)
    assert not run_nightly(store, extracts, NIGHT).published
    (store.path / "spellings.csv").write_text("codes,text,code\nlegal_status,Looked after by agreement,V2\n", encoding="utf-8")
    assert run_nightly(store, extracts, NIGHT).published
    assert not run_nightly(store, extracts, NIGHT).published


def test_the_same_extracts_in_a_fresh_store_give_the_same_figures(tmp_path, county_nights, county_store):
    stores = (county_store, Store(tmp_path / "fresh"))
    nights = (county_store.current(), run_nightly(stores[1], county_nights[-1], NIGHT).night)
    engines = [Engine(night, store.settings) for night, store in zip(nights, stores, strict=True)]
    dates = engines[0].trend_dates(NIGHT)
    figures = [engine.figures("hertfordshire", asking(), "team", dates) for engine in engines]
    assert len(figures[0]) and figures[0].equals(figures[1])
    for key in ("children_in_care", "rejects", "flags", "extracts_hash"):
        assert nights[0].manifest[key] == nights[1].manifest[key]


def test_an_older_night_is_refused_and_the_newer_stays(store, tmp_path):
    shown = store.current()
    with pytest.raises(NightRefused, match="older than the load of 30/10/2026"):
        run_nightly(store, _county(tmp_path / "old", 11), YESTERDAY - timedelta(days=1))
    assert store.current().name == shown.name


@begins_with("early")
def test_a_corrected_extract_of_the_same_day_replaces_the_night(store):
    second, first = store.nights()
    assert first.as_at == second.as_at == YESTERDAY
    assert (first.manifest["children_in_care"], second.manifest["children_in_care"]) == (10, 11)
    assert store.current().name == second.name


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
