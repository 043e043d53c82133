"""A night is never built from an emptied or halved table, whichever table it is; what is accepted empty is not supplied."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pandas
import pytest

import tracker
from data.contract.contract import tables
from data.errors import NightRefused
from data.settings import Settings
from data.store.store import Store
from data.synthetic import write_county
from metrics.answers.data_quality.moved import Moved
from metrics.engine.engine import Engine
from metrics.nightly import NightlyResult, run_nightly
from tests.data.small_night import SMALL, small
from tests.deep import examples
from tests.support.copies import copy_of
from tests.support.extracts import write_extracts
from tests.support.scopes import asking

pytestmark = pytest.mark.usefixtures("without_journeys")

NIGHT = date(2026, 10, 31)
NEXT = NIGHT + timedelta(days=1)
# The file of restrictions loses nothing by being emptied: what it held is carried on.
NEVER = ("ssd_person", "ssd_cla_episodes")


def fewer(source: Path, folder: Path, share: float, *names: str) -> Path:
    """The extracts, with the first rows only of these tables' files; share 0 leaves their headers."""
    shutil.copytree(source, folder)
    for name in names:
        _shorten(folder / f"{name}.csv", share)
    return folder


def _shorten(path: Path, share: float) -> None:
    content = path.read_bytes().decode("utf-8-sig")
    # Case notes and plans hold line breaks within quotation marks.
    starts, within = [], False
    for at, letter in enumerate(content[:-1]):
        within ^= letter == '"'
        if letter == "\n" and not within:
            starts.append(at + 1)
    rows = len(starts)
    end = starts[int(rows * share)] if share < 1 else len(content)
    path.write_bytes(content[:end].encode())


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extracts of a county of 40 children in care."""
    return write_county(tmp_path_factory.mktemp("county"), children=40, seed=7, as_at=NIGHT)[0]


@pytest.fixture(scope="module")
def store(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of one good night with few month ends; every test below is refused, so that it stays as it is."""
    folder = tmp_path_factory.mktemp("emptied")
    (folder / "settings.toml").write_text("month_ends = 1\nquarantine_limit_percent = 100\n", encoding="utf-8")
    store = Store(folder)
    run_nightly(store, county, NIGHT)
    return store


@pytest.fixture(scope="module")
def every_table(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Path]:
    """A store of one small night in which every table has rows, and the folder of its extracts."""
    folder = tmp_path_factory.mktemp("every")
    (folder / "settings.toml").write_text("month_ends = 1\n", encoding="utf-8")
    extracts = write_extracts(folder / "extracts", {name: [] for name in tables()} | small(), someone_else=True)
    run_nightly(Store(folder), extracts, NIGHT)
    return Store(folder), extracts


# The file of restrictions is left out, see above. So many tables are emptied in one night; in the deep suite each in a night of its own.
EMPTIED = [name for name in tables() if name not in (*NEVER, "local_restrictions")]
AT_ONCE = examples(8, 1)


