"""What the pack says is what the engine answers: every figure, every group, every child."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from metrics.answers.headlines import NO_TARGET, headlines
from metrics.engine.engine import Engine, QuestionError
from metrics.engine.plain import plain_rows
from packs.panel.pack import write_panel_pack
from tests.packs.reading_back import list_headings, list_sheets, month_columns, number, read_pack, table
from tests.support.scopes import asking
from words.few import FEWEST_IN_CARE
from words.labels import NO_PLAN, RESTRICTED_RECORD, TOO_FEW

POLICY = "hertfordshire"


def _rules(engine):
    return engine.policies[POLICY].rules


def test_every_list_has_the_engines_children_in_its_order_cell_by_cell(pack, engine):
    for rule, sheet in zip(_rules(engine), list_sheets(pack), strict=True):
        children = plain_rows(engine.children(POLICY, [rule.id], asking()))
        for child in children:
            if child["child_id"] != RESTRICTED_RECORD:
                child["plan"] = child["plan"] or NO_PLAN
        actual = [{heading: child[name] for name, heading in list_headings(rule).items()} for child in children]
        assert table(sheet, "Child ID") == actual, sheet.title
        days_over = [row[list_headings(rule)["days_over"]] for row in actual]
        assert days_over == sorted(days_over, reverse=True)


def test_a_figure_is_the_length_of_its_list(pack):
    figures = table(pack["Figures"], "Against target")
    for figure, sheet in zip(figures, list_sheets(pack), strict=True):
        assert figure["Children"] == len(table(sheet, "Child ID"))
    assert sum(figure["Children"] for figure in figures) > 50


def test_the_figures_have_change_share_and_standing(pack, engine):
    figures = table(pack["Figures"], "Against target")
    for figure, rule, headline in zip(figures, _rules(engine), headlines(engine, POLICY, asking()), strict=True):
        assert figure["Figure"] == rule.title
        assert figure["Change since 30/09/2026, as now known"] == headline.change == headline.children - headline.trend[-2][1]
        share = headline.children / headline.population
        assert figure["Share"] == (TOO_FEW if headline.population < FEWEST_IN_CARE else pytest.approx(share))
        assert figure["Against target"] == NO_TARGET


def test_a_target_stands_beside_its_figure_with_its_tolerance(engine, tmp_path):
    targets = {POLICY: {"ltf_12m": {"target_percent": 0.5, "tolerance_percent": 0.25}}}
    stricter = Engine(engine.night, replace(engine.settings, targets=targets))
    workbook = read_pack(write_panel_pack(stricter, tmp_path / "targets.xlsx", scope=asking(), full=True))
    row = table(workbook["Figures"], "Against target")[6]
    assert (row["Target"], row["Against target"]) == ("at most 0.5%, tolerance 0.25", "over target")


def test_the_trend_has_thirteen_dates_and_ends_on_the_reporting_date(pack, engine):
    trend = table(pack["Figures"], "Children at the close of, as now known")
    days = list(engine.trend_dates(engine.as_at))
    assert month_columns(trend[0]) == days and len(days) == 13 and days[-1] == date(2026, 10, 31)
    figures = plain_rows(engine.figures(POLICY, asking(), "county", days))
    counted = {(row["rule"], row["as_at"]): row["children"] for row in figures}
    for row, rule in zip(trend, _rules(engine), strict=True):
        assert [row[day] for day in days] == [counted[(rule.id, day)] for day in days]


@pytest.mark.parametrize(("by", "sheet_name"), [("service", "By service"), ("team", "By team")])
def test_each_group_has_the_engines_figures_and_they_add_up_to_the_county(pack, engine, by, sheet_name):
    *rows, total = table(pack[sheet_name], "Children in care")
    answers = plain_rows(engine.figures(POLICY, asking(), by))
    titles = {rule.id: rule.title for rule in _rules(engine)}
    actual = {(row[by.capitalize()], title): number(row[title]) for row in rows for title in titles.values()}
    assert actual == {(row[by], titles[row["rule"]]): row["children"] for row in answers}
    assert {row[by.capitalize()]: row["Children in care"] for row in rows} == {row[by]: row["in_care"] for row in answers}
    county = {row["rule"]: row["children"] for row in plain_rows(engine.figures(POLICY, asking()))}
    for rule in _rules(engine):
        assert sum(row[rule.title] for row in rows) == total[rule.title] == county[rule.id]
    assert sum(row["Children in care"] for row in rows) == total["Children in care"]


def test_every_team_stands_under_its_service(pack, engine):
    rows = table(pack["By team"], "Children in care")[:-1]
    groups = plain_rows(engine.groups(asking()))
    assert {(row["Service"], row["Team"]) for row in rows} == {(row["service"], row["team"]) for row in groups}


def test_the_sources_name_every_rule_and_a_file_that_is_there(pack, engine):
    rows = table(pack["Sources"], "Question")
    root = Path(__file__).parent.parent.parent
    for row, rule in zip(rows, _rules(engine), strict=True):
        assert row["Figure and rule"].split("\n") == [rule.title, rule.id]
        assert row["Question"] == rule.asks and row["Why it matters"] == rule.measure.why
        assert row["Policy wording and source"] == f"{rule.wording}\n{rule.source}"
        assert (root / row["Defined in"].split("\n")[0]).is_file()
        assert all(table_name in row["Extracts"] for table_name in rule.measure.needs)


def test_the_front_sheet_says_what_this_is(pack, engine):
    actual = " ".join(str(cell.value) for row in pack["Front"].iter_rows() for cell in row if cell.value is not None)
    for words in ("OFFICIAL-SENSITIVE", "SYNTHETIC", engine.night.name, "31/10/2026", "County", engine.settings.council):
        assert words in actual
    for rule in _rules(engine):
        assert rule.title in actual


def test_a_pack_for_a_team_has_that_team_alone_and_its_own_totals(engine, tmp_path):
    team = engine.groups(asking()).sort_values("children", ascending=False)["team"].iloc[0]
    scope = asking(teams=(team,))
    workbook = read_pack(write_panel_pack(engine, tmp_path / "team.xlsx", scope=scope, full=True))
    listed = [row for sheet in list_sheets(workbook) for row in table(sheet, "Child ID")]
    assert listed and {row["Team"] for row in listed if row.get("Team")} == {team}
    assert [row["Team"] for row in table(workbook["By team"], "Children in care")] == [team, None]
    ours = {row["rule"]: row["children"] for row in plain_rows(engine.figures(POLICY, scope))}
    figures = table(workbook["Figures"], "Against target")
    assert [row["Children"] for row in figures] == [ours[rule.id] for rule in _rules(engine)]


def test_a_pack_for_an_earlier_day_is_as_at_that_day(engine, tmp_path):
    day = date(2026, 8, 12)
    workbook = read_pack(write_panel_pack(engine, tmp_path / "august.xlsx", as_at=day, scope=asking(), full=True))
    trend = table(workbook["Figures"], "Children at the close of, as now known")
    assert month_columns(trend[0])[-2:] == [date(2026, 7, 31), day]
    children = engine.children(POLICY, ["ltf_12m"], asking(), day)
    assert [row["Child ID"] for row in table(list_sheets(workbook)[6], "Child ID")] == list(children["child_id"])


def test_a_day_after_the_night_and_a_policy_not_in_use_are_refused(engine, tmp_path):
    with pytest.raises(QuestionError, match="later than the load"):
        write_panel_pack(engine, tmp_path / "p.xlsx", as_at=date(2026, 11, 1), scope=asking())
    with pytest.raises(QuestionError, match="not in use"):
        write_panel_pack(engine, tmp_path / "p.xlsx", "atlantis", scope=asking())
    assert list(tmp_path.iterdir()) == []
