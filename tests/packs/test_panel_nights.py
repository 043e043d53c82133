"""Nights that are not as they should be: extracts not supplied, nobody on a list, restricted records, hostile words."""

from __future__ import annotations

import pytest

from metrics.engine.absence import NOT_SUPPLIED
from packs.panel.pack import write_panel_pack
from tests.packs.nights import AS_AT, engine_of, night
from tests.packs.reading_back import list_sheets, read_pack, table, words
from tests.support.scopes import asking
from words.labels import RESTRICTED_RECORD

LONG = "=" + "long team " * 40


def _pack(tmp_path, records):
    engine = engine_of(tmp_path, records)
    return engine, read_pack(write_panel_pack(engine, tmp_path / "pack.xlsx", scope=asking(), full=True))


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Two children in one team; the extracts of care leavers, matches and permanence are not there."""
    records = night({"001": ("T1", "LTFOST18", "W1"), "002": ("T1", "RESPLMT", "W1")}, {"T1": "North"})
    return _pack(tmp_path_factory.mktemp("plain"), records)


def test_what_is_not_supplied_is_said_in_words_everywhere_and_never_zero(plain):
    engine, pack = plain
    rules = engine.policies["hertfordshire"].rules
    lacking = {rule.title for rule in rules if engine.absence(rule)}
    assert "No current plan" in lacking and "Residential plan" not in lacking
    for row in table(pack["Figures"], "Against target"):
        assert (row["Children"] == NOT_SUPPLIED) == (row["Figure"] in lacking)
        assert row["Figure"] not in lacking or row["Share"] == row["Against target"] == NOT_SUPPLIED
    for row in table(pack["Figures"], "Children at the close of, as now known"):
        assert row["Children at the close of, as now known"] not in lacking or row[AS_AT] == NOT_SUPPLIED
    for row in table(pack["By team"], "Children in care"):
        assert {title for title in row if row[title] == NOT_SUPPLIED} == lacking
    assert "ssd_care_leavers" in words(pack["Front"])
    assert str(list_sheets(pack)[0]["A5"].value).startswith("Not supplied")
    assert table(pack["Sources"], "Question")[0]["Supplied"] == "No: needs Care leavers and pathway plans (ssd_care_leavers)"


def test_a_figure_that_is_not_supplied_has_no_chart(plain):
    engine, pack = plain
    rules = engine.policies["hertfordshire"].rules
    assert len(pack["Figures"]._charts) == sum(not engine.absence(rule) for rule in rules) < len(rules)


def test_a_list_with_nobody_on_it_says_so(plain):
    _, pack = plain
    empty = list_sheets(pack)[1]
    assert empty["A5"].value == "No child is on this list." and empty.auto_filter.ref is None
    assert table(list_sheets(pack)[7], "Child ID")[0]["Child ID"] == "002"


def test_a_restricted_record_is_counted_and_not_described(tmp_path):
    children = {"001": ("T1", "RESPLMT", "W1"), "002": ("T1", "RESPLMT", "W2")}
    restriction = {"person_id": "002", "restriction_type": "adoption", "start_date": "2025-02-01", "allowed_roles": "director"}
    _, pack = _pack(tmp_path, night(children, {"T1": "North"}, local_restrictions=[restriction]))
    rows = table(list_sheets(pack)[7], "Child ID")
    assert sorted(row["Child ID"] for row in rows) == ["001", RESTRICTED_RECORD]
    hidden = next(row for row in rows if row["Child ID"] == RESTRICTED_RECORD)
    described = {name for name, value in hidden.items() if value is not None}
    assert described <= {"Child ID", "Service", "Team", "Worker", "Since", "Days on the list"}
    said = {str(cell.value) for sheet in pack for row in sheet.iter_rows() for cell in row}
    assert "001" in said and "002" not in said and "W2" not in said
    assert table(pack["Figures"], "Against target")[7]["Children"] == 2


def test_words_that_look_like_formulas_stay_words(tmp_path):
    teams = {"T1": "=1+1", "T2": "+2", "T3": "@SUM(A1)", "T4": "#REF!", "T5": LONG, "T6": "A'b [c]:*?/\\ & co"}
    children = {f"=00{place}": (team, "RESPLMT", "-1+1") for place, team in enumerate(teams)}
    _, pack = _pack(tmp_path, night(children, teams))
    rows = table(list_sheets(pack)[7], "Child ID")
    assert {row["Child ID"] for row in rows} == set(children)
    assert {row["Team"] for row in rows} == {name.strip() for name in teams.values()}
    assert {row["Legacy ID"] for row in rows} == {f"={child}" for child in children}
    kinds = {cell.data_type for sheet in pack for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n", "d"}
