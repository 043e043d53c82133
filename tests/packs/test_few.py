"""Of a team with fewer than twenty children paper says what the page says: too few to tell, and the counts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from metrics.answers.headlines import headlines
from metrics.engine.engine import Engine
from metrics.engine.policy import Target
from packs.excel.workbook import LINE_HEIGHT, new_workbook
from packs.lists.answers import ask
from packs.lists.figures import add_figures
from packs.panel.pack import write_panel_pack
from packs.weekly.front import headline_words
from tests.packs.reading_back import list_sheets, read_pack, table
from tests.support.scopes import asking
from ui.components.tiles import tag
from words.few import FEW
from words.labels import TOO_FEW
from words.numbers import share

POLICY = "hertfordshire"


def plain(markup: str) -> str:
    """A tag as words, without its shape."""
    return re.sub(r"<[^>]*>|[^\w ]", "", markup).strip().lower()


@pytest.mark.parametrize(("population", "share_said", "standing"), [(19, TOO_FEW, TOO_FEW), (20, 0.5, "over target")])
def test_a_sheet_says_of_nineteen_and_twenty_children_what_a_tile_says(
    engine: Engine, population: int, share_said: float | str, standing: str
):
    asked = ask(engine, POLICY, None, asking())
    made = tuple(
        replace(one, children=10, population=population, rule=replace(one.rule, target=Target(10, 2, "")))
        for one in asked.headlines
    )
    workbook = new_workbook("few", "few", {})
    add_figures(workbook, replace(asked, headlines=made), {one.rule.id: "list" for one in made})
    rows = table(workbook["Figures"], "Against target")
    assert {(row["Children"], row["Share"], row["Against target"]) for row in rows} == {(10, share_said, standing)}
    assert {plain(tag(one)) for one in made if one.rule.low_is_good is not False} == {standing}


def test_a_small_teams_panel_pack_has_counts_and_no_share(engine: Engine, tmp_path: Path):
    groups = engine.groups(asking())
    team = groups[groups["children"] < 20].sort_values("children").iloc[-1]["team"]
    scope = asking(teams=(team,))
    pack = read_pack(write_panel_pack(engine, tmp_path / "team.xlsx", scope=scope, full=True))
    counted = headlines(engine, POLICY, scope)
    assert all(one.is_few for one in counted) and any(one.children for one in counted)
    for sheet, names in (("Front", "Against target"), ("Figures", "Against target")):
        rows = table(pack[sheet], names)
        assert [row["Children"] for row in rows[: len(counted)]] == [one.children for one in counted]
        assert {row["Share"] for row in rows[: len(counted)]} == {TOO_FEW}
    assert not any("%" in str(cell.value) for sheet in list_sheets(pack) for cell in sheet[2])
    for name in ("Front", "Figures"):
        said = [cell.row for row in pack[name].iter_rows() for cell in row if cell.value == FEW]
        (last,) = [cell.row for cell in pack[name]["A"] if cell.value == len(counted)][:1]
        assert said == [last + 1], f"{name} says once, below the table, how few are too few"


def test_a_table_in_which_no_share_is_of_too_few_does_not_speak_of_them(engine: Engine):
    asked = ask(engine, POLICY, None, asking())
    workbook = new_workbook("many", "many", {})
    add_figures(
        workbook,
        replace(asked, headlines=tuple(replace(one, population=20) for one in asked.headlines)),
        {one.rule.id: "list" for one in asked.headlines},
    )
    assert FEW not in [cell.value for row in workbook["Figures"].iter_rows() for cell in row]


def test_a_row_that_says_too_few_is_as_high_as_the_words_are(engine: Engine, tmp_path: Path):
    """On the front sheet they stand in one line, and in the narrower column of the figures in two."""
    groups = engine.groups(asking())
    team = groups[groups["children"] < 20].iloc[0]["team"]
    pack = read_pack(write_panel_pack(engine, tmp_path / "team.xlsx", scope=asking(teams=(team,)), full=True))
    for name, column, lines in (("Front", "D", 1), ("Figures", "E", 2)):
        rows = [cell.row for cell in pack[name][column] if cell.value == TOO_FEW]
        assert {pack[name].row_dimensions[row].height for row in rows} == {lines * LINE_HEIGHT + 2}, name


@pytest.mark.parametrize("population", [19, 20])
def test_the_monday_packs_headline_has_a_share_of_twenty_children_or_more(engine: Engine, population: int):
    month = {"as_at": engine.as_at, "population": population, "with_meeting": 5, "without_meeting": population - 5}
    month["share"] = 500 / population
    words = headline_words([month, month])
    said = share(5, 20) if population == 20 else TOO_FEW.capitalize()
    assert words.startswith(f"{said}: 5 of {population} children have had")
    assert words.count("%") == (2 if population == 20 else 0)


def test_the_monday_packs_headline_is_of_one_child_where_there_is_one(engine: Engine):
    month = {"as_at": engine.as_at, "population": 1, "with_meeting": 1, "without_meeting": 0, "share": 100.0}
    assert "1 of 1 child has had a permanency planning meeting or a discussion in its place; 0 have not." in headline_words(
        [month]
    )
    month |= {"population": 2, "without_meeting": 1, "share": 50.0}
    assert "1 of 2 children has had a permanency planning meeting" in headline_words([month])
    assert headline_words([month]).endswith("1 has not.")
