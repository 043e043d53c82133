"""What the nights observed is published, carried forward, rolled back, replaced and pruned with the nights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

import duckdb
import pandas
import pytest

from data.night.night import DATABASE, Night, open_night
from data.settings import Settings
from data.store.store import Store
from metrics import spine
from metrics.answers.child.child import child, nights_shown
from metrics.engine.engine import Engine, QuestionError
from metrics.spine import observed
from tests.metrics.spine.observed_nights import told_back
from tests.support.copies import copy_of
from tests.support.scopes import asking
from tests.support.tiny_nights import flip_a_byte
from tests.support.typed_again import TYPED_AGAIN, empty_store, load, typed_again_after

pytestmark = pytest.mark.usefixtures("without_journeys")

RULE = "return_home_6m"
HOME, ADOPTION = ("return_home",), ("adoption",)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return empty_store(tmp_path / "store")


@pytest.fixture(scope="module")
def after(without_journeys, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Store]:
    """A store of one's own after these loads, each (night, ticks, plan's start) as ``load`` has them. Each load is made once, whichever
    test begins with it."""
    made: dict[tuple, Store] = {(): empty_store(tmp_path_factory.mktemp("none") / "store")}

    def begun(*loads: tuple) -> Store:
        if loads not in made:
            made[loads] = copy_of(begun(*loads[:-1]), tmp_path_factory.mktemp("begun") / "store")
            load(made[loads], *loads[-1])
        return made[loads]

    return lambda *loads: copy_of(begun(*loads), tmp_path_factory.mktemp("own") / "store")


@pytest.fixture(scope="module")
def typed_again(without_journeys, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine after eight nights, 28 days apart, on the last of which the plan had been typed again."""
    store = empty_store(tmp_path_factory.mktemp("typed again") / "store")
    return Engine(typed_again_after(store, "2026-04-18", 28, 8), store.settings)


def remembered(night: Night) -> dict[str, tuple[str, ...]]:
    """{night: child 1's options} as this night remembers them. Child 2 was in care on every one of them, with no option."""
    with open_night(night) as connection:
        nights = told_back(connection)
    assert all(seen["2"] == () for seen in nights.values())
    return {day.isoformat(): seen["1"] for day, seen in nights.items()}


def test_a_child_whose_plan_was_typed_again_stays_on_the_list_and_every_answer_says_why(typed_again):
    engine = typed_again
    (row,) = engine.children("hertfordshire", [RULE], asking()).to_dict("records")
    assert (f"{row['since']:%Y-%m-%d}", row["days_over"]) == ("2026-04-18", 13)
    assert (f"{row['recorded_since']:%Y-%m-%d}", f"{row['observed_since']:%Y-%m-%d}") == (TYPED_AGAIN, "2026-04-18")
    assert row["clock"] == "observed (recorded 01/09/2026)"
    (on_page,) = child(engine, "1", asking()).rules.to_dict("records")
    assert {name: on_page[name] for name in ("since", "clock")} == {name: row[name] for name in ("since", "clock")}
    actual = nights_shown(engine, "1", asking()).to_dict("records")
    assert [
        (one["shown"], f"{one['first_night']:%d/%m/%Y}", f"{one['last_night']:%d/%m/%Y}", one["nights"]) for one in actual
    ] == [("return home", "18/04/2026", "31/10/2026", 8)]
    # Any other day is told by the same SQL, from the nights up to it: the limit was reached on 18 October.
    for day, listed in ((date(2026, 10, 17), 0), (date(2026, 10, 18), 1)):
        assert len(engine.children("hertfordshire", [RULE], asking(), day)) == listed


def test_nights_29_days_apart_cannot_tell(after):
    store = after(("2026-08-22", "RESPLMT"), ("2026-09-20", "RESPLMT", TYPED_AGAIN))
    (row,) = Engine(store.current(), store.settings).children("hertfordshire", ["plan_residential"], asking()).to_dict("records")
    assert (f"{row['since']:%Y-%m-%d}", row["clock"]) == (TYPED_AGAIN, "recorded (observed 20/09/2026)")


def test_what_a_night_stored_is_what_the_same_day_gives_on_demand(typed_again):
    stored, on_demand = (Engine(typed_again.night, typed_again.settings) for _ in range(2))
    on_demand._spine_is_kept, on_demand._kept_rules = False, {}
    asked = ("hertfordshire", [RULE, "no_current_plan"], asking(), None, 400)
    assert stored.children(*asked).equals(on_demand.children(*asked)) and len(stored.children(*asked)) == 2