@pytest.fixture(scope="module")
def refusal(every_table, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Why a night is refused in which a table is emptied, perhaps beside others."""
    store, extracts = every_table

    @cache
    def of(place: int) -> str:
        emptied = fewer(extracts, tmp_path_factory.mktemp("emptied") / "night", 0, *EMPTIED[place : place + AT_ONCE])
        with pytest.raises(NightRefused) as refused:
            run_nightly(store, emptied, NEXT)
        return str(refused.value)

    return lambda table: of(EMPTIED.index(table) // AT_ONCE * AT_ONCE)


@pytest.mark.parametrize("table", EMPTIED)
def test_an_emptied_table_refuses_the_night_and_names_both_counts(every_table, refusal, table):
    good = every_table[0].current()
    before = next(file["rows_used"] for file in good.manifest["files_read"] if file["table_name"] == table)
    said = refusal(table)
    assert before > 0 and f"{table}.csv has 0 rows in this data load against {before:,}" in said
    assert "on 31/10/2026" in said and "--accept-change" in said and "\n" not in said
    assert every_table[0].current().name == good.name


@pytest.mark.parametrize("table", NEVER)
def test_no_night_does_without_people_or_episodes(every_table, tmp_path, table):
    store, extracts = every_table
    good, emptied = store.current(), fewer(extracts, tmp_path / "emptied", 0, table)
    for accept in (False, True):
        with pytest.raises(NightRefused, match=rf"{table}\.csv has .*every data load needs it") as refused:
            run_nightly(store, emptied, NEXT, accept_change=accept)
        assert "\n" not in str(refused.value)
    assert store.current().name == good.name


def test_a_halved_table_refuses_the_night(store: Store, county, tmp_path):
    halved = ("ssd_cla_care_plan", "ssd_cla_reviews")
    with pytest.raises(NightRefused) as refused:
        run_nightly(store, fewer(county, tmp_path / "halved", 0.5, *halved), NEXT)
    counts = r"has [\d,]+ rows in this data load against [\d,]+, [\d,]+ people in this data load against"
    for table in halved:
        assert re.search(rf"{table}\.csv {counts}", str(refused.value))


def test_an_optional_file_that_can_no_longer_be_read_refuses_the_night_until_it_is_accepted(every_table, tmp_path):
    store, extracts = every_table
    shutil.copytree(extracts, tmp_path / "extracts")
    (tmp_path / "extracts" / "local_meetings.csv").write_bytes(b"")
    with pytest.raises(NightRefused, match="local_meetings"):
        run_nightly(store, tmp_path / "extracts", NEXT)


def test_an_optional_file_that_is_gone_refuses_the_night(store: Store, county, tmp_path):
    folder = shutil.copytree(county, tmp_path / "gone")
    (folder / "ssd_cla_reviews.csv").unlink()
    with pytest.raises(NightRefused, match=r"ssd_cla_reviews \(no file\) has 0 rows in this data load against"):
        run_nightly(store, folder, NEXT)


def test_a_table_that_loses_only_the_children_in_care_refuses_the_night(store: Store, county, tmp_path):
    """Old rows outnumber those of the children in care, so the count of rows hardly falls."""
    folder = shutil.copytree(county, tmp_path / "in care")
    path = folder / "ssd_cla_care_plan.csv"
    with Engine(store.current(), Settings()).view(asking(roles=None), (NIGHT,)) as cursor:
        rows = cursor.execute(
            "select lacp_table_id, lacp_person_id from ssd_cla_care_plan join spine on child_id = lacp_person_id and as_at = $day",
            {"day": NIGHT},
        ).fetchall()
    gone = {person for _, person in rows}
    few = set(sorted(gone)[: len(gone) // 3])
    lost = {plan for plan, person in rows if person in few}
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if line.split(",")[0].strip('"') not in lost), encoding="utf-8")
    with pytest.raises(NightRefused, match=r"ssd_cla_care_plan\.csv has .*children in care in this data load against"):
        run_nightly(store, folder, NEXT)


def test_the_command_check_says_the_same_and_ends_with_what_moved(store: Store, county, tmp_path, capsys):
    folder = fewer(county, tmp_path / "emptied", 0, "ssd_cla_care_plan")
    words = ["check", "--extracts", str(folder), "--store", str(store.path), "--as-at", NEXT.isoformat()]
    assert tracker.main(words) == 1
    said = capsys.readouterr()
    assert "ssd_cla_care_plan.csv has 0 rows in this data load against" in said.err
    assert "Against the data load of 31/10/2026:" in said.out and "ssd_cla_care_plan" in said.out.split("Against")[1]


def tiny(folder: Path, plans: int = 3, leaver: str = "003", **more) -> Path:
    """A night of three children, every required table with rows; so many of them have a plan, and one is a care leaver."""
    plan = {**SMALL["ssd_cla_care_plan"][0], "lacp_cla_care_plan_start_date": "2025-06-01"}
    people = [person["pers_person_id"] for person in SMALL["ssd_person"]]
    plans_of = [{**plan, "lacp_person_id": child} for child in people[:plans]]
    return write_extracts(folder, small(ssd_cla_care_plan=plans_of, ssd_care_leavers=[{"clea_person_id": leaver}], **more))


@pytest.fixture(scope="module")
def three_plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, NightlyResult]:
    """A store of one night of three plans, and what its load gave. Copy it."""
    folder = tmp_path_factory.mktemp("three plans")
    (folder / "store").mkdir()
    (folder / "store" / "settings.toml").write_text("month_ends = 1\n", encoding="utf-8")
    store = Store(folder / "store")
    return store, run_nightly(store, tiny(folder / "one"), NIGHT)


@pytest.fixture(scope="module")
def two_plans(three_plans, tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, NightlyResult]:
    """The same store after a second night, of two plans, and what its load gave. Copy it."""
    folder = tmp_path_factory.mktemp("two plans")
    store = copy_of(three_plans[0], folder / "store")
    return store, run_nightly(store, tiny(folder / "two", plans=2), NEXT)


@pytest.fixture
def tiny_store(three_plans, tmp_path: Path) -> Store:
    """A store of its own after the night of three plans."""
    return copy_of(three_plans[0], tmp_path / "store")


def figures(store: Store) -> dict[str, object]:
    engine = Engine(store.current(), store.settings)
    frame = engine.figures("hertfordshire", asking(), "county")
    return {row["rule"]: row["children"] for row in frame.to_dict("records")}


def test_a_table_accepted_empty_is_not_supplied_and_never_nobody(tiny_store, tmp_path):
    assert figures(tiny_store)["no_current_plan"] == 0
    emptied = tiny(tmp_path / "two", plans=0)
    with pytest.raises(NightRefused, match=r"ssd_cla_care_plan\.csv has 0 rows in this data load against 3"):
        run_nightly(tiny_store, emptied, NEXT)
    result = run_nightly(tiny_store, emptied, NEXT, accept_change=True)
    assert "ssd_cla_care_plan.csv has 0 rows in this data load against 3" in result.night.manifest["accepted_change"]
    assert pandas.isna(figures(tiny_store)["no_current_plan"])
    assert Engine(tiny_store.current(), tiny_store.settings).supplied["ssd_cla_care_plan"] is False
    # It was accepted once: the next good night holds plans again, and losing them again is refused again.
    run_nightly(tiny_store, tiny(tmp_path / "three", leaver="002"), NEXT)
    with pytest.raises(NightRefused, match="ssd_cla_care_plan"):
        run_nightly(tiny_store, tiny(tmp_path / "four", plans=0, leaver="001"), NEXT)


def test_a_small_table_may_lose_a_row_and_is_warned_of(two_plans):
    _, result = two_plans
    assert result.published and result.night.manifest["accepted_change"] is None
    assert any(text.startswith("ssd_cla_care_plan.csv has 2 rows in this data load against 3") for text in result.report.warnings)


def test_the_least_fall_and_its_share_are_settings(tiny_store, tmp_path):
    (tiny_store.path / "settings.toml").write_text("month_ends = 1\ntable_fall_least = 1\n", encoding="utf-8")
    with pytest.raises(NightRefused, match="2 rows in this data load against 3"):
        run_nightly(tiny_store, tiny(tmp_path / "two", plans=2), NEXT)
    (tiny_store.path / "settings.toml").write_text(
        "month_ends = 1\ntable_fall_least = 1\ntable_fall_limit_percent = 34\n", encoding="utf-8"
    )
    assert run_nightly(tiny_store, tiny(tmp_path / "three", plans=2), NEXT).published
    (tiny_store.path / "settings.toml").write_text("month_ends = 1\ntable_fall_limit_percent = 100\n", encoding="utf-8")
    with pytest.raises(NightRefused, match="0 rows in this data load against 2"):
        run_nightly(tiny_store, tiny(tmp_path / "four", plans=0), NEXT)


def test_a_first_night_without_rows_in_a_required_table_is_refused_and_an_optional_one_is_not_supplied(tmp_path):
    extracts, store = tiny(tmp_path / "one", plans=0, local_events=[]), Store(tmp_path / "store")
    with pytest.raises(NightRefused, match=r"ssd_cla_care_plan\.csv has no row that can be used"):
        run_nightly(store, extracts, NIGHT)
    assert run_nightly(store, extracts, NIGHT, accept_change=True).published
    supplied = Engine(store.current(), store.settings).supplied
    assert not supplied["ssd_cla_care_plan"] and not supplied["local_events"] and supplied["ssd_involvements"]


def test_going_back_to_an_older_night_lets_no_emptied_table_pass(tiny_store, tmp_path):
    """The night shown never had the table; the newest one had, so its loss is seen."""
    first = tiny_store.current()
    event = {"person_id": "001", "event_type": "STABILITY_CONCERN", "event_date": "2026-10-29"}
    run_nightly(tiny_store, tiny(tmp_path / "two", local_events=[event]), NEXT)
    tiny_store.rollback(first.name)
    with pytest.raises(NightRefused, match=r"local_events\.csv has 0 rows in this data load against 1.* on 01/11/2026"):
        run_nightly(tiny_store, tiny(tmp_path / "three", plans=2, local_events=[]), NEXT)


def test_the_load_report_ends_with_every_table_and_the_figures_that_moved_as_never_before(three_plans, two_plans, tmp_path):
    store = copy_of(two_plans[0], tmp_path / "store")
    said = [result.report for _, result in (three_plans, two_plans)]
    for day, plans in ((2, 3), (3, 1)):
        extracts = tiny(tmp_path / str(day), plans, leaver="002")
        said.append(run_nightly(store, extracts, NIGHT + timedelta(days=day)).report)
    assert said[0].moved == ()
    lines = said[1].text().splitlines()
    assert "Against the data load of 31/10/2026:" in lines
    assert next(line for line in lines if line.startswith("  ssd_cla_care_plan")).split() == [
        "ssd_cla_care_plan",
        "3",
        "2",
        "3",
        "2",
    ]
    assert lines[-1].startswith("  hertfordshire.")
    none, one, two = (
        "no_current_plan: 0 on",
        "no_current_plan: 1 on",
        "no_current_plan: 0 on 02/11/2026, 2 in this load (the largest change before was 1)",
    )
    assert any(none in line and "1 in this load" in line for line in said[1].moved)
    assert not any(one in line for line in said[2].moved)
    assert any(two in line for line in said[3].moved)


def test_a_move_over_a_month_says_nothing_of_a_nights():
    def moved(days: int, move: int) -> Moved:
        return Moved(NIGHT, days, (), {"p.r": (0, move)}, {"p.r": 3})

    assert moved(1, 4).unusual() == ["p.r"] and moved(1, 3).unusual() == []
