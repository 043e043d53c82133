"""Values in no list of codes: the refusal names them all, and ``check --write-spellings`` writes the file that teaches them."""

from __future__ import annotations

import csv

import duckdb
import pytest

import tracker
from data.contract.code_matching import match_codes, read_code_lists, unknown_texts
from data.contract.contract import Table, read_spellings, tables
from data.errors import NightRefused
from data.reading import parsing
from tests.data.small_night import SMALL, Reading, small
from tests.support.extracts import write_extracts

STATUS = SMALL["ssd_legal_status"][0]
TEXTS = ["Order of the Garter", "Order of the Garter", "Single period of accomodation under s20", "C2", "order of the  garter"]


@pytest.fixture
def folder(tmp_path):
    legal = [{**STATUS, "lega_legal_status": text} for text in TEXTS]
    episodes = [{**row, "clae_cla_episode_start_reason": "Came in"} for row in SMALL["ssd_cla_episodes"]]
    placement = [{**SMALL["ssd_cla_placement"][0], "clap_cla_placement_provider": "PR9"}]
    night = small(ssd_legal_status=legal, ssd_cla_episodes=episodes, ssd_cla_placement=placement)
    return write_extracts(tmp_path / "2026-10-31", night)


def test_a_refusal_names_every_unknown_value_of_a_column_with_its_rows(folder):
    with pytest.raises(NightRefused) as refused:
        Reading(folder)
    assert "clae_cla_episode_start_reason has 'Came in' (3 rows)" in str(refused.value)
    assert "check --write-spellings FILE" in str(refused.value)
    assert [line.partition(" ")[0] for line in str(refused.value).splitlines()] == [
        "ssd_cla_episodes.csv",
        "ssd_legal_status.csv",
    ]


@pytest.mark.parametrize("table", [one for one in tables().values() if one.coded], ids=lambda table: table.name)
def test_an_unknown_value_is_named_whatever_other_columns_its_table_has(table: Table):
    """A column of notes is called text, which asking after the unknown types of notes took for the value that was looked up."""
    lists = read_code_lists(None)
    with duckdb.connect() as con:
        parsing.define_macros(con)
        texts = ", ".join(f"'Came in' as {column.name}" for column in table.columns)
        con.execute(f"create temp table stage as select {texts}")
        matched = match_codes(con, lists, table.coded)
        for column in table.coded:
            assert matched[column.name].unknown and unknown_texts(con, column) == [("Came in", 1)]


def test_case_notes_of_an_unknown_type_are_refused_by_name(tmp_path):
    notes = [{"person_id": "001", "note_type": "Came in", "note_date": f"2026-01-0{day}", "text": "A note"} for day in (1, 2)]
    with pytest.raises(NightRefused, match=r"note_type has 'Came in' \(2 rows\)"):
        Reading(write_extracts(tmp_path / "night", small(local_case_notes=notes)))


def test_the_written_file_holds_every_unknown_value_of_every_table_once(folder, tmp_path, capsys):
    tracker.main(["check", "--extracts", str(folder), "--write-spellings", str(tmp_path / "new.csv")])
    assert "4 values are in no list of codes" in capsys.readouterr().out
    with (tmp_path / "new.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["codes"], row["text"], row["code"], row["rows"]) for row in rows} == {
        ("legal_status", "Order of the Garter", "?", "3"),
        ("legal_status", "Single period of accomodation under s20", "?", "1"),
        ("episode_start_reason", "Came in", "?", "3"),
        ("placement_provider", "PR9", "?", "1"),
    }
    assert next(row for row in rows if row["text"].startswith("Single"))["perhaps"].startswith("V2: ")


def test_the_file_once_filled_in_loads_the_night_and_a_forgotten_line_is_refused(folder, tmp_path):
    path = tmp_path / "new.csv"
    tracker.main(["check", "--extracts", str(folder), "--write-spellings", str(path)])
    with pytest.raises(NightRefused, match=r"has no code yet for 'came in' of the list episode_start_reason: replace \?"):
        Reading(folder, spellings=path)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("s20,?", "s20,V2").replace("Garter,?", "Garter,").replace("in,?", "in,S").replace("PR9,?", "PR9,")
    )
    assert read_spellings(path)["episode_start_reason"] == {"came in": "S"}
    reading = Reading(folder, spellings=path)
    assert reading.rejects() == []
    assert reading.values("select lega_legal_status from ssd_legal_status order by source_row") == [None, None, "V2", "C2", None]


def test_a_file_that_is_there_is_never_written_over(folder, tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text("mine")
    assert tracker.main(["check", "--extracts", str(folder), "--write-spellings", str(path)]) == 1
    assert path.read_text() == "mine" and "is already there" in capsys.readouterr().err