def test_an_other_clock_has_no_word_for_it(after):
    store = after(("2026-08-01",))
    (row,) = Engine(store.current(), store.settings).children("hertfordshire", ["no_current_plan"], asking()).to_dict("records")
    assert all(pandas.isna(row[name]) for name in ("clock", "recorded_since", "observed_since"))


def test_of_a_restricted_record_neither_clock_nor_nights_are_told(after):
    store = after(("2026-08-22", "RESPLMT"))
    night = load(store, "2026-09-05", "RESPLMT", plan_start=TYPED_AGAIN, restricted=True)
    engine = Engine(night, store.settings)
    (row,) = engine.children("hertfordshire", ["plan_residential"], asking()).to_dict("records")
    assert f"{row['since']:%Y-%m-%d}" == "2026-08-22"
    assert all(pandas.isna(row[name]) for name in ("clock", "recorded_since", "observed_since"))
    with pytest.raises(QuestionError):
        nights_shown(engine, "1", asking())
    allowed = asking(roles=frozenset({"IRO"}))
    assert nights_shown(engine, "1", allowed)["nights"].tolist() == [2]
    (row,) = engine.children("hertfordshire", ["plan_residential"], allowed).to_dict("records")
    assert row["clock"] == "observed (recorded 01/09/2026)"


def test_what_the_nights_showed_is_told_in_stretches_up_to_the_day(after):
    store = after(("2026-08-01",))
    for day, ticks in (("2026-08-08", ""), ("2026-08-15", ""), ("2026-08-22", "RETURN6M ADOPTION")):
        night = load(store, day, ticks)
    engine = Engine(night, store.settings)
    actual = nights_shown(engine, "1", asking())
    assert actual["shown"].tolist() == ["return home", "no option", "parallel: return home, adoption"]
    assert actual["nights"].tolist() == [1, 2, 1]
    assert nights_shown(engine, "1", asking(), date(2026, 8, 14))["nights"].tolist() == [1, 1]


def test_a_roll_back_takes_the_history_back_and_forward_again(after):
    store = after(("2026-08-01",), ("2026-08-15", "ADOPTION"))
    second, first = store.nights()
    store.rollback(first.name)
    third = load(store, "2026-08-20")
    assert remembered(third) == {"2026-08-01": HOME, "2026-08-20": HOME}
    store.rollback(second.name)
    assert remembered(store.current()) == {"2026-08-01": HOME, "2026-08-15": ADOPTION}
    assert remembered(load(store, "2026-08-31")) == {"2026-08-01": HOME, "2026-08-15": ADOPTION, "2026-08-31": HOME}


def test_a_corrected_night_of_the_same_day_replaces_what_that_day_showed(after):
    store = after(("2026-08-01",), ("2026-08-15", "ADOPTION"))
    corrected = load(store, "2026-08-15", "RESPLMT")
    assert remembered(corrected) == {"2026-08-01": HOME, "2026-08-15": ("residential",)}
    assert remembered(load(store, "2026-08-15")) == {"2026-08-01": HOME, "2026-08-15": HOME}


def test_after_a_damaged_night_the_history_goes_on_from_the_last_good_one(after):
    store = after(("2026-08-01",), ("2026-08-15", "ADOPTION"))
    flip_a_byte(store.current().database)
    assert remembered(load(store, "2026-08-20", "RESPLMT")) == {"2026-08-01": HOME, "2026-08-20": ("residential",)}


def test_pruning_nights_loses_nothing_that_they_observed(store):
    for day in ("2026-07-04", "2026-07-18", "2026-08-01"):
        night = load(store, day)
    before = remembered(night)
    removed = store.prune(date(2026, 8, 1), Settings(keep_nights_days=1, keep_month_ends=False))
    assert len(removed) == 2 and [one.name for one in store.nights()] == [night.name]
    assert remembered(store.current()) == before and len(before) == 3
    after = load(store, "2026-08-15", plan_start="2026-08-10")
    assert remembered(after) == {**before, "2026-08-15": HOME}
    (row,) = Engine(after, store.settings).children("hertfordshire", [RULE], asking(), days_before=400).to_dict("records")
    assert f"{row['since']:%Y-%m-%d}" == "2026-07-04"


