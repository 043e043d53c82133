"""What seems to be the table of restrictions and would not be read refuses the load, by whatever road the extracts come."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import duckdb
import pytest

from data.contract.contract import tables
from data.database_address import DatabaseAddress
from data.errors import NightRefused
from data.formats.database import connecting, fetching
from data.formats.database.fetching import Fetched
from data.formats.files.archive import unpacked
from data.formats.gathering import gathered
from data.restrictions.mistaken import seems_restrictions
from data.settings import Settings
from tests.data.small_night import AS_AT, people, small
from tests.support.extracts import write_extracts
from tests.support.returns import episode, write_returns
from tests.support.workbooks import CHILD, write_book

pytestmark = pytest.mark.slow

NAMES = [
    "restrictions.csv",
    "local_restrictions.xlsx",
    "Local_Restrictions (1).csv",
    "local_restrctions.csv",
    "RESTRICTED children",
]
GOOD = "restriction_id,person_id,restriction_type,start_date,end_date,allowed_roles\nR1,001,ADOPTION,2026-01-01,,\n"
MAPPING = """
[local_restrictions]
file = "who.csv"
person = "{person}"
[local_restrictions.columns]
person_id = "Child"
restriction_type = ""
start_date = ""
end_date = ""
allowed_roles = ""
[local_restrictions.fixed]
restriction_type = "ADOPTION"
start_date = "2026-01-01"
"""


def come(extracts: Path, settings: Settings | None = None, form: str | None = None) -> None:
    """Gather extracts and read them, from a zip as from a folder, as nightly, check and map do."""
    with unpacked(extracts) as folder, gathered(folder, settings or Settings(), form) as came, duckdb.connect() as con:
        came.read(con, settings or Settings(), AS_AT)


def dataset(folder: Path) -> Path:
    return write_extracts(folder / "night", small())


def returns(folder: Path) -> Path:
    return write_returns(folder / "night", {2026: {"Episodes": [episode("01/05/2025", "S")]}})


def workbook(folder: Path) -> Path:
    return write_book(folder / "night" / "book.xlsx", {8: [CHILD]}).parent


def fetched(monkeypatch, night: Path, others: tuple[str, ...] = ()) -> None:
    """A database that holds the tables of a folder and others."""

    def fetch(_opened: object, _settings: Settings, folder: Path, _progress: object) -> Fetched:
        for path in night.iterdir():
            shutil.copyfile(path, folder / path.stem)
        return Fetched(tuple(path.stem for path in night.iterdir()), "database ssd", (), others)

    monkeypatch.setattr(fetching, "fetch", fetch)
    monkeypatch.setattr(connecting, "connected", lambda *_: nullcontext(((), None, [])))


def one_after_the_other(folder: Path, names: list[str]) -> Iterator[str]:
    """A file of restrictions in the folder under each of these names alone; at the end it is there under all of them."""
    for name in names:
        (folder / name).write_text(GOOD, encoding="utf-8")
        yield name
        (folder / name).unlink()
    for name in names:
        (folder / name).write_text(GOOD, encoding="utf-8")


DATABASE = Settings(database=DatabaseAddress(url="postgresql://db/ssd", prefix="stg_"))


@pytest.mark.parametrize("road", [dataset, returns, workbook])
def test_in_a_folder_of_any_form(tmp_path, road: Callable[[Path], Path]):
    folder = road(tmp_path)
    refused = "is not read, and local_restrictions.csv is not in .* name it local_restrictions.csv"
    for _ in one_after_the_other(folder, NAMES):
        with pytest.raises(NightRefused, match=refused):
            come(folder)
    (folder / "local_restrictions.csv").write_text(GOOD.replace("001", "1") if road is not dataset else GOOD, encoding="utf-8")
    come(folder)


def test_beside_a_zip_or_a_workbook_that_is_given_by_itself(tmp_path):
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", dataset(tmp_path)))
    book = workbook(tmp_path / "annex") / "book.xlsx"
    for alone in (packed, book):
        come(alone)
        for _ in one_after_the_other(alone.parent, [*NAMES, "local_restrictions.csv"]):
            with pytest.raises(NightRefused, match="lies beside .* and would not be read"):
                come(alone)
    night = tmp_path / "night"
    (night / "local_restrictions.csv").write_text(GOOD, encoding="utf-8")
    come(Path(shutil.make_archive(str(tmp_path / "packed"), "zip", night)))


def test_as_a_sheet_of_the_workbook(tmp_path):
    from openpyxl import load_workbook

    folder = workbook(tmp_path)
    book = load_workbook(folder / "book.xlsx")
    book.create_sheet("Restricted access").append(["Child", 1])
    book.save(folder / "book.xlsx")
    with pytest.raises(NightRefused, match="book.xlsx, sheet Restricted access, is not read"):
        come(folder)
    (folder / "local_restrictions.csv").write_text(GOOD.replace("001", "1"), encoding="utf-8")
    come(folder)


def test_in_the_folder_beside_a_database(tmp_path, monkeypatch):
    fetched(monkeypatch, dataset(tmp_path))
    beside = tmp_path / "beside"
    beside.mkdir()
    come(beside, DATABASE, "database")
    for _ in one_after_the_other(beside, NAMES):
        with pytest.raises(NightRefused, match="is not read, and local_restrictions.csv is not in"):
            come(beside, DATABASE, "database")
    (beside / "local_restrictions.csv").write_text(GOOD, encoding="utf-8")
    come(beside, DATABASE, "database")


@pytest.mark.parametrize(
    ("other", "refused"),
    [("stg_restricted_records", True), ("STG_LOCAL_RESTRICTION", True), ("restricted", False), ("stg_rota", False)],
)
def test_in_the_database_under_another_name(tmp_path, monkeypatch, other, refused):
    night = dataset(tmp_path)
    fetched(monkeypatch, night, (other,))
    if refused:
        with pytest.raises(NightRefused, match=f"no table local_restrictions in the database ssd, but one named {other};"):
            with gathered(None, DATABASE):
                pass
        (night / "local_restrictions.csv").write_text(GOOD, encoding="utf-8")
    with gathered(None, DATABASE) as came:
        assert (came.folder / "local_restrictions").exists() == refused


@pytest.mark.parametrize("person", ["pers_person_id", "pers_legacy_id"])
def test_restrictions_of_a_mapping_are_restrictions(tmp_path, person):
    store = tmp_path / "store"
    store.mkdir()
    (store / "mapping.toml").write_text(MAPPING.format(person=person), encoding="utf-8")
    (store / "who.csv").write_text("Child\nl-1\n002\n" if person == "pers_person_id" else "Child\nl-1\nL2\n", encoding="utf-8")
    folder = write_extracts(tmp_path / "night", small(ssd_person=people({"pers_legacy_id": "L1"}, {"pers_legacy_id": "L2"}, {})))
    (folder / "restrictions - old.csv").write_text(GOOD, encoding="utf-8")
    settings = Settings(folder=store)
    with gathered(folder, settings) as came, duckdb.connect() as con:
        came.read(con, settings, AS_AT)
        assert ("001",) in con.execute("select person_id from restricted_records").fetchall()


@pytest.mark.parametrize("numbers", [("L1", "L1"), ("0L1", None)])
def test_a_legacy_number_of_two_children_or_written_otherwise_hides_whomever_it_may_mean(tmp_path, numbers):
    store = tmp_path / "store"
    store.mkdir()
    (store / "mapping.toml").write_text(MAPPING.format(person="pers_legacy_id"), encoding="utf-8")
    (store / "who.csv").write_text("Child\nL1\nL3\nL3\n", encoding="utf-8")
    known = people(*({"pers_legacy_id": number} for number in (*numbers, "L3")))
    folder = write_extracts(tmp_path / "night", small(ssd_person=known))
    with gathered(folder, Settings(folder=store)) as came, duckdb.connect() as con:
        came.read(con, Settings(), AS_AT)
        hidden = {row[0] for row in con.execute("select person_id from restricted_records").fetchall()}
    assert {f"00{place}" for place, number in enumerate(numbers, start=1) if number} <= hidden


@pytest.mark.parametrize("written", ["#N/A", "#REF!", "#NAME?", "#DIV/0!"])
def test_a_formula_without_a_value_restricts_nobody_knows_whom(tmp_path, written):
    folder = write_extracts(tmp_path / "night", small())
    (folder / "local_restrictions.csv").write_text(GOOD + f"R2,{written},ADOPTION,2026-01-01,,\n", encoding="utf-8")
    with pytest.raises(NightRefused, match="restricts a record on row 3, but it is not clear whose"):
        come(folder)


def test_no_table_of_the_contract_seems_to_be_the_restrictions():
    assert [name for name in tables() if seems_restrictions(name)] == ["local_restrictions"]
