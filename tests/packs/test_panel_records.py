"""The panel's own sheets: agenda, decisions and actions as the records have them, for one scope and one reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook

import tracker
from casework.agenda.agenda import agenda, build_agenda
from casework.agenda.discussions import save_discussion
from casework.panels import close_panel, panel, plan_panel
from casework.records.records import RESTRICTED_RECORD, Discussion
from casework.storage.opening import open_casework
from metrics.engine.engine import Engine, QuestionError
from packs.panel.answers import ask_panel, choose_panel
from packs.panel.pack import write_panel_pack
from packs.panel.questions import ask_pack
from packs.panel.sheets import NO_PANEL, agenda_table
from tests.packs.nights import engine_of, night
from tests.packs.panel_month import FIRST, PAT, SECOND, SHOWN, Month, make_month
from tests.packs.reading_back import read_pack, table, words
from tests.support.scopes import asking

POLICY = "hertfordshire"
SHEETS = ("Agenda", "Decisions", "Actions")


@pytest.fixture
def month(tmp_path, tmp_path_factory) -> Month:
    made = make_month(tmp_path, tmp_path_factory)
    yield made
    made.casework.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Workbook:
    """The whole pack of the month as it is, read back. Shared: read it, never change it."""
    folder = tmp_path_factory.mktemp("written")
    month = make_month(folder, tmp_path_factory)
    yield _pack(month, folder)
    month.casework.close()


def _pack(month: Month, tmp_path, **more):
    return read_pack(
        write_panel_pack(
            month.engine, tmp_path / "panel.xlsx", casework=month.casework, **({"scope": asking(), "full": True} | more)
        )
    )


def test_the_agenda_is_the_panels_in_its_order_with_where_each_comes_from(month: Month, written: Workbook):
    rows = table(written["Agenda"], "Why on the agenda")
    items = agenda(month.casework, month.second.id, frozenset({"003"}))
    assert [row["Child ID"] for row in rows] == [item.child_id for item in items]
    assert [row["No."] for row in rows] == [1, 2, 3, 4]
    first = next(row for row in rows if row["Child ID"] == "001")
    assert (first["Team"], first["Worker"], first["Why on the agenda"]) == ("North", "W1", "carried forward")
    assert (first["Last discussed at panel"], first["Lists"]) == (FIRST, "Residential plan")
    assert first["Last decision"] == "30/09/2026: Wait for court"
    listed = month.engine.children(POLICY, ["plan_residential"], asking())
    assert first["Days over"] == int(listed.set_index("child_id")["days_over"]["001"])


def test_the_agenda_says_which_areas_panel_a_child_goes_to_where_there_are_areas(month: Month, written: Workbook, tmp_path):
    assert "Panel area" not in table(written["Agenda"], "Why on the agenda")[0]
    month.engine.settings = replace(month.engine.settings, panel_areas=(("East", ("North",)), ("West", ("South",))))
    rows = table(_pack(month, tmp_path)["Agenda"], "Why on the agenda")
    areas = {row["Team"]: row["Panel area"] for row in rows if row["Child ID"] != RESTRICTED_RECORD}
    assert areas["North"] == "East" and set(areas.values()) <= {"East", "West", "", None}


def test_a_frozen_panels_days_are_those_of_its_own_lists(month: Month, tmp_path):
    rows = table(_pack(month, tmp_path, panel_date=FIRST)["Agenda"], "Why on the agenda")
    listed = month.engine.children(POLICY, ["plan_residential"], asking(), FIRST).set_index("child_id")["days_over"]
    assert {row["Child ID"]: row["Days over"] for row in rows if row["Child ID"] != RESTRICTED_RECORD} == {
        child: int(listed[child]) for child in ("001", "002", "004")
    }


def test_decisions_are_the_last_panels_until_this_one_has_said_something(month: Month, written: Workbook, tmp_path):
    sheet = written["Decisions"]
    assert "No decisions recorded yet for the" in sheet["A2"].value and "30/09/2026" in sheet["A2"].value
    rows = {row["Child ID"]: row for row in table(sheet, "Barriers")}
    assert rows["001"]["Barriers"] == "Court delay; Health or disability"
    assert (rows["001"]["Decision"], rows["001"]["Outcome"], rows["001"]["Next panel"]) == ("Wait for court", "Waiting", SECOND)
    assert rows["002"]["Decision"] == "@SUM(A1)"
    save_discussion(month.casework, Discussion(month.second.id, "004", decision="Go on"), PAT)
    sheet = _pack(month, tmp_path)["Decisions"]
    assert [row["Child ID"] for row in table(sheet, "Barriers")] == ["004"]
    assert "nothing yet" not in sheet["A2"].value


def test_actions_are_overdue_then_open_then_done_with_days_as_days(written: Workbook):
    sheet = written["Actions"]
    rows = table(sheet, "Days overdue")
    actual = [(row["Owner"], row["Due"], row["Days overdue"], row["State"], row["Action"]) for row in rows]
    assert actual == [
        ("no owner", date(2026, 10, 1), 30, "open, 30 days overdue", RESTRICTED_RECORD),
        ("Zoë Ångström", date(2026, 10, 20), 11, "open, 11 days overdue", "Ask the court"),
        ("=Sam", date(2026, 11, 3), None, "open", SHOWN),
        ("Ann", date(2026, 10, 5), None, "done on 04/10/2026", "Tell the school"),
    ]
    for said in ("2 overdue", "1 open", "1 done since the panel of 30/09/2026"):
        assert said in sheet["A2"].value


def test_a_restricted_child_is_counted_and_nothing_is_said_of_it(month: Month, written: Workbook):
    for name in SHEETS:
        rows = table(written[name], "Child ID")
        hidden = [row for row in rows if row["Child ID"] == RESTRICTED_RECORD]
        assert len(hidden) == 1 and "Team" in hidden[0] and hidden[0]["Team"] is None
    every = " ".join(words(sheet) for sheet in written)
    assert "003" not in every and "secret" not in every
    allowed = ask_panel(month.casework, month.engine, POLICY, asking(roles=frozenset({"director"})), panel=month.second)
    assert "003" in [row["child_id"] for row in allowed.agenda]
    assert "secret action" in [row["action"] for row in allowed.overdue]


def test_a_teams_pack_has_its_own_children_alone_restricted_ones_counted(month: Month, tmp_path):
    south = _pack(month, tmp_path, scope=asking(teams=("South",)))
    assert [row["Child ID"] for row in table(south["Agenda"], "Why on the agenda")] == ["004"]
    assert "No actions are open" in words(south["Actions"])
    north = _pack(month, tmp_path, scope=asking(teams=("North",)))
    assert sorted(row["Child ID"] for row in table(north["Agenda"], "Why on the agenda")) == ["001", "002", RESTRICTED_RECORD]


def test_drift_runs_from_the_last_panels_frozen_lists(month: Month):
    pack = ask_pack(month.engine, POLICY, None, asking(), casework=month.casework, panel=month.second)
    assert pack.drift.movements.first == FIRST and pack.drift.movements.reported is not None
    assert pack.drift.late is not None
    alone = ask_pack(month.engine, POLICY, None, asking())
    assert alone.drift.movements.reported is None


def test_the_next_open_panel_is_the_one_unless_a_date_says_otherwise(month: Month):
    assert choose_panel(month.casework, POLICY, date(2026, 10, 31)) == month.second
    assert choose_panel(month.casework, POLICY, date(2026, 9, 1)).panel_date == FIRST
    assert choose_panel(month.casework, POLICY, date(2026, 12, 1)) == month.second
    for one in (month.first, month.second):
        close_panel(month.casework, one.id, PAT)
    assert choose_panel(month.casework, POLICY, date(2026, 10, 31)) is None
    assert choose_panel(month.casework, POLICY, date(2026, 10, 31), SECOND).panel_date == SECOND
    with pytest.raises(QuestionError, match="on 01/01/2027; there are panels on: 04/11/2026, 30/09/2026"):
        choose_panel(month.casework, POLICY, date(2026, 10, 31), date(2027, 1, 1))


def test_without_records_the_sheets_say_that_no_panel_has_been_prepared(pack):
    for name in SHEETS:
        assert pack[name]["A2"].value == NO_PANEL and pack[name]["A5"].value == NO_PANEL


def test_no_cell_of_the_panels_sheets_is_a_formula_and_dates_are_dates(written: Workbook):
    for name in SHEETS:
        cells = [cell for row in written[name].iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert written[name].print_title_rows == "$4:$4"


def test_a_long_decision_runs_on_and_no_word_of_it_is_lost(month: Month, tmp_path):
    decision = " ".join(f"word{place}" for place in range(1100))
    save_discussion(month.casework, Discussion(month.second.id, "004", decision=decision), PAT)
    sheet = _pack(month, tmp_path)["Decisions"]
    assert [word for word in words(sheet).split() if word.startswith("word")] == decision.split()
    assert all((dimension.height or 0) <= 409 for dimension in sheet.row_dimensions.values())


def test_the_command_takes_the_panels_date(month: Month, tmp_path, capsys):
    command = ["pack", "panel", "--store", str(month.store), "--out", str(tmp_path / "panel.xlsx"), "--panel-date"]
    assert tracker.main([*command, "2026-09-30"]) == 0
    assert "The panel of 30/09/2026" in read_pack(tmp_path / "panel.xlsx")["Agenda"]["A2"].value
    assert tracker.main([*command, "2026-09-29"]) == 1
    assert "There is no panel of hertfordshire on 29/09/2026" in capsys.readouterr().err


def test_the_agenda_says_who_joined_its_lists_or_left_them_after_it_was_made(tmp_path):
    """Of those who may not be named it says that they are there, and to a team only its own."""

    def of(name: str, **children: str) -> Engine:
        rows = {child: (team, "RESPLMT", f"W{child}") for child, team in children.items()}
        restriction = {"person_id": "E", "restriction_type": "adoption", "start_date": "2025-02-01", "allowed_roles": "director"}
        return engine_of(tmp_path / name, night(rows, {"T1": "North", "T2": "South"}, local_restrictions=[restriction]))

    made = of("made", A="T1", B="T2")
    casework = open_casework(made.settings, tmp_path / "records")
    this = plan_panel(casework, POLICY, SECOND, PAT)
    build_agenda(casework, this.id, made, ["plan_residential"], PAT)
    later = of("later", B="T2", C="T1", D="T2", E="T2")

    def said(scope=None, as_at=None) -> str:
        records = ask_panel(casework, later, POLICY, scope or asking(), as_at, panel(casework, this.id))
        return agenda_table(records, "")[0].note

    joined = "not on this agenda, and would be on it if it were made now"
    assert said() == (
        f"3 children are {joined}: C, D, 1 restricted record. 1 child is on this agenda, and would not be on it if it were made now: A."
    )
    assert said(asking(teams=("South",))) == f"2 children are {joined}: D, 1 restricted record."
    assert said(as_at=date(2026, 9, 30)) == ""
    build_agenda(casework, this.id, later, ["plan_residential"], PAT)
    assert said() == ""
    close_panel(casework, this.id, PAT)
    assert ask_panel(casework, of("last", A="T1"), POLICY, asking(), None, panel(casework, this.id)).joined == ()
    casework.close()
