"""The case system that a folder's column names point to, whatever the form of the files' names and bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

import tracker
from data.errors import NightRefused
from data.reading.recognising import propose_by_headers
from tests.data.small_night import SMALL, Reading
from tests.support.extracts import write_extracts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["{}.csv", "dbo.{}.csv", "{}_20261031.CSV", "HDM.dbo.{}_2026-10-31.csv"])
def test_a_system_is_proposed_whatever_stands_beside_the_names_of_tables(tmp_path, name, encoding):
    folder = write_extracts(tmp_path, SMALL)
    for path in list(folder.iterdir()):
        text = path.read_text(encoding="utf-8").replace("clap_person_id", "other").replace("invo_person_id", "other")
        path.unlink()
        (folder / name.format(path.stem)).write_text(text, encoding=encoding)
    with duckdb.connect() as con:
        assert 'set system = "mosaic"' in propose_by_headers(con, folder)


WITHOUT = {"ssd_cla_placement": "clap_person_id", "ssd_involvements": "invo_person_id"}


def parquet(folder: Path, rows: Mapping[str, list[dict]], without: Mapping[str, str]) -> Path:
    """The extracts as Parquet, some without a column."""
    write_extracts(folder, rows, kind="parquet")
    with duckdb.connect() as con:
        for table, column in without.items():
            path = folder / f"{table}.parquet"
            con.execute(f"create or replace table kept as select * exclude ({column}) from read_parquet('{path}')")
            con.execute(f"copy kept to '{path}' (format parquet)")
    return folder


def test_a_system_is_proposed_for_parquet_whose_load_is_refused(tmp_path):
    with pytest.raises(NightRefused, match=r'has no column clap_person_id.*\n.*\n.*set system = "mosaic"'):
        Reading(parquet(tmp_path, SMALL, WITHOUT))


def test_a_system_is_proposed_for_parquet_that_loads(tmp_path):
    marks = {
        "ssd_permanence": [
            {"perm_person_id": "001", "perm_adm_decision_date": "2025-03-01", "perm_placed_foster_carer_date": ""}
        ],
        "ssd_professionals": [{"prof_staff_id": "P1", "prof_professional_caseload": "12"}],
    }
    proposal = Reading(parquet(tmp_path / "parquet", SMALL | marks, {})).report.proposal
    assert 'set system = "lcs"' in proposal
    assert proposal == Reading(write_extracts(tmp_path / "csv", SMALL | marks)).report.proposal


def test_parquet_that_cannot_be_read_proposes_nothing(tmp_path):
    folder = parquet(tmp_path, SMALL, WITHOUT)
    (folder / "ssd_cla_placement.parquet").write_bytes(b"PAR1")
    with duckdb.connect() as con:
        assert propose_by_headers(con, folder) == ""


def test_the_file_of_spellings_is_written_for_parquet(tmp_path, capsys):
    legal = [{**SMALL["ssd_legal_status"][0], "lega_legal_status": "Order of the Garter"}]
    folder = parquet(tmp_path / "night", SMALL | {"ssd_legal_status": legal}, {})
    tracker.main(["check", "--extracts", str(folder), "--write-spellings", str(tmp_path / "new.csv")])
    assert "1 value is in no list of codes" in capsys.readouterr().out
    assert "Order of the Garter" in (tmp_path / "new.csv").read_text(encoding="utf-8")
