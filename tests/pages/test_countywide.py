"""Countywide: the tiles, the heat table and the trend are the engine's figures, and each leads to exactly its children."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from metrics.answers.headlines import headlines
from metrics.answers.what_matters.what_matters import what_matters
from metrics.engine.engine import Engine
from tests.pages.screen import Screen
from tests.support.scopes import asking
from ui.components.tiles import direction

SERVICES = "Children on each list by service"
TEAMS = "Children on each list by team"
TREND = "Children on each list at each month end, as now known"


@pytest.fixture(scope="module")
def figures(engine: Engine):
    return headlines(engine, "hertfordshire", asking(roles=frozenset()))


def test_the_tiles_are_the_engines_figures(figures):
    text = Screen("countywide").text
    assert len(figures) == 8
    for figure in figures:
        # Of fewer than 20 children no percentage is said.
        percent = f"{figure.children * 100 / figure.population:.1f}% " if figure.population >= 20 else ""
        share = f"known{direction(figure)} {percent}of {figure.population:,} {figure.out_of}"
        assert f"{figure.rule.title} {figure.children:,} " in text
        assert share in text
    assert "no target set" not in text


def test_a_change_is_said_in_words(figures):
    text = Screen("countywide").text
    said = {True: "more than at 30/09/2026", False: "fewer than at 30/09/2026"}
    for figure in figures:
        words = f"{abs(figure.change):,} {said[figure.change > 0]}" if figure.change else "no change since 30/09/2026"
        better = f", as now known ({'better' if (figure.change < 0) == figure.rule.low_is_good else 'worse'})"
        assert f"{words}{better if figure.change and figure.rule.low_is_good is not None else ''}" in text


def test_each_tile_says_behind_an_i_what_it_asks_its_limit_and_how_it_is_made(figures):
    screen = Screen("countywide")
    for figure in figures:
        limit = figure.rule.limit_on(figure.trend[-1][0])
        about = (
            f"About: {figure.rule.title} {figure.rule.asks} {f'Limit: {limit.words}. ' if limit else ''}How is this figure made?"
        )
        assert about in screen.text
        assert f"figures?rule={figure.rule.id}" in screen.html


def test_what_matters_is_said_first_and_links_to_what_it_is_about(engine: Engine, figures):
    screen = Screen("countywide")
    found = what_matters(engine, "hertfordshire", asking(roles=frozenset()), rules=[figure.rule.id for figure in figures])
    said = re.sub(r"<[^>]*>", "", screen.html[screen.html.index('<ul class="matters"') :].split("</ul>")[0])
    assert unescape(said) == "".join(sentence.text for sentence in found.sentences)
    assert screen.html.index('class="matters"') < screen.html.index('class="tile"')
    for part in (part for sentence in found.sentences for part in sentence.parts if part.rule and not part.team):
        assert f"children?rule={part.rule}&amp;policy=hertfordshire" in screen.html


def test_the_thirteen_months_can_be_heard(figures):
    screen = Screen("countywide")
    first, last = figures[0].trend[0][1], figures[0].trend[-1][1]
    assert f"From {first:,} on 31/10/2025 to {last:,} on 31/10/2026" in screen.html
    assert len(screen.charts) == 1
    assert screen.html.count('role="img"') == 8 + 1


@pytest.mark.parametrize(("by", "caption"), [("service", SERVICES), ("team", TEAMS)])
def test_the_heat_table_adds_up_to_the_county(engine: Engine, by: str, caption: str):
    screen = Screen("countywide", by=by)
    heading, *rows = screen.tables[caption]
    groups = [row for row in rows[:-1] if len(row) > 1]
    assert len(groups) == engine.groups(asking())[by].nunique()
    for place in range(1, len(heading)):
        numbers = [int(row[place][0].split()[0].replace(",", "")) for row in groups]
        assert sum(numbers) == int(rows[-1][place][0].split()[0].replace(",", ""))


def test_every_cell_leads_to_as_many_children_as_it_says(engine: Engine):
    _, *rows = Screen("countywide", by="team").tables[TEAMS]
    cells = [(text, link) for row in rows for text, link in row[2:] if link]
    assert len(cells) > 20
    for text, link in cells[::7]:
        choices = dict(parse_qsl(urlsplit(link).query))
        screen = Screen.at(link)
        title = engine.rule("hertfordshire", choices["rule"]).title
        listed = screen.rows(f"Children on the list: {title}")
        assert len(listed) == int(text.split()[0])
        assert all(row["Team"] == choices["team"] for row in listed if "team" in choices)


def test_a_month_of_the_trend_leads_to_the_children_of_that_day(engine: Engine):
    heading, *rows = Screen("countywide").tables[TREND]
    assert [day for day, _ in heading[1:]] == [f"{day:%d/%m/%Y}" for day in engine.trend_dates(engine.as_at)]
    text, link = rows[0][3]
    screen = Screen.at(link)
    assert f"As at {heading[3][0]}" in screen.text
    assert f"{rows[0][0][0]}: {text} children on {heading[3][0]}" in screen.text


def test_the_chart_says_its_points_to_whoever_cannot_see_it(figures):
    (chart,) = Screen("countywide", trend="placement_order_12m").charts
    figure = next(figure for figure in figures if figure.rule.id == "placement_order_12m")
    assert f"30/09/2026 {figure.trend[-2][1]}, 31/10/2026 {figure.trend[-1][1]}" in chart.alt


def test_the_name_of_a_team_leads_to_its_page():
    _, *rows = Screen("countywide", by="team").tables[TEAMS]
    name, link = next(row[0] for row in rows if row[0][1])
    assert f"{name}: " in Screen.at(link).text