def test_the_history_stands_beside_the_database_as_parquet(after):
    night = after(("2026-08-01",), ("2026-08-15", "ADOPTION")).current()
    kept = {name: str(night.tables / f"{name}.parquet") for name in observed.TABLES}
    assert set(night.manifest["files"]) >= {f"tables/{name}.parquet" for name in kept}
    with duckdb.connect() as connection, open_night(night) as own:
        for name, path in kept.items():
            actual = connection.execute("select * from read_parquet($path) order by all", {"path": path}).fetchall()
            assert actual and actual == own.execute(f"select * from {name} order by all").fetchall()


@pytest.fixture
def older_version(monkeypatch):
    """Nights as they were published before there was a history."""
    with monkeypatch.context() as older:
        without = spine.add_history
        older.setattr(spine, "add_history", lambda connection, keep: without(connection, False))
        older.setattr(observed, "carry_forward", lambda connection, as_at, nights=(): None)
        older.setattr(observed, "observe", lambda connection, as_at: None)
        older.setattr(observed, "TABLES", ())
        yield older


def test_nights_of_an_older_version_are_told_afresh_from_their_own_spines(store, older_version):
    load(store, "2026-07-20")
    load(store, "2026-08-01", "ADOPTION")
    load(store, "2026-08-01")  # the same day, corrected
    damaged = load(store, "2026-08-10", "ADOPTION")
    last = load(store, "2026-08-15")
    gone_back_from = load(store, "2026-08-20", "ADOPTION")
    flip_a_byte(damaged.tables / "ssd_person.parquet")
    store.rollback(last.name)
    older_version.undo()
    assert Engine(last, store.settings).children("hertfordshire", [RULE], asking(), days_before=400)["clock"].tolist() == [
        "recorded"
    ]
    night = load(store, "2026-08-25", "RESPLMT")
    assert gone_back_from.name in {one.name for one in store.nights()}
    assert remembered(night) == {"2026-07-20": HOME, "2026-08-01": HOME, "2026-08-15": HOME, "2026-08-25": ("residential",)}
    assert remembered(load(store, "2026-08-31")) == remembered(night) | {"2026-08-31": HOME}


CHILDREN, NIGHTS = 1000, 365
PLANS = [HOME, ADOPTION, ("long_term_fostering",), ("return_home", "long_term_fostering"), ("other",), ()]


def a_year_of_nights(path: Path) -> Night:
    """A night whose history is a year of nights of 1,000 children: twice a year a plan changes, one child in four comes and goes."""
    random, first = Random(1), date(2025, 11, 1)
    plans = {f"{number:07}": random.choice(PLANS) for number in range(CHILDREN)}
    with duckdb.connect(str(path / DATABASE)) as connection:
        for place in range(NIGHTS):
            for name in random.sample(sorted(plans), CHILDREN * 2 // NIGHTS):
                plans[name] = random.choice(PLANS)
            if place % 2:
                del plans[random.choice(sorted(plans))]
                plans[f"{CHILDREN + place:07}"] = ()
            as_at = first + timedelta(days=place)
            columns = {"names": list(plans), "options": [list(options) for options in plans.values()], "as_at": as_at}
            connection.execute(
                "create or replace temp table spine as "
                "select $as_at::date as as_at, unnest($names::varchar[]) as child_id, unnest($options::varchar[][]) as options",
                columns,
            )
            observed.carry_forward(connection, as_at)
            observed.observe(connection, as_at)
    return Night("a year", path, as_at, datetime.now(UTC), {})


def test_a_year_of_nights_of_1000_children_is_small_and_quickly_carried(tmp_path):
    year = a_year_of_nights(tmp_path)
    (tmp_path / "next").mkdir()
    next_night = tmp_path / "next" / DATABASE
    began = perf_counter()
    with duckdb.connect(str(next_night)) as connection:
        observed.carry_forward(connection, year.as_at + timedelta(days=1), [year])
        seconds = perf_counter() - began
        assert connection.execute("select count(*) from observed_night").fetchone() == (NIGHTS + 1,)
        changes = connection.execute("select count(*) from observed_plan").fetchone()[0]
        assert changes > 2 * CHILDREN
        connection.execute("copy observed_plan to $file (format parquet)", {"file": str(tmp_path / "plans.parquet")})
    sizes = next_night.stat().st_size, (tmp_path / "plans.parquet").stat().st_size
    print(f"{changes:,} changes, {seconds:.2f} s, {sizes[0] / 1e6:.1f} MB as DuckDB, {sizes[1] / 1e6:.2f} MB as Parquet")
    assert sum(sizes) < 5_000_000
    assert seconds < 2
