"""The command map: from a workbook of the council's own to a mapping, to what it gives, to a load; beside returns too."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import tracker
from commands import mapping
from data.store.store import Store
from data.synthetic import write_county
from metrics.answers.data_quality.rules_that_wait import RuleCoverage
from metrics.answers.data_quality.sources import sources
from metrics.engine.engine import Engine

AS_AT = "2026-03-31"


@pytest.fixture
def run(capsys):
    """Run one command in this process: (exit status, standard output, standard error)."""

    def command(*arguments: object) -> tuple[int, str, str]:
        status = tracker.main([str(word) for word in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    return write_county(tmp_path_factory.mktemp("county"), children=15, as_at=date.fromisoformat(AS_AT))[0]


def _workbook(county: Path, path: Path) -> int:
    """The county's meetings, taken out of its extracts, as a workbook in words of its own; gives their number."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Meetings"
    sheet.append(["Kept by the panel's administrator"])
    sheet.append(["Child ID", "Kind of meeting", "Date of meeting", "Status"])
    with (county / "local_meetings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["meeting_type"] = "Odd mtg"
    for row in rows:
        kind = "Our planning mtg" if row["meeting_type"] == "PPM" else row["meeting_type"]
        sheet.append([row["person_id"], kind, row["meeting_date"], row["meeting_status"]])
    workbook.save(path)
    return len(rows)


def _without_meetings(county: Path, to: Path) -> Path:
    to.mkdir()
    for path in county.glob("*.csv"):
        if path.stem != "local_meetings":
            (to / path.name).write_bytes(path.read_bytes())
    return to


def test_from_a_workbook_to_a_load(run, county, tmp_path):
    store, book, extracts = tmp_path / "store", tmp_path / "panel.xlsx", _without_meetings(county, tmp_path / AS_AT)
    store.mkdir()
    (store / "settings.toml").write_text('policies = ["south_east"]\nmonth_ends = 1\n', encoding="utf-8")
    number = _workbook(county, book)
    asked = ("--store", store, "--extracts", extracts)

    status, out, err = run("map", *asked, "--from", book)
    assert status == 0, err
    assert "Meetings (local) (local_meetings)" in out and "children are named by pers_person_id" in out
    mapping = store / "mapping.toml"
    text = mapping.read_text(encoding="utf-8")
    assert '"Our planning mtg" = "?"' in text and "Date of meeting" in text

    status, _, err = run("map", *asked, "--from", book)
    assert status == 1 and "mapping.toml is already there" in err
    status, _, err = run("nightly", *asked, "--no-draft")
    assert status == 1 and "'Our planning mtg' of meeting_type has no value yet" in err

    mapping.write_text(text.replace('"?"', '"PPM"').replace('"Odd mtg"', '"Even mtg"'), encoding="utf-8")
    status, out, _ = run("map", *asked)
    assert status == 0 and f"{number:,} rows read, {number - 1:,} used, 1 not used" in out
    assert '[local_meetings.values.meeting_type]\n  "Odd mtg" = "?"  # 1 row' in out
    assert "Rules that get a figure by these workbooks: south_east." in out

    status, out, err = run("nightly", *asked, "--no-draft")
    assert status == 0 and "panel.xlsx, sheet Meetings" in out, err
    engine = Engine(Store(store).shown(), Store(store).settings)
    assert engine.supplied["local_meetings"]


ONE_KIND = """
[[local_meetings]]
file = "../panel.xlsx"
sheet = "Meetings"
header_row = 2
[local_meetings.rows]
column = "Kind of meeting"
keep = ["our planning mtg"]
leave_out = {left_out}
[local_meetings.columns]
person_id = "Child ID"
meeting_type = "Kind of meeting"
meeting_date = "Date of meeting"
meeting_status = "Status"
[local_meetings.values.meeting_type]
"Our planning mtg" = "PPM"
"""


@pytest.fixture
def no_rule_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that asks only for the rows: to count the rules, without the workbooks and with them, takes most of ``map``."""
    for name in ("build_spine", "list_children"):
        monkeypatch.setattr(mapping, name, lambda *asked, **how: None)
    monkeypatch.setattr(mapping, "coverage_of", lambda connection: RuleCoverage((), (), ()))


def test_a_sheet_of_all_meetings_of_which_one_kind_counts(run, county, tmp_path, no_rule_is_counted):
    store, extracts = tmp_path / "store", _without_meetings(county, tmp_path / AS_AT)
    store.mkdir()
    (store / "settings.toml").write_text('policies = ["south_east"]\nmonth_ends = 1\n', encoding="utf-8")
    number = _workbook(county, tmp_path / "panel.xlsx")
    sheet = load_workbook(tmp_path / "panel.xlsx")["Meetings"]
    kinds = Counter(str(row[1]) for row in sheet.iter_rows(min_row=3, values_only=True))
    kept, odd = kinds.pop("Our planning mtg"), kinds.pop("Odd mtg")
    assert kept > 1 and odd == 1 and kinds.total() > 1
    (store / "mapping.toml").write_text(ONE_KIND.format(left_out=json.dumps(list(kinds))), encoding="utf-8")
    asked = ("--store", store, "--extracts", extracts)

    status, out, err = run("map", *asked)
    assert status == 0, err
    words = ", ".join(f"'{kind}' {rows:,}" for kind, rows in kinds.most_common())
    assert f"  {number - odd - kept:,} rows left out by mapping.toml ({words})." in out
    assert 'add each to keep or leave_out of [local_meetings.rows] in mapping.toml:\n  "Odd mtg",  # 1 row\n' in out

    status, out, err = run("nightly", *asked, "--no-draft")
    assert status == 0, err
    assert f"panel.xlsx, sheet Meetings: {number - odd - kept:,} rows left out by mapping.toml (" in out
    engine = Engine(Store(store).shown(), Store(store).settings)
    found = sources(engine).set_index("table_name").loc["local_meetings"]
    assert (found["rows_used"], found["note"]) == (kept, f"{kinds.total():,} rows left out by mapping.toml ({words}).")
    (store / "mapping.toml").write_text(ONE_KIND.format(left_out=json.dumps([*kinds, "odd mtg"])), encoding="utf-8")
    status, out, _ = run("map", *asked)
    assert status == 0 and f"{kept:,} rows read, {kept:,} used, 0 not used" in out and "neither kept" not in out


def test_beside_returns(run, county, tmp_path):
    returns, store, book = tmp_path / "returns", tmp_path / "store", tmp_path / "panel.xlsx"
    run("demo", "--out", returns, "--children", 15, "--as-at", AS_AT, "--format", "ssda903")
    store.mkdir()
    number = _workbook(county, book)
    assert run("map", "--store", store, "--extracts", returns, "--from", book)[0] == 0
    mapping = store / "mapping.toml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace('"?"', '"PPM"'), encoding="utf-8")
    status, out, err = run("check", "--store", store, "--extracts", returns)
    assert status == 0, err
    assert re.search(rf"panel.xlsx, sheet Meetings +{number:,} ", out) and "Not supplied: ssd_cla_care_plan" in out, out


def test_a_workbook_like_no_table_is_said_to_be_none(run, tmp_path):
    workbook = Workbook()
    workbook.active.append(["Monday", "Tuesday"])
    workbook.save(tmp_path / "rota.xlsx")
    status, out, err = run("map", "--store", tmp_path / "store", "--from", tmp_path / "rota.xlsx")
    assert status == 1 and "is like no table of the contract" in out and "name one with --table" in err
    status, _, err = run("map", "--store", tmp_path / "store", "--from", tmp_path / "none.xlsx")
    assert status == 1 and "There is no file" in err
