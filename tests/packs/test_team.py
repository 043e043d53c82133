"""A team's month: the engine's figures, movements, children and who comes next, and the panel's actions for its children."""

from __future__ import annotations

import pytest

import tracker
from metrics.answers.drift.drift import movements
from metrics.answers.headlines import headlines
from metrics.answers.what_matters.what_matters import what_matters
from metrics.engine.engine import Engine
from metrics.engine.plain import plain_rows
from metrics.engine.scope import Scope
from packs.saving import PackError
from packs.team.pack import COMING_DAYS, write_team_pack, write_team_packs
from tests.packs.panel_month import make_month
from tests.packs.reading_back import number, read_pack, table, words
from tests.support.scopes import asking

POLICY = "hertfordshire"


@pytest.fixture(scope="module")
def team(engine: Engine) -> tuple[str, str]:
    """The team with the most children in care."""
    row = engine.groups(asking()).sort_values("children", ascending=False).iloc[0]
    return row["service"], row["team"]


@pytest.fixture(scope="module")
def scope(team) -> Scope:
    return asking(services=team[:1], teams=team[1:])


@pytest.fixture(scope="module")
def pack(engine: Engine, team, tmp_path_factory):
    return read_pack(write_team_pack(engine, tmp_path_factory.mktemp("pack") / "team.xlsx", POLICY, *team, full=True))


def test_the_front_has_the_figures_and_how_they_moved(pack, engine: Engine, scope: Scope):
    rows = table(pack["Front"], "Re-entered")
    figures = headlines(engine, POLICY, scope)
    first = figures[0].compared_with
    moved = movements(engine, POLICY, scope, first, engine.as_at).rules
    for row, headline, one in zip(rows, figures, moved, strict=True):
        assert row["Figure"] == headline.rule.title and number(row["Children"]) == headline.children
        assert number(row[f"Change since {first:%d/%m/%Y}, as now known"]) == headline.change
        actual = [number(row[name]) for name in ("New", "Re-entered", "Resolved", "Left care", "Moved in", "Moved out")]
        assert actual == [one.new, one.re_entered, one.resolved, one.left_care, one.moved_in, one.moved_out]
        assert headline.change == sum(actual[:2]) + actual[4] - actual[2] - actual[3] - actual[5]


def test_the_children_are_the_engines_by_worker(pack, engine: Engine, scope: Scope):
    rows = table(pack["By worker"], "Detail")
    listed = plain_rows(engine.children(POLICY, [rule.id for rule in engine.policies[POLICY].rules], scope))
    titles = {rule.id: rule.title for rule in engine.policies[POLICY].rules}
    actual = sorted((row["Worker"], row["Child ID"], row["List"], row["Days over"]) for row in rows)
    assert actual == sorted((row["worker"], row["child_id"], titles[row["rule"]], row["days_over"]) for row in listed)
    assert [row["Worker"].casefold() for row in rows] == sorted(row["Worker"].casefold() for row in rows)
    assert rows


def test_who_comes_next_within_ninety_days_is_there(pack, engine: Engine, scope: Scope):
    coming = engine.coming_next(POLICY, scope, within_days=COMING_DAYS)
    rows = [row for row in table(pack["Coming next"], "Days left") if row.get("Limit date")]
    assert [(row["Child ID"], row["Days left"]) for row in rows] == list(zip(coming["child_id"], coming["due_in"], strict=True))


def test_the_sheets_are_linked_from_the_front_and_no_cell_is_a_formula(pack):
    linked = {cell.hyperlink.location.split("'")[1] for row in pack["Front"] for cell in row if cell.hyperlink}
    assert linked == set(pack.sheetnames) - {"Front"}
    cells = [cell for sheet in pack for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert all(sheet.page_setup.paperSize == 9 for sheet in pack)


def test_the_month_is_four_sheets_and_every_child_is_on_it_a_line_each(pack, engine: Engine, team, scope: Scope, tmp_path):
    month = read_pack(write_team_pack(engine, tmp_path / "team.xlsx", POLICY, *team))
    assert month.sheetnames == ["Front", "By worker", "Coming next", "Actions"] == pack.sheetnames[:4]
    assert [row["Child ID"] for row in table(month["By worker"], "R/O")] == [
        row["Child ID"] for row in table(pack["By worker"], "Detail")
    ]
    first = headlines(engine, POLICY, scope)[0].compared_with
    children = movements(engine, POLICY, scope, first, engine.as_at).children
    joined = children[children["movement"].isin(("new", "re-entered", "moved in")) & children["name"].notna()]
    assert len([row for row in table(month["By worker"], "R/O") if row["Movement"]]) == len(joined)
    assert month["By worker"].page_setup.fitToHeight == 1
    said = [cell.value for cell in month["Front"]["A"]]
    sentences = [sentence.text for sentence in what_matters(engine, POLICY, scope).sentences]
    at = said.index("What matters first") + 1
    assert said[at : at + len(sentences)] == sentences


def test_a_team_without_panels_is_told_so(pack):
    assert "No panel has been prepared." in words(pack["Actions"]) and "No panel has been prepared." in words(pack["Front"])


def test_the_actions_are_those_for_the_teams_children_overdue_first_and_restricted_ones_say_nothing(tmp_path, tmp_path_factory):
    month = make_month(tmp_path, tmp_path_factory)
    north = read_pack(write_team_pack(month.engine, tmp_path / "n.xlsx", POLICY, None, "North", casework=month.casework))
    south = read_pack(write_team_pack(month.engine, tmp_path / "s.xlsx", POLICY, None, "South", casework=month.casework))
    month.casework.close()
    rows = table(north["Actions"], "Days overdue")
    assert [row["Days overdue"] for row in rows] == [30, 11, None, None]
    actual = " ".join(words(sheet) for sheet in north)
    assert "secret" not in actual and "003" not in actual
    assert "No actions are open" in words(south["Actions"])


def test_a_folder_has_a_pack_for_every_team_and_the_command_writes_them(county_store, engine: Engine, team, tmp_path, capsys):
    teams = engine.groups(asking()).query("service == @team[0]")["team"]
    (tmp_path / "teams").mkdir()
    command = ["pack", "team", "--store", str(county_store.path)]
    assert tracker.main([*command, "--service", team[0], "--out", str(tmp_path / "teams")]) == 0
    assert sorted(path.name for path in (tmp_path / "teams").iterdir()) == sorted(
        f"team {name} 2026-10-31.xlsx" for name in teams
    )
    assert tracker.main([*command, "--out", str(tmp_path / "one.xlsx")]) == 1
    assert "--team" in capsys.readouterr().err
    assert tracker.main([*command, "--service", team[0], "--out", str(tmp_path / "service.xlsx")]) == 0
    assert read_pack(tmp_path / "service.xlsx")["Front"]["A1"].value == f"Team pack: {team[0]}"
    with pytest.raises(PackError, match="does not exist"):
        write_team_packs(engine, tmp_path / "nowhere")
