"""Annex A workbooks, load after load: the clock of a plan is observed, and no other day can be asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.store.store import Store
from metrics.engine.engine import Engine, QuestionError
from metrics.nightly import run_nightly
from tests.support.copies import copy_of
from tests.support.workbooks import CHILD, write_book

pytestmark = pytest.mark.usefixtures("without_journeys")

FIRST = date(2026, 1, 1)


def _load(store: Store, folder, day: date, plans: dict[int, str | None]) -> Engine:
    children = [{**CHILD, "child": child, "plan": plan} for child, plan in plans.items()]
    path = write_book(folder / f"{day}.xlsx", {8: children})
    run_nightly(store, path, day, accept_change=True)
    return Engine(store.shown(), store.settings)


def _clocks(engine: Engine) -> list[tuple]:
    return engine._connection.cursor().execute(
        "select child_id, since, recorded_since, observed_since, clock_in_words(recorded_since, observed_since) "
        "from option_clock join spine using (as_at, child_number) "
        "where option_clock.as_at = $day order by child_id",
        {"day": engine.as_at},
    ).fetchall()  # fmt: skip


@pytest.fixture(scope="module")
def first(without_journeys, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store after the first load, of a child with a plan. Copy it."""
    folder = tmp_path_factory.mktemp("first")
    store = Store(folder / "store")
    _load(store, folder, FIRST, {1: "b) Adoption"})
    return store


@pytest.mark.parametrize(("gap", "since"), [(28, FIRST), (29, FIRST + timedelta(29))])
def test_a_clock_starts_with_the_first_load_and_breaks_after_28_days(first, tmp_path, gap, since):
    store = copy_of(first, tmp_path / "store")
    assert _clocks(Engine(store.shown(), store.settings)) == [("1", FIRST, None, FIRST, "observed")]
    engine = _load(store, tmp_path, FIRST + timedelta(gap), {1: "b) Adoption"})
    assert _clocks(engine) == [("1", since, None, since, "observed")]


def test_another_plan_starts_again_and_no_plan_counts_from_the_first_load_that_showed_none(tmp_path):
    store = Store(tmp_path / "store")
    days = [FIRST + timedelta(7 * number) for number in range(3)]
    _load(store, tmp_path, days[0], {1: "b) Adoption", 2: "b) Adoption", 3: None})
    _load(store, tmp_path, days[1], {1: "g) Other", 2: None, 3: None})
    engine = _load(store, tmp_path, days[2], {1: "g) Other", 2: None, 3: "b) Adoption", 4: None})
    assert _clocks(engine) == [("1", days[1], None, days[1], "observed"), ("3", days[2], None, days[2], "observed")]
    without = "select child_id, no_plan_since from spine where no_plan_since is not null order by child_id"
    assert engine._connection.cursor().execute(without).fetchall() == [("2", days[1]), ("4", days[2])]


def test_only_the_day_of_the_load_can_be_asked_about(first):
    engine = Engine(first.shown(), first.settings)
    assert engine.reporting_dates == engine.trend_dates(FIRST) == (FIRST,)
    with pytest.raises(QuestionError, match="whose extracts show that day only"):
        engine._check_dates([FIRST - timedelta(1)])
