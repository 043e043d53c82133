"""Days that a night does not keep: made once, whole or not at all, and read by several people at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import duckdb
import pytest

from data.night.night import open_beside
from metrics.engine import computed
from metrics.engine import engine as engine_of_metrics
from metrics.engine.engine import Engine
from tests.support.builder import child, records
from tests.support.reference_engine import RecordsEngine
from tests.support.scopes import asking
from tests.support.typed_again import empty_store, load

pytestmark = pytest.mark.slow

DAY, OTHER_DAY = date(2026, 10, 12), date(2026, 9, 18)
SECONDS = 60  # what must not wait is done in milliseconds; a busy machine is given time


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine over a night of two children, of whom a day is quickly computed."""
    store = empty_store(tmp_path_factory.mktemp("few") / "store")
    return Engine(load(store, "2026-10-31"), store.settings)


@pytest.fixture
def fresh(few: Engine) -> Engine:
    """An engine that has computed nothing yet."""
    return Engine(few.night, few.settings)


def _count(engine: Engine, day: date) -> int:
    with engine.view(asking(roles=None), (day,)) as cursor:
        return cursor.execute("select count(*) from spine").fetchone()[0]


def test_two_people_read_one_computed_day_at_the_same_time(fresh: Engine):
    with ThreadPoolExecutor(1) as another, fresh.view(asking(roles=None), (DAY,)) as cursor:
        mine = cursor.execute("select count(*) from spine").fetchone()[0]
        assert another.submit(_count, fresh, DAY).result(timeout=SECONDS) == mine > 0


def test_who_reads_a_day_does_not_wait_for_another_day_to_be_computed(fresh: Engine, monkeypatch: pytest.MonkeyPatch):
    expected = _count(fresh, DAY)
    computing, go_on, build = Event(), Event(), engine_of_metrics.build_spine

    def slow(*arguments: object, **named: object) -> None:
        computing.set()
        assert go_on.wait(SECONDS)
        build(*arguments, **named)

    monkeypatch.setattr(engine_of_metrics, "build_spine", slow)
    with ThreadPoolExecutor(2) as others:
        slow_reader = others.submit(_count, fresh, OTHER_DAY)
        assert computing.wait(SECONDS)
        try:
            assert others.submit(_count, fresh, DAY).result(timeout=SECONDS) == expected
            assert _count(fresh, fresh.as_at) > 0
            assert not slow_reader.done()
        finally:
            go_on.set()
        assert slow_reader.result() > 0


def test_a_day_is_computed_once_for_all_who_ask_for_it_at_once(fresh: Engine, monkeypatch: pytest.MonkeyPatch):
    built, build = [], engine_of_metrics.build_spine

    def counted(connection: duckdb.DuckDBPyConnection, days: tuple[date, ...], *arguments: object, **named: object) -> None:
        built.append(days)
        build(connection, days, *arguments, **named)

    monkeypatch.setattr(engine_of_metrics, "build_spine", counted)
    with ThreadPoolExecutor(4) as people:
        assert len(set(people.map(lambda _: _count(fresh, DAY), range(8)))) == 1
    assert built == [(DAY,)]


def test_a_day_that_could_not_be_computed_leaves_nothing_and_is_tried_again(fresh: Engine, monkeypatch: pytest.MonkeyPatch):
    whole = engine_of_metrics.add_rules

    def fails(connection: duckdb.DuckDBPyConnection, *_: object, **__: object) -> None:
        connection.execute("select 1 from a_table_that_is_not_there")

    monkeypatch.setattr(engine_of_metrics, "add_rules", fails)
    with pytest.raises(duckdb.CatalogException), fresh.view(asking(roles=None), (DAY,)):
        pass
    monkeypatch.setattr(engine_of_metrics, "add_rules", whole)
    assert _count(fresh, DAY) == _count(Engine(fresh.night, fresh.settings), DAY)


def test_a_reader_keeps_a_day_that_has_made_room_for_others(fresh: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(computed, "DAYS_KEPT", 2)
    days = [date(2026, 10, day) for day in range(9, 13)]
    with fresh.view(asking(), days[:1]) as cursor:
        first = cursor.execute("select count(*) from spine").fetchone()
        for day in days[1:]:
            _count(fresh, day)
        assert cursor.execute("select count(*) from spine").fetchone() == first
    assert days[0] not in {day for kept in fresh._computed._computed for day in kept}
    assert (_count(fresh, days[0]),) == first


def test_what_one_reader_makes_for_a_question_no_other_sees(fresh: Engine):
    with fresh.view(asking(roles=None), (DAY,)) as cursor:
        cursor.execute("create temp table mine as select 1 as a")
        with fresh.view(asking(roles=None), (DAY,)) as another, pytest.raises(duckdb.CatalogException):
            another.execute("from mine")


def test_the_answers_beside_a_night_are_those_of_the_night(engine: Engine):
    """Every list of a standing date, as the night keeps it and as computed in memory beside it."""
    beside = Engine(engine.night, engine.settings)
    assert beside._spine_is_kept and beside._kept_rules
    beside._spine_is_kept, beside._kept_rules = False, {}
    rules = [rule.id for rule in engine.policies["hertfordshire"].rules]
    everybody = asking(roles=None)
    mine = beside.children("hertfordshire", rules, everybody, engine.as_at, 100_000)
    assert len(mine) > 100
    assert mine.equals(engine.children("hertfordshire", rules, everybody, engine.as_at, 100_000))


@pytest.mark.parametrize(
    "sql",
    [
        "from read_text('/etc/passwd')",
        "from read_csv('/etc/passwd')",
        "copy tracker.ssd_person to '/tmp/people.csv'",
        "attach '/tmp/other.duckdb' as other",
        "install excel",
        "set threads = 1",
        "set enable_external_access = true",
        "insert into tracker.ssd_person select * from tracker.ssd_person",
        "drop table tracker.ssd_person",
    ],
)
def test_the_database_beside_a_night_reaches_no_file_and_changes_no_night(engine: Engine, sql: str):
    with open_beside(engine.night) as connection, pytest.raises(duckdb.Error, match="disabled|locked|read-only|Cannot"):
        connection.execute(sql)


def test_days_on_which_nobody_was_in_care_are_computed_together(monkeypatch: pytest.MonkeyPatch):
    """Whether a rule has a figure is asked of the days that were computed for the figures, not of each day anew."""
    few = RecordsEngine(records(child("A").in_care("2026-05-01")), (date(2026, 6, 30),))
    days, built, build = (date(2026, 2, 10), date(2026, 3, 10), date(2026, 5, 10)), [], engine_of_metrics.build_spine

    def counted(connection: duckdb.DuckDBPyConnection, some: tuple[date, ...], *arguments: object, **named: object) -> None:
        built.append(some)
        build(connection, some, *arguments, **named)

    monkeypatch.setattr(engine_of_metrics, "build_spine", counted)
    figures = few.figures("hertfordshire", asking(), dates=days)
    assert few.in_words("hertfordshire", figures).size == len(figures)
    assert built == [days]
    in_care = figures.groupby("as_at")["in_care"].max()
    assert in_care.tolist() == [0, 0, 1] and len(figures) == 3 * len(few.policies["hertfordshire"].rules)
